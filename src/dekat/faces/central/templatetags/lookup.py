"""Openings as the tables of the office write them."""

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.faces import opening_words
from dekat.reports.who_opened import OpeningLine

register = template.Library()
register.filter("office_words", opening_words.office_words)
register.filter("purpose_words", opening_words.purpose_words)
_WHAT: dict[str, str | Promise] = {
    "resident": gettext_lazy("Data lengkap"),
    "family": gettext_lazy("Keluarga"),
    "document": gettext_lazy("Dokumen"),
    "application": gettext_lazy("Permohonan"),
    "recording": gettext_lazy("Perekaman"),
    "card": gettext_lazy("KTP-el"),
    "duplicate": gettext_lazy("Data ganda"),
}


@register.filter
def what_words(line: OpeningLine) -> str | Promise:
    """What was opened."""
    return _WHAT.get(line.what, line.what)
