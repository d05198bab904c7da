"""The regency's working calendar: its office hours, its own closures and the nation's holidays."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

from dekat.kernel.working_time import Calendar

Hours = Mapping[int, tuple[str, str]]


def indonesian_calendar(
    *, zone: str, hours: Hours, closures: Iterable[str] = (), years: Iterable[int] = range(2017, 2036)
) -> Calendar:
    """Make a calendar with Indonesia's public holidays and joint leave (cuti bersama).

    Facts: `hours` maps a weekday (Monday 0) to `("07:30", "15:30")`; `closures` are ISO days.
    Law: national holidays are set by the joint decree of three ministers each year; the `holidays` package holds it.
    """
    national = _national_days(years)
    return Calendar(
        zone=ZoneInfo(zone),
        hours={day: (time.fromisoformat(opens), time.fromisoformat(closes)) for day, (opens, closes) in hours.items()},
        holidays=national,
        closures=frozenset(date.fromisoformat(day) for day in closures),
    )


def _national_days(years: Iterable[int]) -> frozenset[date]:
    """Indonesia's days off, loaded when the first deadline is counted and without the 250 other countries (13 MB)."""
    # Rule 2 is bent here for the memory of an old station: its idle process never needs this package.
    import holidays

    if "holidays.countries" not in sys.modules:
        front_door = ModuleType("holidays.countries")
        front_door.__path__ = [str(Path(holidays.__file__).parent / "countries")]
        sys.modules["holidays.countries"] = front_door
    from holidays.constants import GOVERNMENT, PUBLIC
    from holidays.countries.indonesia import Indonesia

    return frozenset(Indonesia(years=years, categories=(PUBLIC, GOVERNMENT)).keys())


def _none() -> Calendar:
    raise RuntimeError("project.wiring gives the calendar")


_source: Callable[[], Calendar] = _none
_declared: Callable[[], frozenset[date]] = frozenset


def use_calendar(source: Callable[[], Calendar]) -> None:
    """Wire where the regency's calendar comes from (called once, by `project`)."""
    global _source
    _source = lru_cache(maxsize=1)(source)
    _closed_on.cache_clear()


def use_declared_days(source: Callable[[], frozenset[date]]) -> None:
    """Wire where the days come from that somebody closed by a decree (called once, by `project`)."""
    global _declared
    _declared = source


def calendar_without_decrees() -> Calendar:
    """The same calendar as the nation and the settings make it; it asks no log."""
    return _source()


def regency_calendar() -> Calendar:
    """The calendar by which this regency counts deadlines, with the days that were closed by decree so far."""
    days = _declared()
    return _closed_on(days) if days else _source()


def regency_day(at: datetime) -> date:
    """The day of an instant in the regency's zone."""
    return at.astimezone(_source().zone).date()


@lru_cache(maxsize=4)
def _closed_on(days: frozenset[date]) -> Calendar:
    return replace(_source(), declared=days)
