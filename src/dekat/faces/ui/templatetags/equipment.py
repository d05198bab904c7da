"""Names of places and parties on pages about equipment."""

from collections.abc import Mapping

from django import template

from dekat.faces import stock_words
from dekat.reports import parties

register = template.Library()


@register.simple_tag
def party_name(party: str, names: Mapping[str, str]) -> str:
    """A party as pages call it."""
    return parties.party_name(party, dict(names))


@register.simple_tag
def place_name(kecamatan: str, names: Mapping[str, str]) -> str:
    """A kecamatan, or the office store."""
    return stock_words.place_name(kecamatan, names)
