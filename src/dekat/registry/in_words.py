"""Days and small numbers as Indonesian papers write them out."""

from datetime import date

from dekat.kernel.partial_date import PartialDate

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
_UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]


def number_in_words(number: int) -> str:
    """`2019` → `dua ribu sembilan belas`; from 0 to 9999."""
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    for size, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            count, rest = divmod(number, size)
            many = f"se{name}" if count == 1 else f"{number_in_words(count)} {name}"
            return f"{many} {number_in_words(rest)}" if rest else many
    raise ValueError("a negative number is no day, year or count")


def long_day(day: PartialDate) -> str:
    """`5 Juli 2019`; what is unknown is left out."""
    parts = [str(day.day)] if day.day else []
    return " ".join([*parts, *([MONTHS[day.month - 1]] if day.month else []), f"{day.year:04d}"])


def day_in_words(day: PartialDate) -> str:
    """`5 Juli 2019 (lima Juli dua ribu sembilan belas)`; what is unknown is left out."""
    parts = [number_in_words(day.day)] if day.day else []
    words = [*parts, *([MONTHS[day.month - 1]] if day.month else []), number_in_words(day.year)]
    lead = "tanggal" if day.day else "bulan" if day.month else "tahun"
    return f"{lead} {long_day(day)} ({' '.join(words)})"


def long_date(day: date) -> str:
    """`26 November 2026`."""
    return long_day(PartialDate(day.year, day.month, day.day))
