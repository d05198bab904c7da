"""How the regency's devices are looked after: what is due, under warranty, tested, and what it has cost."""

from dataclasses import dataclass
from datetime import date, datetime

from dekat.equipment import care, custody
from dekat.equipment.care import Warranty, Work
from dekat.equipment.custody import Held
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.readings.queries import SelfTest


@dataclass(frozen=True)
class DeviceLine:
    """One device on the desk of whoever looks after it."""

    held: Held
    next_work: Work | None
    is_overdue: bool
    warranty: Warranty | None
    is_under_warranty: bool
    test: SelfTest | None
    repair_count: int
    repair_cost: Rupiah


@dataclass(frozen=True)
class UpkeepDesk:
    """Every device, the overdue first."""

    lines: tuple[DeviceLine, ...]

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)

    @property
    def damaged(self) -> int:
        return sum(line.held.condition != "GOOD" for line in self.lines)

    @property
    def under_warranty(self) -> int:
        return sum(line.is_under_warranty for line in self.lines)

    @property
    def cost(self) -> Rupiah:
        return Rupiah(sum(line.repair_cost.sen for line in self.lines))


def upkeep_desk(*, now: datetime, today: date) -> UpkeepDesk:
    """The desk now: what is overdue, then what is due next, then the rest by serial number."""
    works: dict[str, list[Work]] = {}
    for work in care.works():
        works.setdefault(work.serial, []).append(work)
    warranties, tested = care.warranties(), readings.tested_devices(until=now)
    lines = []
    for held in custody.registered():
        of_device, warranty = works.get(held.serial, []), warranties.get(held.serial)
        planned = next((work for work in of_device if not work.done_on), None)
        lines.append(
            DeviceLine(
                held=held,
                next_work=planned,
                is_overdue=planned is not None and planned.is_overdue(today),
                warranty=warranty,
                is_under_warranty=warranty is not None and warranty.until_on >= today,
                test=tested[held.serial].last if held.serial in tested else None,
                repair_count=sum(work.done_on is not None for work in of_device),
                repair_cost=care.repair_cost(of_device),
            )
        )
    lines.sort(key=lambda line: (not line.is_overdue, line.next_work is None, _due(line), line.held.serial))
    return UpkeepDesk(tuple(lines))


def _due(line: DeviceLine) -> str:
    return str(line.next_work.due_on) if line.next_work else ""
