"""The span of days that a page speaks of: a month, a quarter, a year, or two days that somebody chose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dekat.kernel.errors import DekatError


class PeriodUnreadable(DekatError):
    """The address names no period: neither a month, a quarter, a year nor two days in order."""

    code = "reports.period.unreadable"


class Kind(StrEnum):
    """How long a period is."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"
    CUSTOM = "CUSTOM"


@dataclass(frozen=True)
class Period:
    """Whole days of the regency: `first` is inside, `after` is the day after the last."""

    first: date
    after: date
    kind: Kind

    @property
    def last(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def key(self) -> str:
        """As addresses write it: `2026-10`, `2026-K4`, `2026`; two days as `2026-10-03..2026-10-20`."""
        match self.kind:
            case Kind.MONTH:
                return f"{self.first:%Y-%m}"
            case Kind.QUARTER:
                return f"{self.first.year}-K{(self.first.month + 2) // 3}"
            case Kind.YEAR:
                return str(self.first.year)
            case Kind.CUSTOM:
                return f"{self.first}..{self.last}"

    @property
    def before(self) -> "Period":
        """The one just before, of the same kind (or of as many days)."""
        if self.kind is Kind.CUSTOM:
            return Period(self.first - (self.after - self.first), self.first, self.kind)
        return _whole(self.first - timedelta(days=1), self.kind)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.first, time(), zone)

    def ends_at(self, zone: ZoneInfo) -> datetime:
        """The first instant after it."""
        return datetime.combine(self.after, time(), zone)

    def as_of(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The instant at which its state is told: its end, or now while it runs."""
        return min(now, self.ends_at(zone))

    def is_over(self, now: datetime, zone: ZoneInfo) -> bool:
        return self.ends_at(zone) <= now

    def days(self) -> Iterator[date]:
        return (self.first + timedelta(days=offset) for offset in range((self.after - self.first).days))

    def months(self) -> list["Period"]:
        """The calendar months it touches, in order."""
        found = [month_of(self.first)]
        while found[-1].after < self.after:
            found.append(month_of(found[-1].after))
        return found


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return _whole(day, Kind.MONTH)


def last_month(today: date) -> Period:
    """The newest month that is over."""
    return month_of(today).before


def between(first: date, last: date) -> Period:
    """Two days and all between them.

    Refuses: reports.period.unreadable.
    """
    if last < first:
        raise PeriodUnreadable(period=f"{first}..{last}")
    return Period(first, last + timedelta(days=1), Kind.CUSTOM)


def read_period(text: str) -> Period:
    """The period that an address names.

    Refuses: reports.period.unreadable.
    """
    try:
        if found := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
            return month_of(date(int(found[1]), int(found[2]), 1))
        if found := re.fullmatch(r"([0-9]{4})-K([1-4])", text):
            return _whole(date(int(found[1]), int(found[2]) * 3, 1), Kind.QUARTER)
        if re.fullmatch(r"[0-9]{4}", text):
            return _whole(date(int(text), 1, 1), Kind.YEAR)
        if text.count("..") == 1:
            first, last = text.split("..")
            return between(date.fromisoformat(first), date.fromisoformat(last))
    except (ValueError, OverflowError) as error:
        raise PeriodUnreadable(period=text[:40]) from error
    raise PeriodUnreadable(period=text[:40])


def choices(today: date) -> list[Period]:
    """What a reader may pick: a year of months, five quarters, three years, newest first."""
    found: list[Period] = []
    for kind, count in ((Kind.MONTH, 13), (Kind.QUARTER, 5), (Kind.YEAR, 3)):
        at = _whole(today, kind)
        for _ in range(count):
            found.append(at)
            at = at.before
    return found


def _whole(day: date, kind: Kind) -> Period:
    if kind is Kind.YEAR:
        return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1), kind)
    month = day.month if kind is Kind.MONTH else (day.month - 1) // 3 * 3 + 1
    months = 1 if kind is Kind.MONTH else 3
    after = month + months
    return Period(date(day.year, month, 1), date(day.year + (after > 12), after - 12 if after > 12 else after, 1), kind)
