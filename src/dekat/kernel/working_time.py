"""Working time: minutes count only while the office is open. Pure; the calendar is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from dekat.kernel.clock import as_utc
from dekat.kernel.errors import DekatError

# Longer than any closure an office may have; a search that passes it found no working day at all.
_LONGEST_SEARCH_DAYS = 3660
# How many ends a calendar remembers; about 10 MB.
_MOST_ENDS = 50_000


class CalendarNeverOpen(DekatError):
    """The calendar has no working minute, so no deadline can be counted."""

    code = "kernel.working_time.never_open"


@dataclass(frozen=True)
class Calendar:
    """When the office works.

    Facts: `hours` maps a weekday (Monday 0) to its opening and closing time in `zone`; `holidays` are the nation's,
    `closures` the office's own days off, `declared` those that somebody recorded with a decree.
    """

    zone: ZoneInfo
    hours: Mapping[int, tuple[time, time]]
    holidays: frozenset[date] = field(default_factory=frozenset)
    closures: frozenset[date] = field(default_factory=frozenset)
    declared: frozenset[date] = field(default_factory=frozenset)
    # Deadlines ask for the same few thousand days again and again.
    _known_spans: dict[date, tuple[datetime, datetime] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # And for the same ends: years of history are read again whenever something new was said.
    _known_ends: dict[tuple[datetime, int], datetime] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    # The calendar that came of the newest closures, with all that it knows.
    _declaring: dict[frozenset[date], "Calendar"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens at all on this day."""
        days_off = (self.holidays, self.closures, self.declared)
        return day.weekday() in self.hours and not any(day in days for days in days_off)

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """When the office opens and closes on a day, in UTC; None on a day off."""
        if day not in self._known_spans:
            self._known_spans[day] = self._span(day) if self.is_working_day(day) else None
        return self._known_spans[day]

    def _span(self, day: date) -> tuple[datetime, datetime]:
        opens, closes = self.hours[day.weekday()]
        return as_utc(datetime.combine(day, opens, self.zone)), as_utc(datetime.combine(day, closes, self.zone))

    def declaring(self, days: frozenset[date]) -> "Calendar":
        """The same calendar with these declared days, and no others."""
        if days == self.declared:
            return self
        found = self._declaring.get(days)
        if found is None:
            found = replace(self, declared=days)
            self._declaring.clear()
            self._declaring[days] = found
        return found

    def digest(self) -> bytes:
        """32 bytes that stand for what this calendar says without the days that were declared by events."""
        days = (self.zone.key, sorted(self.hours.items()), sorted(self.holidays), sorted(self.closures))
        return sha256(repr(days).encode()).digest()

    def is_open(self, instant: datetime) -> bool:
        """Whether the office works at this instant."""
        span = self.span(as_utc(instant).astimezone(self.zone).date())
        return span is not None and span[0] <= instant < span[1]


def add_working_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Give the instant (UTC) at which this many working minutes have passed since `start`.

    Facts: 0 minutes gives the first working instant at or after `start`; an end falls on closing time,
    not on the next opening.
    Refuses: kernel.working_time.never_open, kernel.clock.naive_instant.
    """
    ends = calendar._known_ends
    end = ends.get((start, minutes)) if start.tzinfo is UTC else None
    if end is None:
        end = _end(as_utc(start), minutes, calendar)
        if len(ends) >= _MOST_ENDS:
            ends.clear()
        ends[as_utc(start), minutes] = end
    return end


def _end(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    left = timedelta(minutes=minutes)
    for opens, closes in _spans(start, calendar):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    raise CalendarNeverOpen


def working_minutes_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count the whole working minutes from `start` to `end`; 0 when `end` is not later.

    Refuses: kernel.clock.naive_instant.
    """
    until, total = as_utc(end), timedelta()
    for opens, closes in _spans(as_utc(start), calendar):
        if opens >= until:
            break
        total += min(closes, until) - opens
    return total // timedelta(minutes=1)


def _spans(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The open hours from `start` on, the first one cut at `start`; ends after years without any."""
    day, empty_days = start.astimezone(calendar.zone).date(), 0
    while empty_days < _LONGEST_SEARCH_DAYS:
        span = calendar.span(day)
        day += timedelta(days=1)
        if span is None or span[1] <= start:
            empty_days += 1
            continue
        empty_days = 0
        yield max(span[0], start), span[1]
