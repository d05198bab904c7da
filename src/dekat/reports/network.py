"""The lines as both ends measured them: now, and day by day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dekat.areas.working_calendar import regency_calendar
from dekat.readings import queries as readings
from dekat.readings.queries import Probe
from dekat.reports.parties import places
from dekat.reports.period import Period

DAYS = 30


@dataclass(frozen=True)
class LinkDay:
    """One day of one line: `state` is `up`, `down`, `mixed` or `none` (nobody measured)."""

    day: date
    state: str


@dataclass(frozen=True)
class LinkLine:
    """One line from one end, its last reading and its last days."""

    kecamatan: str
    place: str
    path: str
    seen_from: str
    last: Probe
    days: tuple[LinkDay, ...]

    @property
    def is_down(self) -> bool:
        return not self.last.is_up and not self.last.is_silence

    @property
    def up_percent(self) -> int:
        measured = [day for day in self.days if day.state != "none"]
        return sum(day.state == "up" for day in measured) * 100 // len(measured) if measured else 0


def network(*, now: datetime) -> list[LinkLine]:
    """Every line that was probed in the last 30 days: those that are down first, then by place."""
    today = now.astimezone(regency_calendar().zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return _lines(readings.probes(since=now - timedelta(days=DAYS), until=now), days)


def network_of(period: Period, *, now: datetime, zone: ZoneInfo) -> list[LinkLine]:
    """Every line that was probed in the period, up to now, in the same order."""
    today = now.astimezone(zone).date()
    found = readings.probes(since=period.starts_at(zone), until=period.as_of(now, zone))
    return _lines(found, [day for day in period.days() if day <= today])


def _lines(probes: Iterable[Probe], days: Sequence[date]) -> list[LinkLine]:
    zone = regency_calendar().zone
    names = places(days[-1] if days else date.max)
    groups: dict[tuple[str, str, str], list[Probe]] = defaultdict(list)
    for probe in probes:
        groups[probe.kecamatan, probe.path, probe.seen_from].append(probe)
    found = []
    for (kecamatan, path, seen_from), mine in groups.items():
        by_day: dict[date, list[bool]] = defaultdict(list)
        for probe in mine:
            if not probe.is_silence:
                by_day[probe.at.astimezone(zone).date()].append(probe.is_up)
        found.append(
            LinkLine(
                kecamatan=kecamatan,
                place=names.get(kecamatan, kecamatan),
                path=path,
                seen_from=seen_from,
                last=mine[-1],
                days=tuple(LinkDay(day, _state(by_day.get(day, []))) for day in days),
            )
        )
    return sorted(
        found, key=lambda link: (link.last.is_up or link.last.is_silence, link.kecamatan, link.path, link.seen_from)
    )


def _state(readings_of_day: list[bool]) -> str:
    if not readings_of_day:
        return "none"
    if all(readings_of_day):
        return "up"
    return "mixed" if any(readings_of_day) else "down"
