"""Deadlines as pages ask for them: a day, which means the end of its working hours."""

from datetime import date, datetime, time

from dekat.areas.working_calendar import regency_calendar


def end_of_work(day: date) -> datetime:
    """Closing time of a day; midnight of a day on which nobody works."""
    calendar = regency_calendar()
    span = calendar.span(day)
    return span[1] if span else datetime.combine(day, time(23, 59), calendar.zone)


def at_local(day: date, hour: time) -> datetime:
    """An instant as the regency's clocks show it."""
    return datetime.combine(day, hour, regency_calendar().zone)
