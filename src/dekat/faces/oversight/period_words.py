"""Periods as readers say them."""

from django.utils.translation import gettext as _

from dekat.faces.ui.words import MONTHS, long_date
from dekat.reports.period import Kind, Period


def in_words(period: Period) -> str:
    """`Oktober 2026`, `Triwulan IV 2026`, `Tahun 2026`, `03 Oktober 2026 sampai 20 Oktober 2026`."""
    year = str(period.first.year)
    match period.kind:
        case Kind.MONTH:
            return f"{MONTHS[period.first.month - 1]} {year}"
        case Kind.QUARTER:
            number = ("I", "II", "III", "IV")[(period.first.month - 1) // 3]
            return _("Triwulan %(number)s %(year)s") % {"number": number, "year": year}
        case Kind.YEAR:
            return _("Tahun %(year)s") % {"year": year}
        case Kind.CUSTOM:
            days = {"first": long_date(period.first), "last": long_date(period.last)}
            return _("%(first)s sampai %(last)s") % days
