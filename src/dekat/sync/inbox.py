"""The centre's side: believe, keep, do once, and sign for it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from dekat.accounts.actor import Actor, machine
from dekat.accounts.identity import close_voices_before, stop_node
from dekat.accounts.queries import NodeIdentity, NodeUnknown, VoiceFacts, node, own_identity, voices
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync import apply, envelope, files
from dekat.sync.envelope import Envelope
from dekat.sync.models import Counter, InboxLane, InItem, Stray
from dekat.sync.receipts import Receipt
from dekat.sync.rules import MAX_MESSAGE_BYTES, MAX_PACKET_BYTES, Carrier, InState

INBOX_COUNTER = "inbox"


class ItemConflict(DekatError):
    """An item contradicts one already held under its id or its number; both are kept, somebody must look."""

    code = "sync.item.conflict"


class StationUnknown(DekatError):
    """Nobody enrolled the station, or this life of it, that an item claims to come from."""

    code = "sync.station.unknown"


class StationRevoked(DekatError):
    """The station is no longer believed; its items are kept aside."""

    code = "sync.station.revoked"


class ChainBroken(DekatError):
    """An item does not follow the one before it: a copied or rolled-back machine."""

    code = "sync.item.chain_broken"


@dataclass(frozen=True)
class _Arrival:
    """An item at the door, checked against its station's key."""

    found: Envelope
    raw: bytes
    carrier: Carrier
    source: Path | None
    sender: NodeIdentity
    voice: VoiceFacts
    is_before_revoked: bool


def take_packet(*, file: Path, now: datetime, sent_by: str | None = None) -> str:
    """Hold a packet for good, do what it asks once, and give the signed receipt.

    Facts: `file` holds the whole packet, already flushed; it may be removed afterwards. `sent_by` is the node that
    proved who it is on the line; None for a stick, where the packet's own signature must do.
    Again: the same bytes get the first receipt, byte for byte, and nothing happens.
    Refuses: sync.envelope.malformed, sync.envelope.too_large, sync.envelope.signature_invalid, sync.station.unknown,
    sync.item.conflict. Trouble behind the door (a handler's refusal, a revoked station, an unknown kind) is no refusal:
    the item is held, and the receipt says so.
    """
    if file.stat().st_size > MAX_PACKET_BYTES:
        raise envelope.EnvelopeTooLarge(bytes=file.stat().st_size)
    return _take(file.read_bytes(), Carrier.PACKET, file, MAX_PACKET_BYTES, sent_by, now)


def take_message(*, sealed: bytes, now: datetime, sent_by: str | None = None) -> str:
    """Hold a small message for good, do what it says once, and give the signed receipt.

    Again, refuses: as `take_packet`.
    """
    return _take(sealed, Carrier.MESSAGE, None, MAX_MESSAGE_BYTES, sent_by, now)


def retry_item(*, item_id: UUID, actor: Actor, now: datetime) -> InState:
    """Try an item again that was held or put aside (after an upgrade, or because an officer looked at it).

    Again: an applied item stays applied.
    """
    with transaction.atomic():
        item = InItem.objects.select_for_update().select_related("lane").get(id=item_id)
        if item.state == InState.APPLIED:
            return InState.APPLIED
        found = kept_envelope(item)
        item.state, item.code = apply.outcome(found, Carrier(item.carrier), now)
        item.save(update_fields=["state", "code"])
        _say("sync.item.retried", item.id, {"state": item.state, "code": item.code}, actor, now)
        return InState(item.state)


def kept_envelope(item: InItem) -> Envelope:
    """The envelope of an item that is held, taken apart as this release understands it."""
    path = files.packet_path(item.id, item.received_at.year)
    raw = path.read_bytes() if item.path else bytes(item.envelope or b"")
    return envelope.parse(raw, max_bytes=MAX_PACKET_BYTES)


def mark_durable(*, through_inbox_seq: int, now: datetime) -> None:
    """Note that a verified backup holds every item up to this number; only below it may a station delete.

    Again: the mark never goes back.
    """
    with transaction.atomic():
        for lane in InboxLane.objects.select_for_update().order_by("id"):
            later = lane.items.filter(inbox_seq__gt=through_inbox_seq).order_by("seq").first()
            through = min(lane.received_through, later.seq - 1 if later else lane.received_through)
            if through > lane.durable_through:
                lane.durable_through = through
                lane.save(update_fields=["durable_through"])
        own = machine(own_identity().node.name)
        record(
            name="sync.backup.verified",
            subject="inbox",
            actor=own.label,
            data={"through_inbox_seq": through_inbox_seq},
            now=now,
        )


def _take(raw: bytes, carrier: Carrier, source: Path | None, limit: int, sent_by: str | None, now: datetime) -> str:
    found = envelope.parse(raw, max_bytes=limit)
    arrival = _Arrival(found, raw, carrier, source, *_sender(found, sent_by))
    try:
        with transaction.atomic():
            text, conflict = _hold(arrival, now)
    except IntegrityError:
        # Somebody else held the same item between our look and our write: their receipt is the answer.
        with transaction.atomic():
            text, conflict = _hold(arrival, now)
    if conflict:
        raise ItemConflict(packet=str(found.header.item_id), node=found.header.node, seq=found.header.seq)
    return text


def _sender(found: Envelope, sent_by: str | None) -> tuple[NodeIdentity, VoiceFacts, bool]:
    """Who sealed it, and with which key: the one that signs this number of this life, for ever."""
    name, header = found.header.node, found.header
    try:
        sender, spoken = node(name), voices(name)
    except NodeUnknown as error:
        raise StationUnknown(node=name) from error
    if sent_by is not None and sent_by != name:
        raise StationUnknown(node=name)
    fitting = [voice for voice in spoken if voice.may_sign(header.incarnation, header.seq)]
    if not any(voice.incarnation == header.incarnation for voice in spoken):
        # A life that nobody enrolled; what the station's present key signed is held all the same.
        fitting = [voice for voice in spoken if voice.number == sender.voice]
    key = found.check_any([voice.verify_key for voice in fitting])
    used = next(voice for voice in fitting if voice.verify_key == key)
    # Whoever holds a machine that was revoked in a later life can seal for its earlier ones too.
    later = [voice for voice in spoken if voice.number > used.number and voice.incarnation != header.incarnation]
    return sender, used, any(voice.revoked_after_seq is not None for voice in later)


def _hold(arrival: _Arrival, now: datetime) -> tuple[str, bool]:
    header = arrival.found.header
    InboxLane.objects.get_or_create(node=header.node, incarnation=header.incarnation)
    lane = InboxLane.objects.select_for_update().get(node=header.node, incarnation=header.incarnation)
    held = InItem.objects.filter(id=header.item_id).first()
    if held and bytes(held.digest) == arrival.found.digest:
        return held.receipt, False
    twin = held or lane.items.filter(seq=header.seq).first()
    if twin:
        _put_aside(arrival, lane, is_fork=held is None, now=now)
        return "", True
    item = _new_item(arrival, lane, now)
    item.state, item.code = _verdict(arrival, lane, now)
    item.receipt = receipt_for(item, header.node)
    if arrival.source is None:
        item.envelope = arrival.raw
    else:
        path = files.packet_path(item.id, item.received_at.year)
        files.link_durably(arrival.source, arrival.raw, path)
        item.path = f"{path.parent.name}/{path.name}"
    item.save(force_insert=True)
    _advance(lane, header.seq)
    if arrival.voice.number > 1 and arrival.voice.incarnation == header.incarnation:
        close_voices_before(
            name=header.node,
            incarnation=header.incarnation,
            number=arrival.voice.number,
            through_seq=header.seq - 1,
        )
    if arrival.carrier == Carrier.PACKET or item.state == InState.QUARANTINED:
        _say_received(item, header.node, now)
    return item.receipt, False


def _verdict(arrival: _Arrival, lane: InboxLane, now: datetime) -> tuple[InState, str]:
    # Asked again behind the lock of the lane: somebody may have revoked or stopped it while this item waited there.
    header, sender = arrival.found.header, node(arrival.sender.name)
    is_present_life = header.incarnation == sender.incarnation
    if sender.revoked_after_seq is not None and is_present_life and header.seq > sender.revoked_after_seq:
        return InState.QUARANTINED, StationRevoked.code
    if header.incarnation != sender.incarnation and sender.revoked_after_seq is not None:
        return InState.QUARANTINED, StationRevoked.code
    revoked_after_seq = arrival.voice.revoked_after_seq
    if arrival.is_before_revoked:
        return InState.QUARANTINED, StationRevoked.code
    if revoked_after_seq is not None and header.seq > revoked_after_seq:
        return InState.QUARANTINED, StationRevoked.code
    if lane.is_forked or sender.is_stopped:
        return InState.QUARANTINED, ItemConflict.code
    if not _is_linked(arrival.found, lane):
        return InState.QUARANTINED, ChainBroken.code
    return apply.outcome(arrival.found, arrival.carrier, now)


def _is_linked(found: Envelope, lane: InboxLane) -> bool:
    header = found.header
    before = lane.items.filter(seq=header.seq - 1).first()
    after = lane.items.filter(seq=header.seq + 1).first()
    if header.seq == 1 and header.prev != envelope.FIRST_PREV:
        return False
    if before and bytes(before.header_hash) != header.prev:
        return False
    return not (after and bytes(after.prev_hash) != found.header_hash)


def _new_item(arrival: _Arrival, lane: InboxLane, now: datetime) -> InItem:
    found, header = arrival.found, arrival.found.header
    return InItem(
        id=header.item_id,
        inbox_seq=next_number(INBOX_COUNTER),
        lane=lane,
        seq=header.seq,
        carrier=arrival.carrier,
        kind=header.kind,
        digest=found.digest,
        header_hash=found.header_hash,
        prev_hash=header.prev,
        size_bytes=found.size_bytes,
        operator=header.operator,
        sealed_at=header.sealed_at,
        received_at=now,
    )


def next_number(name: str) -> int:
    """Take the next number of a counter, inside the caller's transaction: gap-free because its row is locked."""
    Counter.objects.get_or_create(name=name)
    Counter.objects.filter(name=name).update(value=F("value") + 1)
    return Counter.objects.get(name=name).value


def receipt_for(item: InItem, node_name: str) -> str:
    """The centre's signed word that it holds an item; made once, then kept."""
    receipt = Receipt(
        item_id=item.id,
        node=node_name,
        seq=item.seq,
        digest=bytes(item.digest),
        inbox_seq=item.inbox_seq,
        state=InState(item.state),
        code=item.code,
        received_at=item.received_at,
    )
    return receipt.signed(own_identity().signing_key)


def _put_aside(arrival: _Arrival, lane: InboxLane, *, is_fork: bool, now: datetime) -> None:
    header, digest = arrival.found.header, arrival.found.digest
    if Stray.objects.filter(digest=digest).exists():
        return
    is_message = arrival.source is None
    path = files.stray_path(digest)
    if arrival.source is not None:
        files.link_durably(arrival.source, arrival.raw, path)
    Stray.objects.create(
        digest=digest,
        item_id=header.item_id,
        node=header.node,
        seq=header.seq,
        code=ItemConflict.code,
        received_at=now,
        path="" if is_message else f"{path.parent.name}/{path.name}",
        envelope=arrival.raw if is_message else None,
    )
    if is_fork:
        InboxLane.objects.filter(id=lane.id).update(is_forked=True)
        if arrival.sender.incarnation == header.incarnation:
            # Both copies speak for the present life: neither is believed until somebody enrols one of them anew.
            stop_node(name=header.node, why="fork", now=now)
    name = "sync.station.forked" if is_fork else "sync.item.contradicted"
    facts: dict[str, Json] = {"node": header.node, "seq": header.seq, "digest": digest.hex()}
    record(
        name=name,
        subject=f"packet:{header.item_id}",
        actor=machine(own_identity().node.name).label,
        data=facts,
        now=now,
    )


def _advance(lane: InboxLane, seq: int) -> None:
    lane.highest_seq = max(lane.highest_seq, seq)
    while lane.items.filter(seq=lane.received_through + 1).exists():
        lane.received_through += 1
    lane.save(update_fields=["highest_seq", "received_through"])


def _say_received(item: InItem, node_name: str, now: datetime) -> None:
    name = "sync.item.quarantined" if item.state == InState.QUARANTINED else "sync.packet.received"
    facts: dict[str, Json] = {
        "node": node_name,
        "kind": item.kind,
        "seq": item.seq,
        "inbox_seq": item.inbox_seq,
        "digest": bytes(item.digest).hex(),
        "state": str(item.state),
        "code": item.code,
    }
    record(
        name=name,
        subject=f"packet:{item.id}",
        actor=machine(own_identity().node.name).label,
        data=facts,
        now=now,
    )


def _say(name: str, item_id: UUID, data: dict[str, str], actor: Actor, now: datetime) -> None:
    record(name=name, subject=f"packet:{item_id}", actor=actor.label, data=data, now=now)
