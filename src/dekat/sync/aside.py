"""What stands aside at the centre, and what officers decide about it, one by one. Nothing here deletes a byte.

An item stands aside because somebody refused what it asks, because its station is not believed, or because two
different ones claim one place. Whatever is decided, the bytes and the first receipt stay.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.queries import NodeUnknown, node, own_identity
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync import apply, envelope, feed, files, inbox
from dekat.sync.models import InboxLane, InItem, Settlement, Stray
from dekat.sync.outbox import NEWS_KIND
from dekat.sync.receipts import Receipt
from dekat.sync.rules import MAX_PACKET_BYTES, Carrier, InState, Wish

CLOSED = "sync.aside.closed"
# A line that is out for a weekend is nobody's fault yet.
ASK_AFTER = timedelta(days=3)
# What another officer refused inside one kind of work is tried again by one; trust in a machine is restored by two.
_ONE_IS_ENOUGH = frozenset({apply.KindUnknown.code, apply.BodyMalformed.code})


class AsideUnknown(DekatError):
    """Nothing with this digest stands aside any longer."""

    code = "sync.aside.unknown"


class ReasonMissing(DekatError):
    """A decision about something that stands aside needs a reason in words."""

    code = "sync.aside.reason_missing"


class SecondOfficerNeeded(DekatError):
    """Whoever asked for it may not be the second officer who agrees."""

    code = "sync.aside.second_officer_needed"


class PlaceTaken(DekatError):
    """An item of the same id is held already, so this one can only be closed; both stay kept."""

    code = "sync.aside.place_taken"


@dataclass(frozen=True)
class Aside:
    """Something that stands aside, or bytes that it contradicts.

    Facts: `digest` in hex names it; a stray never became an item. `wish`, `reason` and `asked_by` (an actor label) are
    of a decision that waits for a second officer; empty when none does.
    """

    digest: str
    item_id: UUID
    node: str
    seq: int
    kind: str
    code: str
    since: datetime
    is_stray: bool
    is_held: bool
    size_bytes: int
    sealed_at: datetime
    operator: str
    wish: str = ""
    reason: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None

    @property
    def may_let_in(self) -> bool:
        """Whether its effect can still happen: not where its very id is held."""
        return not (self.is_stray and self.is_held)


@dataclass(frozen=True)
class Gap:
    """Numbers of one life of a station that have not come although later ones have.

    Facts: every greeting asks the station for them. `is_overdue` when that did not help for days: from then on it is
    the office's turn to ask by telephone, before that the station's to send.
    """

    node: str
    after: int
    before: int
    since: datetime
    is_overdue: bool


def asides() -> list[Aside]:
    """Everything that stands aside and is not closed, oldest first."""
    settlements = {bytes(row.digest): row for row in Settlement.objects.all()}
    items = [_of_item(row) for row in InItem.objects.exclude(state=InState.APPLIED).select_related("lane")]
    strays = [_of_stray(row) for row in Stray.objects.all()]
    found = [_with_settlement(one, settlements.get(bytes.fromhex(one.digest))) for one in [*items, *strays]]
    return sorted((one for one in found if one is not None), key=lambda one: (one.since, one.node, one.seq))


def aside(digest: str) -> Aside:
    """One thing that stands aside.

    Refuses: sync.aside.unknown.
    """
    for one in asides():
        if one.digest == digest:
            return one
    raise AsideUnknown


def rivals(one: Aside) -> list[Aside]:
    """What claims the same id, or the same number of the same station: to be laid beside it."""
    items = InItem.objects.filter(lane__node=one.node).select_related("lane")
    near = [_of_item(row) for row in items.filter(seq=one.seq)] + [
        _of_item(row) for row in items.filter(id=one.item_id)
    ]
    strays = [_of_stray(row) for row in Stray.objects.filter(node=one.node, seq=one.seq)]
    found = {each.digest: each for each in [*near, *strays] if each.digest != one.digest}
    return [found[digest] for digest in sorted(found)]


def count() -> int:
    """How many things stand aside and are not closed."""
    closed = set(map(bytes, Settlement.objects.filter(is_done=True).values_list("digest", flat=True)))
    items = InItem.objects.exclude(state=InState.APPLIED).values_list("digest", flat=True)
    strays = Stray.objects.values_list("digest", flat=True)
    return sum(bytes(digest) not in closed for digest in [*items, *strays])


def gaps(*, now: datetime) -> list[Gap]:
    """Where items are missing between others that came."""
    found = []
    for lane in InboxLane.objects.order_by("node", "id"):
        after = lane.received_through
        later = lane.items.filter(seq__gt=after).order_by("seq").first()
        if later is not None and later.seq > after + 1:
            is_overdue = later.received_at < now - ASK_AFTER
            found.append(Gap(lane.node, after, later.seq, later.received_at, is_overdue))
    return found


def needs_two(one: Aside, wish: Wish) -> bool:
    """Whether a second officer must agree: to believe a doubted machine again, and to leave work undone for good."""
    return wish == Wish.CLOSE or one.is_stray or (one.code.startswith("sync.") and one.code not in _ONE_IS_ENOUGH)


def decide(*, digest: str, wish: Wish, reason: str, actor: Actor, now: datetime) -> InState | None:
    """Do what an officer wants done with something that stands aside, or keep the wish until a second one agrees.

    Facts: gives what the item is afterwards; None while it waits.
    Again: the same officer may change wish and reason until the second one spoke.
    Refuses: sync.aside.unknown, sync.aside.reason_missing, sync.aside.place_taken.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        found = aside(digest)
        if wish == Wish.LET_IN and not found.may_let_in:
            raise PlaceTaken
        Settlement.objects.update_or_create(
            digest=bytes.fromhex(digest),
            defaults={
                "item_id": found.item_id,
                "wish": wish,
                "reason": reason.strip()[:300],
                "asked_by": actor.label,
                "asked_at": now,
            },
        )
        _say("sync.aside.settlement_asked", found, {"wish": str(wish)}, actor, now)
        return None if needs_two(found, wish) else _carry_out(found, wish, actor, now)


def agree(*, digest: str, actor: Actor, now: datetime) -> InState:
    """Carry out what another officer asked for.

    Again: what was carried out stands aside no longer, so there is nothing to agree to.
    Refuses: sync.aside.unknown, sync.aside.second_officer_needed.
    """
    with transaction.atomic():
        found = _asked(digest)
        if found.asked_by == actor.label:
            raise SecondOfficerNeeded
        return _carry_out(found, Wish(found.wish), actor, now)


def disagree(*, digest: str, actor: Actor, now: datetime) -> None:
    """Take a wish back, one's own or another officer's; the item goes on standing aside.

    Again: as after the first time.
    Refuses: sync.aside.unknown.
    """
    with transaction.atomic():
        found = _asked(digest)
        Settlement.objects.filter(digest=bytes.fromhex(digest), is_done=False).delete()
        _say("sync.aside.settlement_withdrawn", found, {"wish": found.wish}, actor, now)


def _asked(digest: str) -> Aside:
    Settlement.objects.select_for_update().filter(digest=bytes.fromhex(digest)).first()
    found = aside(digest)
    if not found.wish:
        raise AsideUnknown
    return found


def _carry_out(found: Aside, wish: Wish, actor: Actor, now: datetime) -> InState:
    if wish == Wish.CLOSE:
        state, code = InState.QUARANTINED, CLOSED
    elif found.is_stray:
        state, code = _let_stray_in(found, now)
    else:
        state = inbox.retry_item(item_id=found.item_id, actor=actor, now=now)
        code = InItem.objects.get(id=found.item_id).code
    rows = Settlement.objects.filter(digest=bytes.fromhex(found.digest))
    if wish == Wish.CLOSE or found.is_stray or state == InState.APPLIED:
        rows.update(decided_by=actor.label, decided_at=now, is_done=True)
    else:
        # It was refused once more: it stands aside as before, with the newer code.
        rows.delete()
    event = "sync.aside.closed" if wish == Wish.CLOSE else "sync.aside.released"
    _say(event, found, {"state": str(state), "code": code}, actor, now)
    _tell_station(found, state, code, now)
    return state


def _let_stray_in(found: Aside, now: datetime) -> tuple[InState, str]:
    """Hold a stray as an item of a lane of its own: its number belongs to its rival."""
    stray = Stray.objects.get(digest=bytes.fromhex(found.digest))
    raw = _bytes_of(stray)
    parsed = envelope.parse(raw, max_bytes=MAX_PACKET_BYTES)
    carrier = Carrier.PACKET if stray.path else Carrier.MESSAGE
    # Nothing comes before it in that lane, so nothing is missing there.
    alone = {"received_through": stray.seq, "highest_seq": stray.seq}
    lane, _ = InboxLane.objects.get_or_create(node=stray.node, incarnation=bytes(stray.digest)[:16], defaults=alone)
    state, code = apply.outcome(parsed, carrier, now)
    item = InItem(
        id=stray.item_id,
        inbox_seq=inbox.next_number(inbox.INBOX_COUNTER),
        lane=lane,
        seq=stray.seq,
        carrier=carrier,
        kind=parsed.header.kind,
        digest=stray.digest,
        header_hash=parsed.header_hash,
        prev_hash=parsed.header.prev,
        size_bytes=parsed.size_bytes,
        operator=parsed.header.operator,
        sealed_at=parsed.header.sealed_at,
        received_at=stray.received_at,
        state=state,
        code=code,
        envelope=stray.envelope,
    )
    if stray.path:
        path = files.packet_path(item.id, item.received_at.year)
        files.link_durably(files.stray_path(bytes(stray.digest)), raw, path)
        item.path = f"{path.parent.name}/{path.name}"
    item.receipt = Receipt(
        item_id=item.id,
        node=stray.node,
        seq=item.seq,
        digest=bytes(item.digest),
        inbox_seq=item.inbox_seq,
        state=state,
        code=code,
        received_at=item.received_at,
    ).signed(own_identity().signing_key)
    item.save(force_insert=True)
    return state, code


def _tell_station(found: Aside, state: InState, code: str, now: datetime) -> None:
    """Whoever sealed it sees what became of it, and may stop asking."""
    held = InItem.objects.filter(id=found.item_id, digest=bytes.fromhex(found.digest)).first()
    try:
        scope = node(found.node).kecamatan
    except NodeUnknown:
        return
    feed.publish(
        scope=scope,
        kind=NEWS_KIND,
        key=found.digest,
        body={
            "item": str(found.item_id),
            "digest": found.digest,
            "state": str(state),
            "code": code,
            "receipt": held.receipt if held else "",
        },
        now=now,
    )


def _of_item(row: InItem) -> Aside:
    return Aside(
        digest=bytes(row.digest).hex(),
        item_id=row.id,
        node=row.lane.node,
        seq=row.seq,
        kind=row.kind,
        code=row.code,
        since=row.received_at,
        is_stray=False,
        is_held=True,
        size_bytes=row.size_bytes,
        sealed_at=row.sealed_at,
        operator=row.operator,
    )


def _of_stray(row: Stray) -> Aside:
    parsed = envelope.parse(_bytes_of(row), max_bytes=MAX_PACKET_BYTES)
    return Aside(
        digest=bytes(row.digest).hex(),
        item_id=row.item_id,
        node=row.node,
        seq=row.seq,
        kind=parsed.header.kind,
        code=row.code,
        since=row.received_at,
        is_stray=True,
        is_held=InItem.objects.filter(id=row.item_id).exists(),
        size_bytes=parsed.size_bytes,
        sealed_at=parsed.header.sealed_at,
        operator=parsed.header.operator,
    )


def _with_settlement(one: Aside, settlement: Settlement | None) -> Aside | None:
    if settlement is None:
        return one
    if settlement.is_done:
        return None
    return replace(
        one,
        wish=settlement.wish,
        reason=settlement.reason,
        asked_by=settlement.asked_by,
        asked_at=settlement.asked_at,
    )


def _bytes_of(stray: Stray) -> bytes:
    return files.stray_path(bytes(stray.digest)).read_bytes() if stray.path else bytes(stray.envelope or b"")


def _say(name: str, found: Aside, data: dict[str, str], actor: Actor, now: datetime) -> None:
    facts: dict[str, Json] = {"node": found.node, "seq": found.seq, "digest": found.digest, **data}
    record(name=name, subject=f"packet:{found.item_id}", actor=actor.label, data=facts, now=now)
