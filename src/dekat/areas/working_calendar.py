"""The regency's working calendar: its office hours, its own closures and the nation's holidays."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from holidays.constants import GOVERNMENT, PUBLIC
from holidays.countries.indonesia import Indonesia

from dekat.kernel.working_time import Calendar

Hours = Mapping[int, tuple[str, str]]


def indonesian_calendar(
    *, zone: str, hours: Hours, closures: Iterable[str] = (), years: Iterable[int] = range(2017, 2036)
) -> Calendar:
    """Make a calendar with Indonesia's public holidays and joint leave (cuti bersama).

    Facts: `hours` maps a weekday (Monday 0) to `("07:30", "15:30")`; `closures` are ISO days.
    Law: national holidays are set by the joint decree of three ministers each year; the `holidays` package holds it.
    """
    national = Indonesia(years=years, categories=(PUBLIC, GOVERNMENT))
    return Calendar(
        zone=ZoneInfo(zone),
        hours={day: (time.fromisoformat(opens), time.fromisoformat(closes)) for day, (opens, closes) in hours.items()},
        holidays=frozenset(national.keys()),
        closures=frozenset(date.fromisoformat(day) for day in closures),
    )


def _none() -> Calendar:
    raise RuntimeError("project.wiring gives the calendar")


_source: Callable[[], Calendar] = _none


def use_calendar(source: Callable[[], Calendar]) -> None:
    """Wire where the regency's calendar comes from (called once, by `project`)."""
    global _source
    _source = lru_cache(maxsize=1)(source)


def regency_calendar() -> Calendar:
    """The calendar by which this regency counts deadlines."""
    return _source()
