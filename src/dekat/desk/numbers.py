"""Today in numbers, counted from the tickets: nobody reports them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dekat.desk import rules
from dekat.desk.models import QueueTicket
from dekat.desk.states import Priority, TicketState

T = TicketState


@dataclass(frozen=True)
class Hour:
    """How many were served in one hour of the clock."""

    hour: int
    served_count: int


@dataclass(frozen=True)
class DayNumbers:
    """One day of a desk. Times are None while nothing was measured."""

    day: date
    taken_count: int
    served_count: int
    waiting_count: int
    missed_count: int
    priority_count: int
    mean_wait: timedelta | None
    mean_service: timedelta | None
    by_hour: Sequence[Hour] = ()


def numbers_of(day: date, *, zone: ZoneInfo) -> DayNumbers:
    """What happened on one day."""
    return _numbers(day, list(QueueTicket.objects.filter(day=day)), zone)


def week_to(day: date, *, zone: ZoneInfo) -> list[DayNumbers]:
    """The seven days that end with this one, the newest first; days without a ticket are left out."""
    days: dict[date, list[QueueTicket]] = {}
    for row in QueueTicket.objects.filter(day__gt=day - timedelta(days=7), day__lte=day):
        days.setdefault(row.day, []).append(row)
    return [_numbers(one, rows, zone) for one, rows in sorted(days.items(), reverse=True)]


def _numbers(day: date, rows: Sequence[QueueTicket], zone: ZoneInfo) -> DayNumbers:
    served = [row for row in rows if row.state == T.DONE]
    waits = [row.called_at - row.taken_at for row in rows if row.called_at]
    took = [row.ended_at - row.started_at for row in served if row.ended_at and row.started_at]
    return DayNumbers(
        day=day,
        taken_count=len(rows),
        served_count=len(served),
        waiting_count=sum(row.state in rules.IN_LINE for row in rows),
        missed_count=sum(row.state == T.NO_SHOW for row in rows),
        priority_count=sum(row.priority != Priority.NONE for row in served),
        mean_wait=rules.mean(waits),
        mean_service=rules.mean(took),
        by_hour=_by_hour([row.ended_at for row in served if row.ended_at], zone),
    )


def _by_hour(ends: Sequence[datetime], zone: ZoneInfo) -> list[Hour]:
    hours = [end.astimezone(zone).hour for end in ends]
    return [Hour(hour, hours.count(hour)) for hour in range(min(hours), max(hours) + 1)] if hours else []
