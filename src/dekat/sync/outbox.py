"""The station's side: seal, keep, follow what the centre says, delete only what is proven safe."""

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.queries import OwnIdentity, centre, centre_keys, own_identity, voices
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import SealKey
from dekat.ledger.services import record
from dekat.sync import envelope, files, ports, receipts, recovery, standing
from dekat.sync.models import OutboxHead, OutItem
from dekat.sync.rules import (
    FINAL_REFUSALS,
    MAX_MESSAGE_BYTES,
    MAX_PACKET_BYTES,
    WAITING,
    Carrier,
    InState,
    OutState,
    may_move,
    wait_after,
)

KEEP_AFTER_DURABLE = timedelta(days=30)
# Names one run of this process; `mono_ms` counts within it, whatever the wall clock does.
_BOOT_ID = secrets.token_hex(8)


# The bytes on this disk are no longer those that were sealed.
FILE_DAMAGED = "sync.outbox.file_damaged"
# The centre lost what this station had deleted under its receipt and its durable mark.
LOST = "sync.outbox.lost_at_centre"
NEWS_KIND = "item_news/1"


class NotAside(DekatError):
    """An item does not stand aside, the centre holds it already, or its bytes are not here."""

    code = "sync.outbox.not_aside"


class ItemTooLarge(DekatError):
    """A packet or message is larger than may travel."""

    code = "sync.item.too_large"


@dataclass(frozen=True)
class SealedPacket:
    """A packet that is safe on this machine's disk."""

    packet_id: UUID
    seq: int
    digest: bytes
    size_bytes: int
    sealed_at: datetime


def seal_packet(*, packet_id: UUID, kind: str, content: bytes, operator: str, now: datetime) -> SealedPacket:
    """Close content into a packet that only the centre opens, on the disk and in the outbox.

    Facts: call it inside the transaction of the change that makes the packet; the file is written first, the row
    commits with the caller. `operator` is an actor label (`account:…`), never a name.
    Again: the same `packet_id` gives the first packet; the first content stands.
    Refuses: sync.item.too_large, accounts.node.unknown.
    """
    with transaction.atomic():
        if known := OutItem.objects.filter(id=packet_id).first():
            return _as_packet(known)
        sealed = _sealed(packet_id, kind, content, operator, now, MAX_PACKET_BYTES)
        files.write_durably(files.outbox_path(packet_id), sealed)
        item = _keep(sealed, Carrier.PACKET)
        _say("sync.packet.sealed", item, now)
        return _as_packet(item)


def send_message(*, message_id: UUID, kind: str, body: Mapping[str, Json], now: datetime) -> None:
    """Send a small signed statement to the centre (sealed to it, at most 64 KiB).

    Facts: it leaves with the caller's commit.
    Again: the same `message_id` is sent once.
    Refuses: sync.item.too_large, kernel.canonical.not_canonical, accounts.node.unknown.
    """
    with transaction.atomic():
        if OutItem.objects.filter(id=message_id).exists():
            return
        sealed = _sealed(message_id, kind, canonical_json(body), "", now, MAX_MESSAGE_BYTES)
        _keep(sealed, Carrier.MESSAGE, kept=sealed)


def take_receipt(*, text: str, now: datetime) -> receipts.Receipt:
    """Believe the centre's signed receipt and note what it says of the item.

    Again: the same receipt changes nothing.
    Refuses: sync.receipt.invalid.
    """
    receipt = receipts.read(text, centre_keys())
    state = {
        InState.APPLIED: OutState.RECEIVED,
        InState.HELD: OutState.RECEIVED,
        InState.QUARANTINED: OutState.QUARANTINED,
    }[receipt.state]
    with transaction.atomic():
        item = OutItem.objects.select_for_update().filter(id=receipt.item_id).first()
        if item is None or bytes(item.digest) != receipt.digest:
            raise receipts.ReceiptInvalid
        if text == item.receipt and item.state not in (*WAITING, OutState.HELD):
            # A stick brings it once more: what the centre said of the item since then stands.
            return receipt
        if may_move(item.state, state):
            item.receipt, item.received_at = text, item.received_at or now
            item.sent_bytes, item.attempts, item.next_at = item.size_bytes, 0, None
            _stand(item, state, receipt.code, now)
            item.save()
    if receipt.state != InState.QUARANTINED:
        standing.renew_by_receipt(received_at=receipt.received_at, now=now)
    return receipt


def note_refused(*, item_id: UUID, code: str, now: datetime) -> None:
    """Keep an item that was refused: aside when its bytes can never arrive as they are, else until its next try.

    Facts: nothing is deleted in either case. A code of the centre's that says nothing about the bytes makes the item
    wait, each time longer (`rules.wait_after`); the next item goes on.
    Again: an item that stands aside stays there.
    """
    with transaction.atomic():
        item = OutItem.objects.select_for_update().filter(id=item_id).first()
        if item is None or not may_move(item.state, OutState.QUARANTINED) or item.state == OutState.QUARANTINED:
            return
        item.attempts += 1
        if code in FINAL_REFUSALS or code == FILE_DAMAGED:
            _stand(item, OutState.QUARANTINED, code, now)
            _say("sync.item.stood_aside", item, now, code=code)
        else:
            item.code, item.next_at = code, now + wait_after(item.attempts, item_id=item.id)
        item.save()


def send_again(*, item_id: UUID, actor: Actor, now: datetime) -> None:
    """Let the line take an item again that stands aside or rests after refusals, because an officer wants it.

    Facts: harmless for what the centre holds: the answer is its first receipt.
    Again: an item that waits already only loses its rest.
    Refuses: sync.outbox.not_aside.
    """
    with transaction.atomic():
        item = OutItem.objects.select_for_update().filter(id=item_id).first()
        if item is None or item.state not in (*WAITING, OutState.QUARANTINED, OutState.HELD):
            raise NotAside
        if item.carrier == Carrier.PACKET and not files.outbox_path(item.id).exists():
            raise NotAside
        _stand(item, OutState(item.state) if item.state in WAITING else OutState.SEALED, "", now)
        item.attempts, item.next_at = 0, None
        item.save()
        record(
            name="sync.item.sent_again",
            subject=f"packet:{item.id}",
            actor=actor.label,
            data={"kind": item.kind, "seq": item.seq},
            now=now,
        )


def note_brought_back(*, item_id: UUID, now: datetime) -> None:
    """Note that a packet's file is whole on this disk again, so that it travels like any other.

    Again: nothing.
    """
    with transaction.atomic():
        item = OutItem.objects.select_for_update().filter(id=item_id).first()
        if item is not None and may_move(item.state, OutState.SEALED):
            _stand(item, OutState.SEALED, "", now)
            item.attempts, item.next_at = 0, None
            item.save()
            _say("sync.packet.restored", item, now)


def hear_of_item(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Take the centre's later word about an item that stood aside there (feed entry `item_news/1`).

    Facts: `item_id` names the feed entry; the body names the item, by its digest. Custody does not change by it: the
    receipt stays the proof that the centre holds the bytes.
    Again: the same word changes nothing.
    Refuses: sync.receipt.invalid.
    """
    found = OutItem.objects.filter(id=UUID(str(body["item"])), digest=bytes.fromhex(str(body["digest"]))).first()
    if found is None:
        return
    if body["receipt"]:
        take_receipt(text=str(body["receipt"]), now=now)
    state = OutState.RECEIVED if body["state"] != InState.QUARANTINED else OutState.QUARANTINED
    with transaction.atomic():
        item = OutItem.objects.select_for_update().get(id=found.id)
        if not may_move(item.state, state):
            return
        _stand(item, state, str(body["code"]), now)
        item.save(update_fields=["state", "code", "aside_at"])


def note_missing(*, seqs: Sequence[int], incarnation: bytes, now: datetime) -> int:
    """Say aloud which items the centre lost after this station rightly deleted them; give how many were news.

    Facts: it can only happen to a centre that was restored from a backup older than its own durable mark.
    Again: each item is said once.
    """
    lost = OutItem.objects.filter(incarnation=incarnation, seq__in=seqs, state=OutState.PURGED).exclude(code=LOST)
    for item in lost:
        with transaction.atomic():
            OutItem.objects.filter(id=item.id).update(code=LOST, aside_at=now)
            _say("sync.packet.lost_at_centre", item, now, code=LOST)
    return len(lost)


def _stand(item: OutItem, state: OutState, code: str, now: datetime) -> None:
    """Move an item, and keep since when it stands aside."""
    is_aside = state in (OutState.QUARANTINED, OutState.HELD)
    item.aside_at = (item.aside_at or now) if is_aside else None
    item.state, item.code = state, code


def note_sent(*, item_id: UUID, sent_bytes: int) -> None:
    """Note how much of a packet the centre has; for the operator's eyes, the centre's word decides."""
    state = OutState.SENDING if sent_bytes else OutState.OFFERED
    rows = OutItem.objects.filter(id=item_id, state__in=[s for s in OutState if may_move(s, state)])
    rows.update(state=state, sent_bytes=sent_bytes)


def note_durable(*, incarnation: bytes, through: int, now: datetime) -> None:
    """Note what the centre holds in a verified backup; older than the keeping time, its bytes may go."""
    below = OutItem.objects.filter(incarnation=incarnation, seq__lte=through).exclude(receipt="")
    below.filter(state=OutState.RECEIVED).update(state=OutState.DURABLE)
    below.filter(state=OutState.DURABLE, received_at__lt=now - KEEP_AFTER_DURABLE).update(state=OutState.PURGEABLE)


def purge() -> int:
    """Delete the bytes that may go; the row stays as the record. Give how many went.

    Facts: only with the centre's signed receipt in the row, whatever its state says. The file goes first and for good:
    cut between the two, the row still says PURGEABLE and the purge is finished at the next start; the other way round
    the file would stay for ever with nobody who knows that it may go.
    Again: driven by rows, so a half-done purge is finished.
    """
    gone = 0
    for item_id in list(OutItem.objects.filter(state=OutState.PURGEABLE).values_list("id", flat=True)):
        with transaction.atomic():
            # Looked at once more under its lock: another lane may just have heard that the centre lacks it.
            rows = OutItem.objects.select_for_update().filter(id=item_id, state=OutState.PURGEABLE)
            item = rows.exclude(receipt="").first()
            if item is None:
                continue
            if item.carrier == Carrier.PACKET:
                files.remove_durably(files.outbox_path(item.id))
            gone += rows.update(state=OutState.PURGED, envelope=None)
    return gone


def note_clock(*, offset_ms: int, error_ms: int) -> None:
    """Keep the last measured difference to the centre's clock; it travels in every later packet."""
    with transaction.atomic():
        own = own_identity()
        head = _head(own)
        head.clock_offset_ms, head.clock_error_ms = offset_ms, error_ms
        head.save(update_fields=["clock_offset_ms", "clock_error_ms"])


def note_way(*, code: str, piece_bytes: int, now: datetime) -> None:
    """Tell the log, and so the centre, what hinders this station's way to it."""
    own = own_identity().node.name
    data: dict[str, Json] = {"code": code, "piece_bytes": piece_bytes}
    with transaction.atomic():
        record(name="sync.way.narrowed", subject=f"node:{own}", actor=machine(own).label, data=data, now=now)


def adopt(sealed: bytes, *, now: datetime) -> None:
    """Take a packet file whose row was lost back into the outbox, where its number is free, and close its source.

    Facts: whoever sealed it pressed the button and the packet is whole; undoing it would ask the resident again.
    Refuses: sync.envelope.malformed, sync.envelope.signature_invalid, sync.outbox.number_taken.
    """
    with transaction.atomic():
        own = own_identity()
        found = envelope.parse(sealed, max_bytes=MAX_PACKET_BYTES)
        # A kill may lie between the sealing and a new key: whichever of our keys signs this number is ours.
        life, seq = found.header.incarnation, found.header.seq
        found.check_any([one.verify_key for one in voices(own.node.name) if one.may_sign(life, seq)])
        head = _head(own)
        follows = found.header.seq == head.last_seq + 1 and found.header.prev == bytes(head.last_hash)
        if found.header.incarnation != bytes(head.incarnation) or not follows:
            raise NumberTaken(seq=found.header.seq)
        item = _keep(sealed, Carrier.PACKET)
        _say("sync.packet.sealed", item, now)
        if close := ports.adoption_handler(item.kind):
            close(item_id=item.id, operator=item.operator, size_bytes=item.size_bytes, now=now)


class NumberTaken(DekatError):
    """A file without a row does not continue the chain: its sealing was undone and another packet has its number."""

    code = "sync.outbox.number_taken"


def _sealed(item_id: UUID, kind: str, content: bytes, operator: str, now: datetime, limit: int) -> bytes:
    if len(content) > limit:
        raise ItemTooLarge(bytes=len(content), limit=limit)
    own = own_identity()
    head = _head(own)
    header = envelope.Header(
        item_id=item_id,
        kind=kind,
        node=own.node.name,
        incarnation=bytes(head.incarnation),
        seq=head.last_seq + 1,
        prev=bytes(head.last_hash),
        operator=operator,
        sealed_at=now,
        boot_id=_BOOT_ID,
        mono_ms=int(time.monotonic() * 1000),
        clock_offset_ms=head.clock_offset_ms,
        clock_error_ms=head.clock_error_ms,
    )
    sealed = envelope.seal(content, header=header, recipients=_recipients(), key=own.signing_key)
    if len(sealed) > limit:
        raise ItemTooLarge(bytes=len(sealed), limit=limit)
    return sealed


def _recipients() -> list[SealKey]:
    spare = recovery.recovery_key()
    return [centre().seal_key, *([spare] if spare else [])]


def _head(own: OwnIdentity) -> OutboxHead:
    OutboxHead.objects.get_or_create(
        node=own.node.name, defaults={"incarnation": own.node.incarnation, "last_hash": envelope.FIRST_PREV}
    )
    head = OutboxHead.objects.select_for_update().get(node=own.node.name)
    if bytes(head.incarnation) != own.node.incarnation:
        # A new life of this machine begins a new chain; the old numbers stay with the old one.
        head.incarnation, head.last_seq, head.last_hash = own.node.incarnation, 0, envelope.FIRST_PREV
        head.save()
    return head


def _keep(sealed: bytes, carrier: Carrier, *, kept: bytes | None = None) -> OutItem:
    found = envelope.parse(sealed, max_bytes=len(sealed))
    head = OutboxHead.objects.get(node=found.header.node)
    head.last_seq, head.last_hash = found.header.seq, found.header_hash
    head.save(update_fields=["last_seq", "last_hash"])
    return OutItem.objects.create(
        id=found.header.item_id,
        carrier=carrier,
        kind=found.header.kind,
        incarnation=found.header.incarnation,
        seq=found.header.seq,
        digest=sha256(sealed).digest(),
        size_bytes=len(sealed),
        operator=found.header.operator,
        sealed_at=found.header.sealed_at,
        envelope=kept,
    )


def _say(name: str, item: OutItem, now: datetime, **more: str) -> None:
    own = own_identity().node.name
    record(
        name=name,
        subject=f"packet:{item.id}",
        actor=item.operator or machine(own).label,
        data={"kind": item.kind, "seq": item.seq, "digest": bytes(item.digest).hex(), "bytes": item.size_bytes, **more},
        now=now,
    )


def _as_packet(item: OutItem) -> SealedPacket:
    return SealedPacket(item.id, item.seq, bytes(item.digest), item.size_bytes, item.sealed_at)
