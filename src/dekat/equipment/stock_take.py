"""Stock-take by labels, offline: what the register expects, what was seen, what differs."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.queries import stations
from dekat.equipment import custody, stock_rules
from dekat.equipment.kinds import Condition
from dekat.equipment.offers import party_of
from dekat.equipment.stock_rules import Expected, Line
from dekat.equipment.upkeep_kinds import Spot
from dekat.equipment.upkeep_models import StockTake
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record
from dekat.readings.kinds import device
from dekat.sync import services as sync

FEED_KIND = "stock_take/1"
OPENED, SEEN, CLOSED = "equipment.stock_take.opened", "equipment.stock_take.seen", "equipment.stock_take.closed"
LABEL = "DEKAT-ALAT:"


class StockTakeUnknown(DekatError):
    """No stock-take has this id here, or it is another office's."""

    code = "equipment.stock_take.unknown"


class StockTakeClosed(DekatError):
    """A stock-take that is signed and closed takes nothing more."""

    code = "equipment.stock_take.closed"


class LabelEmpty(DekatError):
    """A label says nothing that could be a serial number, or it is somebody's NIK or KK number."""

    code = "equipment.stock_take.label_empty"


@dataclass(frozen=True)
class TakeCard:
    """A stock-take of one place with everything seen so far."""

    id: UUID
    round_id: UUID
    kecamatan: str
    opened_at: datetime
    closed_at: datetime | None
    lines: tuple[Line, ...]

    def count(self, spot: str) -> int:
        return sum(line.spot == spot for line in self.lines)

    @property
    def right(self) -> int:
        return self.count(Spot.RIGHT)

    @property
    def wrong_place(self) -> int:
        return self.count(Spot.WRONG_PLACE)

    @property
    def unknown(self) -> int:
        return self.count(Spot.UNKNOWN)

    @property
    def missing(self) -> int:
        return self.count(Spot.MISSING)

    @property
    def expected(self) -> int:
        return self.right + self.missing

    @property
    def differs(self) -> bool:
        return len(self.lines) != self.right


def label_of(serial: str) -> str:
    """What the QR code on a device says."""
    return f"{LABEL}{serial}"


def read_label(text: str) -> str:
    """The serial number in a scanned or typed label.

    Refuses: equipment.stock_take.label_empty.
    """
    serial = device(text.strip().removeprefix(LABEL).strip()).partition(":")[2]
    if not re.search(r"[A-Za-z0-9]", serial):
        raise LabelEmpty
    return serial


def open_round(*, round_id: UUID, kecamatan: Collection[str] = (), actor: Actor, now: datetime) -> None:
    """Open a stock-take of every place that holds something, has a station or is named, and of the office store.

    Facts: it is held against the register of this moment.
    Again: the same `round_id` opens once.
    """
    if StockTake.objects.filter(round_id=round_id).exists():
        return
    everything = custody.registered()
    held_in, served = {one.kecamatan for one in everything}, {one.kecamatan for one in stations()}
    places = sorted(held_in | served | set(kecamatan) | {""})
    with transaction.atomic():
        data: dict[str, Json] = {"by": actor.office, "stock_take": str(round_id), "count": len(everything)}
        record(name=OPENED, subject="regency", actor=actor.label, data=data, now=now, event_id=round_id)
        for place in places:
            row = StockTake.objects.create(
                id=uuid5(round_id, place),
                round_id=round_id,
                kecamatan=place,
                opened_at=now,
                expected=[[one.serial, one.kind, one.model] for one in everything if one.kecamatan == place],
                elsewhere={one.serial: one.kecamatan for one in everything if one.kecamatan != place},
            )
            if place:
                sync.publish(scope=place, kind=FEED_KIND, key=place, body=_body(row), now=now)


def apply_round(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Know a stock-take that the centre opened (feed handler).

    Again: one that is here stays as it is.
    """
    StockTake.objects.get_or_create(
        id=UUID(str(body["id"])),
        defaults={
            "round_id": UUID(str(body["round_id"])),
            "kecamatan": str(body["kecamatan"]),
            "opened_at": from_iso(str(body["opened_at"])),
            "expected": body["expected"],
            "elsewhere": body["elsewhere"],
        },
    )


def note_seen(
    *,
    take_id: UUID,
    label: str,
    actor: Actor,
    now: datetime,
    condition: Condition | None = None,
    photo_sha256: str = "",
) -> Line:
    """Record that a device stands here; give where it should be.

    Again: the same label is seen once.
    Refuses: equipment.stock_take.unknown, equipment.stock_take.closed, equipment.stock_take.label_empty.
    """
    row = _own(take_id, actor)
    serial = read_label(label)
    if re.search(r"(?:[0-9][ .-]?){16}", serial) and serial not in _known(row):
        # Somebody's identity card; the log is public and forgets nothing.
        raise LabelEmpty
    data: dict[str, Json] = {"by": actor.office, "stock_take": str(row.id), "at": row.kecamatan}
    if condition:
        data["condition"] = str(condition)
    if photo_sha256:
        data["photo_sha256"] = photo_sha256
    with transaction.atomic():
        record(
            name=SEEN,
            subject=f"device:{serial}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=uuid5(row.id, serial),
        )
    return next(line for line in _card(row).lines if line.serial == serial)


def close(*, take_id: UUID, actor: Actor, now: datetime) -> TakeCard:
    """Close a stock-take; what was found is signed and travels to the centre.

    Again: a closed one stays closed.
    Refuses: equipment.stock_take.unknown.
    """
    card = take(take_id)
    if card is None or actor.office != party_of(card.kecamatan):
        raise StockTakeUnknown
    if card.closed_at:
        return card
    data: dict[str, Json] = {
        "by": actor.office,
        "stock_take": str(take_id),
        "right": card.right,
        "wrong_place": card.wrong_place,
        "unknown": card.unknown,
        "missing": card.missing,
    }
    subject = f"kecamatan:{card.kecamatan}" if card.kecamatan else "regency"
    with transaction.atomic():
        record(name=CLOSED, subject=subject, actor=actor.label, data=data, now=now, event_id=uuid5(take_id, "closed"))
    found = take(take_id)
    assert found is not None
    return found


def take(take_id: UUID) -> TakeCard | None:
    """One stock-take by its id."""
    row = StockTake.objects.filter(id=take_id).first()
    return _card(row) if row else None


def takes(*, kecamatan: str | None = None, round_id: UUID | None = None) -> list[TakeCard]:
    """Stock-takes of a place, of a round or all, newest first."""
    rows = StockTake.objects.all()
    if kecamatan is not None:
        rows = rows.filter(kecamatan=kecamatan)
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    told = _told()
    return [_card(row, told) for row in rows]


def rounds() -> list[tuple[UUID, datetime]]:
    """The stock-takes of the whole regency, newest first."""
    rows = StockTake.objects.order_by("-opened_at").values_list("round_id", "opened_at")
    return list(dict.fromkeys(rows))


def _told() -> dict[str, list[SignedEvent]]:
    found: dict[str, list[SignedEvent]] = {}
    for event in ledger.events(names=[SEEN, CLOSED]):
        found.setdefault(str(event.data.get("stock_take")), []).append(event)
    return found


def _card(row: StockTake, told: Mapping[str, Sequence[SignedEvent]] | None = None) -> TakeCard:
    events = [event for event in (told or _told()).get(str(row.id), ()) if _is_theirs(event, row.kecamatan)]
    closed = [event for event in events if event.name == CLOSED]
    seen = {event.subject.partition(":")[2]: event.occurred_at for event in events if event.name == SEEN}
    return TakeCard(
        id=row.id,
        round_id=row.round_id,
        kecamatan=row.kecamatan,
        opened_at=row.opened_at,
        closed_at=closed[0].occurred_at if closed else None,
        lines=stock_rules.compare(
            expected=[Expected(*map(str, one)) for one in row.expected], elsewhere=row.elsewhere, seen=seen
        ),
    )


def _is_theirs(event: SignedEvent, kecamatan: str) -> bool:
    """Only the office whose place it is may count there, and a station's key speaks for its own kecamatan only."""
    kind, _, place = event.speaker.partition("-")
    return event.data.get("by") == party_of(kecamatan) and (kind != "station" or place == kecamatan)


def _known(row: StockTake) -> set[str]:
    return {str(one[0]) for one in row.expected} | set(row.elsewhere)


def _own(take_id: UUID, actor: Actor) -> StockTake:
    row = StockTake.objects.filter(id=take_id).first()
    if row is None or actor.office != party_of(row.kecamatan):
        raise StockTakeUnknown
    if _card(row).closed_at:
        raise StockTakeClosed
    return row


def _body(row: StockTake) -> dict[str, Json]:
    return {
        "id": str(row.id),
        "round_id": str(row.round_id),
        "kecamatan": row.kecamatan,
        "opened_at": iso(row.opened_at),
        "expected": row.expected,
        "elsewhere": row.elsewhere,
    }
