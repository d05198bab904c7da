"""How devices are looked after, read from what was said: maintenance, warranty, conditions, open faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from dekat.equipment.kinds import Condition
from dekat.kernel.canonical import Json
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent

PLANNED, DONE, WARRANTY = "equipment.maintenance.planned", "equipment.maintenance.done", "equipment.warranty.recorded"
CONDITION = "equipment.device.condition_recorded"
REPORTED, CLEARED = "equipment.fault.reported", "equipment.fault.cleared"


@dataclass(frozen=True)
class Work:
    """One piece of maintenance: planned, done or both."""

    id: UUID
    serial: str
    what: str
    due_on: date | None
    done_on: date | None
    cost: Rupiah | None
    done_by: str
    is_under_warranty: bool
    fault: str

    def is_overdue(self, today: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Warranty:
    """Until when somebody else pays, and from which paper that is known."""

    until_on: date
    source: str


@dataclass(frozen=True)
class Seen:
    """A condition as somebody recorded it."""

    condition: Condition
    at: datetime
    by: str
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """A fault that nobody has cleared."""

    id: str
    kind: str
    at: datetime


def works(*, serial: str = "") -> list[Work]:
    """Maintenance of one device or all: what is due first, then what was done, newest first."""
    found: dict[str, Work] = {}
    for event in ledger.events(names=[PLANNED, DONE], subject=_subject(serial)):
        key = str(event.data["maintenance"])
        found[key] = _joined(found.get(key), event)
    open_ones = sorted(
        (one for one in found.values() if not one.done_on), key=lambda one: (str(one.due_on), str(one.id))
    )
    done = sorted((one for one in found.values() if one.done_on), key=lambda one: (str(one.done_on), str(one.id)))
    return [*open_ones, *reversed(done)]


def warranties() -> dict[str, Warranty]:
    """The warranty of each device, as last recorded."""
    return {
        _serial(event): Warranty(date.fromisoformat(str(event.data["until_on"])), str(event.data["source"]))
        for event in ledger.events(names=[WARRANTY])
    }


def conditions(serial: str) -> list[Seen]:
    """How a device was found, newest first."""
    return [
        Seen(Condition(str(event.data["condition"])), event.occurred_at, str(event.data["by"]), _photos(event.data))
        for event in reversed(ledger.events(names=[CONDITION], subject=_subject(serial)))
    ]


def open_faults(serial: str) -> list[Fault]:
    """Faults of a device that nobody has cleared, oldest first."""
    found: dict[str, Fault] = {}
    for event in ledger.events(names=[REPORTED, CLEARED], subject=_subject(serial)):
        key = str(event.data["fault"])
        if event.name == CLEARED:
            found.pop(key, None)
        else:
            found[key] = Fault(key, str(event.data["kind"]), event.occurred_at)
    return list(found.values())


def repair_cost(works_of_device: Sequence[Work]) -> Rupiah:
    """What maintenance of a device has cost so far."""
    return Rupiah(sum(one.cost.sen for one in works_of_device if one.cost))


def _joined(known: Work | None, event: SignedEvent) -> Work:
    data = event.data
    if event.name == PLANNED:
        due_on = date.fromisoformat(str(data["due_on"]))
        if known:
            return replace(known, due_on=due_on)
        return Work(
            UUID(str(data["maintenance"])), _serial(event), str(data["what"]), due_on, None, None, "", False, ""
        )
    cost = data.get("cost_sen")
    return Work(
        id=UUID(str(data["maintenance"])),
        serial=_serial(event),
        what=str(data["what"]),
        due_on=known.due_on if known else None,
        done_on=date.fromisoformat(str(data["on"])),
        cost=Rupiah(cost) if isinstance(cost, int) else None,
        done_by=str(data.get("done_by", "")),
        is_under_warranty=data.get("under_warranty") is True,
        fault=str(data.get("fault", "")),
    )


def _photos(data: Mapping[str, Json]) -> tuple[str, ...]:
    names = data.get("photo_sha256")
    return tuple(map(str, names)) if isinstance(names, list) else ()


def _subject(serial: str) -> str | None:
    return f"device:{serial}" if serial else None


def _serial(event: SignedEvent) -> str:
    return event.subject.partition(":")[2]
