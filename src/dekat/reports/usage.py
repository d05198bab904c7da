"""How much the devices are used: only what devices signed and counters counted, read once and cut as asked."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from dekat.areas.working_calendar import regency_calendar
from dekat.reports.period import Kind, Period
from dekat.reports.served import COUNTED_BY, Material, Served, Service, read_material


@dataclass(frozen=True)
class DayShare:
    """Working days on which something was used, of those on which it could have been."""

    used: int
    of: int

    @property
    def percent(self) -> int | None:
        """None when there was no working day to use it on."""
        return self.used * 100 // self.of if self.of else None

    def __add__(self, other: "DayShare") -> "DayShare":
        return DayShare(self.used + other.used, self.of + other.of)


NOTHING = DayShare(0, 0)
Shares = dict[tuple[str, str], DayShare]


@dataclass(frozen=True)
class Usage:
    """A span of days with everything counted in it; `today` counts as a working day once something was used."""

    material: Material
    today: date

    def shares(self, period: Period) -> Shares:
        """By kecamatan and kind of device: device-days used, of the working days on which the devices stood there."""
        found: Shares = defaultdict(lambda: NOTHING)
        for day in period.days():
            if day > self.today or not regency_calendar().is_working_day(day):
                continue
            for serial, kind in self.material.kinds.items():
                place, is_used = self.material.places.on(serial, day), day in self._used[serial]
                if place and (is_used or day != self.today):
                    found[place, kind] += DayShare(int(is_used), 1)
        return dict(found)

    @cached_property
    def _used(self) -> dict[str, set[date]]:
        """The days on which each device did what it is for."""
        used: dict[str, set[date]] = defaultdict(set)
        for use in self.material.days:
            if (self.material.kinds.get(use.serial, ""), use.use) in COUNTED_BY:
                used[use.serial].add(use.day)
        return used

    def count(self, service: Service, period: Period, *, kecamatan: str = "") -> int:
        """How often a service was given in a period."""
        return self.served.of(service, kecamatan=kecamatan, days=period)

    @property
    def served(self) -> Served:
        return self.material.served


def read_usage(first: Period, last: Period, *, now: datetime, zone: ZoneInfo) -> Usage:
    """Everything from the beginning of one period to the end of another, up to now."""
    span = Period(min(first.first, last.first), max(first.after, last.after), Kind.CUSTOM)
    return Usage(read_material(span, now=now, zone=zone), now.astimezone(zone).date())
