"""The lines as both ends measured them: now, and day by day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dekat.areas.working_calendar import regency_calendar
from dekat.readings import queries as readings
from dekat.readings.queries import LineDay, Probe
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
    zone = regency_calendar().zone
    today = now.astimezone(zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return _lines(now - timedelta(days=DAYS), now, days, zone)


def network_of(period: Period, *, now: datetime, zone: ZoneInfo) -> list[LinkLine]:
    """Every line that was probed in the period, up to now, in the same order."""
    today = now.astimezone(zone).date()
    days = [day for day in period.days() if day <= today]
    return _lines(period.starts_at(zone), period.as_of(now, zone), days, zone)


def _lines(since: datetime, until: datetime, days: Sequence[date], zone: ZoneInfo) -> list[LinkLine]:
    names = places(days[-1] if days else date.max)
    states: dict[tuple[str, str, str], dict[date, str]] = defaultdict(dict)
    for row in readings.line_days(since=since, until=until, zone=zone):
        states[row.kecamatan, row.path, row.seen_from][row.day] = _state(row)
    found = []
    for last in readings.last_probes(since=since, until=until):
        by_day = states[last.kecamatan, last.path, last.seen_from]
        found.append(
            LinkLine(
                kecamatan=last.kecamatan,
                place=names.get(last.kecamatan, last.kecamatan),
                path=last.path,
                seen_from=last.seen_from,
                last=last,
                days=tuple(LinkDay(day, by_day.get(day, "none")) for day in days),
            )
        )
    return sorted(
        found, key=lambda link: (link.last.is_up or link.last.is_silence, link.kecamatan, link.path, link.seen_from)
    )


def _state(day: LineDay) -> str:
    if not day.count:
        return "none"
    if day.up_count == day.count:
        return "up"
    return "mixed" if day.up_count else "down"
