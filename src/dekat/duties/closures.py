"""Days on which the regency's offices are closed by a decree: recorded as evidence, read by every clock. Pure."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from dekat.duties.evidence import Evidence
from dekat.kernel.canonical import Json
from dekat.kernel.working_time import Calendar

DECLARED, WITHDRAWN = "duties.closure.declared", "duties.closure.withdrawn"


def with_closures(calendar: Calendar, facts: Iterable[Evidence]) -> Calendar:
    """The calendar with the closures that these events declare, and with no other recorded ones.

    Facts: `facts` in order. No event touches a day that was over when it happened: what is late stays late.
    """
    return calendar.declaring(declared_days(facts, calendar.zone))


def declared_days(facts: Iterable[Evidence], zone: ZoneInfo) -> frozenset[date]:
    """The days that the events close."""
    closed: set[date] = set()
    for fact in facts:
        if fact.name in (DECLARED, WITHDRAWN):
            days = _days_from(fact, fact.at.astimezone(zone).date())
            closed = closed | days if fact.name == DECLARED else closed - days
    return frozenset(closed)


def _days_from(fact: Evidence, first: date) -> set[date]:
    listed = fact.data.get("days")
    days = map(_day, listed if isinstance(listed, list) else [])
    return {day for day in days if day and day >= first}


def _day(text: Json) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
