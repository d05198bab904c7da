"""Deadlines as pages ask for them: a day, which means the end of its working hours."""

from datetime import date, datetime, time, timedelta

from dekat.areas.working_calendar import regency_calendar
from dekat.kernel.working_time import CalendarNeverOpen

_LONGEST_CLOSURE_DAYS = 60


def end_of_work(day: date) -> datetime:
    """Closing time of a day; on a day off, of the next working day.

    Refuses: kernel.working_time.never_open.
    """
    calendar = regency_calendar()
    for ahead in range(_LONGEST_CLOSURE_DAYS):
        if span := calendar.span(day + timedelta(days=ahead)):
            return span[1]
    raise CalendarNeverOpen


def at_local(day: date, hour: time) -> datetime:
    """An instant as the regency's clocks show it."""
    return datetime.combine(day, hour, regency_calendar().zone)
