"""A legal day that may be partly unknown: `1950-00-00` is the year 1950, `1950-07-00` July of it."""

import re
from dataclasses import dataclass
from datetime import date

from dekat.kernel.errors import DekatError

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PRINTED = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")


class DayImpossible(DekatError):
    """A text that names no day of the calendar."""

    code = "kernel.partial_date.impossible"


@dataclass(frozen=True, order=True)
class PartialDate:
    """Year, month and day; month and day are 0 when unknown."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise DayImpossible
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError as error:
            raise DayImpossible from error

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `1990-03-17`, `17-03-1990` or `17/03/1990`; zeros stand for what is unknown.

        Refuses: kernel.partial_date.impossible.
        """
        written = text.strip()
        if found := _ISO.fullmatch(written):
            year, month, day = found.groups()
        elif found := _PRINTED.fullmatch(written):
            day, month, year = found.groups()
        else:
            raise DayImpossible
        return cls(int(year), int(month), int(day))

    @property
    def is_whole(self) -> bool:
        return bool(self.day)

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def printed(self) -> str:
        """As documents write it: `17-03-1990`."""
        return f"{self.day:02d}-{self.month:02d}-{self.year:04d}"

    def age_on(self, on: date) -> int:
        """Whole years lived on a day; of what is unknown the latest is taken, so nobody comes of age too early."""
        birthday = (self.month or 12, self.day or 31)
        return on.year - self.year - ((on.month, on.day) < birthday)

    def birthday(self, age: int) -> date:
        """The first day on which this age is reached for certain: of what is unknown the latest is taken."""
        year, month = self.year + age, self.month or 12
        try:
            return date(year, month, self.day or 31)
        except ValueError:
            # The month has no such day: 29 February, or an unknown day. The first of the next month has come for sure.
            return date(year, month + 1, 1)
