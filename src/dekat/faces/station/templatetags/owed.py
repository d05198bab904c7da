"""How what is still to come is written: on the receipt and in the list."""

from collections.abc import Sequence

from django import template
from django.utils.translation import gettext

from dekat.enrolment.positions import FINGERS, IRISES
from dekat.faces.station.recording.labels import POSITIONS
from dekat.kernel.ids import spaced

register = template.Library()


@register.filter
def spaced_code(code: str) -> str:
    """The tracking code as the receipt shows it."""
    return spaced(code)


@register.filter
def owed_words(positions: Sequence[str]) -> str:
    """`sepuluh jari, mata kiri`: all fingers and both eyes in one word each."""
    left, words = set(positions), []
    for group, word in ((set(FINGERS), gettext("sepuluh jari")), (set(IRISES), gettext("kedua mata"))):
        if group <= left:
            words.append(word)
            left -= group
    words += [str(POSITIONS[one]).lower() for one in positions if one in left and one in POSITIONS]
    return ", ".join(words)
