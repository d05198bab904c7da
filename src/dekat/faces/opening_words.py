"""An opening in the words of pages and sheets."""

from django.utils.translation import gettext

from dekat.reports.who_opened import OpeningLine


def office_words(line: OpeningLine) -> str:
    """`Kecamatan Cermee, Operator`: who it was, without a name."""
    return f"{line.office}, {line.role.label}" if line.role else line.office


def purpose_words(line: OpeningLine) -> str:
    """Why, or that no purpose was given; free words stay in the office."""
    return str(line.purpose.label) if line.purpose else gettext("tanpa keperluan yang sah")
