"""Values as Indonesian readers write them: dates, durations, money, numbers, NIK."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from dekat.kernel.rupiah import Rupiah

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def long_date(day: date) -> str:
    """`05 Februari 2021`; an instant is read in the regency's zone."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`05 Feb 2021`, for the columns of tables."""
    number_of_day, month, year = long_date(day).split()
    return f"{number_of_day} {month[:3]} {year}"


def weekday_date(day: date) -> str:
    """`Senin, 23 November 2026`."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"


def clock_time(moment: datetime) -> str:
    """`09.12 WIB`."""
    return f"{_local(moment):%H.%M} {ZONE_NAMES.get(settings.TIME_ZONE, settings.TIME_ZONE)}"


def date_and_time(moment: datetime) -> str:
    """`23 November 2026 pukul 09.12 WIB`."""
    return gettext("%(day)s pukul %(time)s") % {"day": long_date(moment), "time": clock_time(moment)}


def duration(span: timedelta | int) -> str:
    """`2 hari 4 jam`: the two largest parts. An integer is a count of days."""
    if isinstance(span, int):
        return f"{number(span)} {gettext('hari')}"
    minutes = max(0, int(span.total_seconds()) // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [(days, gettext("hari")), (hours, gettext("jam")), (minutes, gettext("menit"))]
    while parts and not parts[0][0]:
        parts.pop(0)
    if not parts:
        return gettext("kurang dari 1 menit")
    return " ".join(f"{count} {word}" for count, word in parts[:2] if count)


def seconds(span: timedelta) -> str:
    """`2 menit 14 detik`: for times that an operator can feel."""
    minutes, rest = divmod(round(span.total_seconds()), 60)
    parts = [(minutes, gettext("menit")), (rest, gettext("detik"))]
    return " ".join(f"{count} {word}" for count, word in parts if count) or gettext("0 detik")


def working_time(minutes: int) -> str:
    """`2 jam 15 menit` of working minutes; a working day has no fixed length, so hours are the largest unit."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, gettext("jam")), (rest, gettext("menit"))]
    return " ".join(f"{count} {word}" for count, word in parts if count) or gettext("0 menit")


def since(moment: datetime, *, now: datetime) -> str:
    """`2 hari 4 jam lalu`, or `dalam 3 jam` for what is still to come."""
    if moment > now:
        return gettext("dalam %(span)s") % {"span": duration(moment - now)}
    return gettext("%(span)s lalu") % {"span": duration(now - moment)}


def number(value: int) -> str:
    """`12.040`."""
    return f"{value:,}".replace(",", ".")


def megabytes(count: int) -> str:
    """`1,9` of 1,900,000 bytes; what is little is not nothing."""
    return f"{max(count, 50_001 if count else 0) / 1e6:.1f}".replace(".", ",")


def money(value: Rupiah) -> str:
    """`Rp122.400.000`, with the sen only where there are some."""
    return str(value)


def short_money(value: Rupiah) -> str:
    """`Rp 612 juta`, `Rp 1,71 miliar`: for headlines, never for books."""
    rupiah = value.sen // 100
    for size, word in ((10**12, gettext("triliun")), (10**9, gettext("miliar")), (10**6, gettext("juta"))):
        if abs(rupiah) >= size:
            text = f"{rupiah / size:.2f}".rstrip("0").rstrip(".").replace(".", ",")
            return f"Rp {text} {word}"
    return f"Rp {number(rupiah)}"


def masked_nik(nik: object) -> str:
    """`3511 ···· ···· 0003`: enough to compare with the card in the hand, too little to use."""
    text = str(nik)
    return f"{text[:4]} ···· ···· {text[-4:]}" if len(text) == 16 else "····"


def initials(name: str) -> str:
    """`RH` of `Rina Hidayati`."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
