"""How what is still to come is written: on the receipt and in the list."""

from collections.abc import Sequence

from django import template

from dekat.faces.position_words import position_words
from dekat.kernel.ids import spaced

register = template.Library()


@register.filter
def spaced_code(code: str) -> str:
    """The tracking code as the receipt shows it."""
    return spaced(code)


@register.filter
def owed_words(positions: Sequence[str]) -> str:
    """`sepuluh jari, mata kiri`: what must still come, in words."""
    return position_words(positions)
