"""Paper, toner, ribbon and cleaning kits of a kecamatan: counted by people, used up by what the machines counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas.working_calendar import regency_calendar
from dekat.equipment import custody
from dekat.equipment.forecast import Count, Forecast, Use, of_shelf
from dekat.equipment.kinds import Consumable
from dekat.equipment.upkeep_kinds import NEEDS, SHELF
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record
from dekat.readings import queries as readings

COUNTED = "equipment.consumable.counted"
RAN_OUT, RESTOCKED = "equipment.consumable.ran_out", "equipment.consumable.restocked"
WINDOW = timedelta(days=30)
LOOK_BACK = timedelta(days=400)
# Which signed use empties it; and what one piece gives where that needs no measuring.
_EMPTIED_BY = {Consumable.CLEANING_KIT: "CAPTURE"}
_KNOWN_YIELD = {Consumable.PAPER: 1.0}


class CountNegative(DekatError):
    """A shelf cannot hold fewer than no pieces, nor be restocked to none."""

    code = "equipment.consumable.count_negative"


@dataclass(frozen=True)
class Shelf:
    """One item in one kecamatan. `counted_at` None: never counted; `is_out`: a device stands still for want of it."""

    kecamatan: str
    item: Consumable
    counted: int | None
    counted_at: datetime | None
    is_out: bool
    forecast: Forecast

    @property
    def label(self) -> str:
        return self.item.label


def count(*, event_id: UUID, item: Consumable, count: int, actor: Actor, now: datetime) -> None:
    """Record how many pieces lie on a kecamatan's shelf. None left stops the devices that need it; some let them go on.

    Again: the same `event_id` counts once.
    Refuses: equipment.consumable.count_negative.
    """
    if count < 0:
        raise CountNegative
    place = f"kecamatan:{actor.kecamatan}"
    data: dict[str, Json] = {"by": actor.office, "item": str(item), "count": count}
    with transaction.atomic():
        record(name=COUNTED, subject=place, actor=actor.label, data=data, now=now, event_id=event_id)
        was_out = _out()
        for held in custody.held_by(actor.kecamatan):
            is_out = (held.serial, str(item)) in was_out
            if held.kind in NEEDS[item] and is_out != (count == 0):
                _tell(RAN_OUT if count == 0 else RESTOCKED, held.serial, item, event_id, actor, now)


def shelves(kecamatan: Sequence[str], *, now: datetime) -> list[Shelf]:
    """What lies on the shelves of these kecamatan and how long it lasts, by kecamatan and item."""
    counts = _counts()
    uses = _uses(now)
    out, devices = _out(), custody.held_in(kecamatan)
    found = []
    for place in kecamatan:
        serials = {held.serial: held.kind for held in devices[place]}
        for item in SHELF:
            needing = {serial for serial, kind in serials.items() if kind in NEEDS[item]}
            kind = _EMPTIED_BY.get(item, "PRINT")
            used = sorted((use for serial in needing for use in uses.get((serial, kind), [])), key=lambda use: use.at)
            lines = counts.get((place, str(item)), [])
            found.append(
                Shelf(
                    kecamatan=place,
                    item=item,
                    counted=lines[-1].count if lines else None,
                    counted_at=lines[-1].at if lines else None,
                    is_out=any((serial, str(item)) in out for serial in needing),
                    forecast=of_shelf(
                        counts=lines, uses=used, now=now, window=WINDOW, known_yield=_KNOWN_YIELD.get(item)
                    ),
                )
            )
    return found


def _uses(now: datetime) -> dict[tuple[str, str], list[Use]]:
    """What the machines counted, by serial number and kind of use. A day's use stands at its first instant: what was
    printed on the day of a count is not taken off that count."""
    zone = regency_calendar().zone
    found: dict[tuple[str, str], list[Use]] = {}
    for day in readings.use_days(since=now - LOOK_BACK, until=now + timedelta(seconds=1), zone=zone):
        at = datetime.combine(day.day, time(), zone)
        found.setdefault((day.serial, day.use), []).append(Use(day.count, at))
    return found


def _counts() -> dict[tuple[str, str], list[Count]]:
    found: dict[tuple[str, str], list[Count]] = {}
    for event in ledger.events(names=[COUNTED]):
        place = event.subject.partition(":")[2]
        if _is_theirs(event, place):
            line = found.setdefault((place, str(event.data["item"])), [])
            line.append(Count(int(str(event.data["count"])), event.occurred_at))
    return found


def _out() -> set[tuple[str, str]]:
    """Which devices stand still for want of which item."""
    found: set[tuple[str, str]] = set()
    for event in ledger.events(names=[RAN_OUT, RESTOCKED]):
        pair = event.subject.partition(":")[2], str(event.data["item"])
        if event.name == RAN_OUT:
            found.add(pair)
        else:
            found.discard(pair)
    return found


def _is_theirs(event: SignedEvent, place: str) -> bool:
    kind, _, own = event.speaker.partition("-")
    return event.data.get("by") == f"KECAMATAN:{place}" and (kind != "station" or own == place)


def _tell(name: str, serial: str, item: Consumable, event_id: UUID, actor: Actor, now: datetime) -> None:
    record(
        name=name,
        subject=f"device:{serial}",
        actor=actor.label,
        data={"by": actor.office, "item": str(item)},
        now=now,
        event_id=uuid5(event_id, serial),
    )
