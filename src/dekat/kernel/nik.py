"""The two 16-digit numbers of civil registration. They look alike and are never exchanged.

A NIK is `PPKKCC DDMMYY SSSS`: the place of *first* registration, the birth date (day + 40 for women) and a serial. None
of it may be used to correct the register: it warns. Only a number that cannot exist is refused.
Law: pp-40-2019
"""

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate

SAMPLE_PROVINCE = "99"
# Not `\d`: that also takes full-width and Arabic digits.
_SIXTEEN = re.compile(r"[0-9]{16}")
_SPREADSHEET = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]{2}|[0-9]{16}[.,]0+")
_FEMALE_OFFSET = 40
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CENTURIES = (1900, 2000)


class NotSixteenDigits(DekatError):
    """The number does not have exactly sixteen digits."""

    code = "kernel.nik.not_sixteen_digits"


class SpreadsheetRounded(DekatError):
    """A spreadsheet turned the number into a floating one and its last digits are lost."""

    code = "kernel.nik.spreadsheet_rounded"


class DateImpossible(DekatError):
    """The six digits of the date name no day of the calendar."""

    code = "kernel.nik.date_impossible"


class SerialZero(DekatError):
    """The serial 0000 is never given out."""

    code = "kernel.nik.serial_zero"


class Doubt(StrEnum):
    """What looks odd in a NIK and is still no reason to refuse it."""

    SEX_DIFFERS = "SEX_DIFFERS"
    BIRTH_DATE_DIFFERS = "BIRTH_DATE_DIFFERS"
    REGION_UNKNOWN = "REGION_UNKNOWN"


def mask(number: str) -> str:
    """Hide the date of a NIK or nomor KK: `351112******0003`."""
    return f"{number[:6]}******{number[-4:]}" if number else ""


@dataclass(frozen=True, repr=False)
class Nik:
    """The number of a person. Printing the object shows the mask; `.text` is the number."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "Nik":
        """Read a NIK as it was typed or imported; spaces and dots between digits are dropped.

        Refuses: kernel.nik.not_sixteen_digits, kernel.nik.spreadsheet_rounded, kernel.nik.date_impossible,
        kernel.nik.serial_zero.
        """
        digits = _sixteen_digits(text)
        day = int(digits[6:8])
        _check_date(day - _FEMALE_OFFSET if day > _FEMALE_OFFSET else day, digits)
        return cls(digits)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"Nik({self.masked})"

    @property
    def masked(self) -> str:
        return mask(self.text)

    @property
    def region(self) -> str:
        """Code of the kecamatan of first registration, `35.11.12`; it says nothing about the address."""
        return _region(self.text)

    @property
    def is_female(self) -> bool:
        """What the digits say; sex itself is a field of its own."""
        return int(self.text[6:8]) > _FEMALE_OFFSET

    @property
    def is_sample(self) -> bool:
        return self.text.startswith(SAMPLE_PROVINCE)

    def birth_days(self, *, today: date) -> tuple[date, ...]:
        """The days the digits can mean, the earlier first; a day still to come is none of them."""
        day = int(self.text[6:8]) % _FEMALE_OFFSET
        return _readings(self.text, day, today)

    def doubts(self, *, born_on: PartialDate, is_female: bool, today: date) -> tuple[Doubt, ...]:
        """What in the digits disagrees with the register; the register stays right."""
        found = []
        if self.is_female != is_female:
            found.append(Doubt.SEX_DIFFERS)
        if not any(_agrees(born_on, day) for day in self.birth_days(today=today)):
            found.append(Doubt.BIRTH_DATE_DIFFERS)
        return tuple(found)


@dataclass(frozen=True, repr=False)
class FamilyCardNo:
    """The number of a family (nomor KK): region, day of recording, serial. Printing the object shows the mask."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "FamilyCardNo":
        """Read a nomor KK; its day has no + 40.

        Refuses: kernel.nik.not_sixteen_digits, kernel.nik.spreadsheet_rounded, kernel.nik.date_impossible,
        kernel.nik.serial_zero.
        """
        digits = _sixteen_digits(text)
        _check_date(int(digits[6:8]), digits)
        return cls(digits)

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"FamilyCardNo({self.masked})"

    @property
    def masked(self) -> str:
        return mask(self.text)

    @property
    def region(self) -> str:
        """Code of the kecamatan where the family was first recorded."""
        return _region(self.text)

    @property
    def is_sample(self) -> bool:
        return self.text.startswith(SAMPLE_PROVINCE)

    def recording_days(self, *, today: date) -> tuple[date, ...]:
        """The days the digits can mean, the earlier first."""
        return _readings(self.text, int(self.text[6:8]), today)


def _sixteen_digits(text: str) -> str:
    written = text.strip()
    if _SIXTEEN.fullmatch(written):
        return written
    if _SPREADSHEET.fullmatch(written):
        raise SpreadsheetRounded
    digits = re.sub(r"[ .]", "", written)
    if not _SIXTEEN.fullmatch(digits):
        raise NotSixteenDigits(found=len(digits))
    return digits


def _check_date(day: int, digits: str) -> None:
    month, year = int(digits[8:10]), int(digits[10:12])
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        raise DateImpossible
    if (day, month) == (29, 2) and not any(isleap(century + year) for century in _CENTURIES):
        raise DateImpossible
    if digits[12:] == "0000":
        raise SerialZero


def _readings(digits: str, day: int, today: date) -> tuple[date, ...]:
    month, year = int(digits[8:10]), int(digits[10:12])
    years = [century + year for century in _CENTURIES]
    days = [date(y, month, day) for y in years if (day, month) != (29, 2) or isleap(y)]
    return tuple(found for found in days if found <= today)


def _agrees(known: PartialDate, day: date) -> bool:
    return (
        known.year == day.year
        and (not known.month or known.month == day.month)
        and (not known.day or known.day == day.day)
    )


def _region(digits: str) -> str:
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}"
