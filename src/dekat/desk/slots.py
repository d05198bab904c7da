"""Which half hours of a day can be promised. Pure; the calendar is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.kernel.working_time import Calendar

SLOT = timedelta(minutes=30)
# A station hears of an appointment within minutes when its line stands; an hour leaves room for a bad one.
LEAST_NOTICE = timedelta(hours=1)
DAYS_OFFERED = 10


@dataclass(frozen=True)
class Slot:
    """One half hour and how many may still come."""

    starts_at: datetime
    left_count: int


def days_offered(calendar: Calendar, *, now: datetime) -> list[date]:
    """The next working days on which some half hour is still to come."""
    day, found = now.astimezone(calendar.zone).date(), list[date]()
    for _ in range(60):
        if len(found) == DAYS_OFFERED:
            break
        if _starts(calendar, day, now):
            found.append(day)
        day += timedelta(days=1)
    return found


def slots_of(
    calendar: Calendar, day: date, *, capacity: int, booked: Mapping[datetime, int], now: datetime
) -> list[Slot]:
    """The half hours of a day that are not over, the full ones included."""
    return [Slot(start, max(0, capacity - booked.get(start, 0))) for start in _starts(calendar, day, now)]


def _starts(calendar: Calendar, day: date, now: datetime) -> list[datetime]:
    span = calendar.span(day)
    if span is None:
        return []
    opens, closes = span
    count = (closes - opens) // SLOT
    return [start for start in (opens + SLOT * number for number in range(count)) if start >= now + LEAST_NOTICE]
