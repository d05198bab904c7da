"""How a finger, an eye, the face and the signature are called on every page."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import FINGERS, IRISES, Position

POSITIONS: dict[str, str | Promise] = {
    Position.LEFT_LITTLE: gettext_lazy("Kelingking kiri"),
    Position.LEFT_RING: gettext_lazy("Jari manis kiri"),
    Position.LEFT_MIDDLE: gettext_lazy("Jari tengah kiri"),
    Position.LEFT_INDEX: gettext_lazy("Telunjuk kiri"),
    Position.LEFT_THUMB: gettext_lazy("Jempol kiri"),
    Position.RIGHT_THUMB: gettext_lazy("Jempol kanan"),
    Position.RIGHT_INDEX: gettext_lazy("Telunjuk kanan"),
    Position.RIGHT_MIDDLE: gettext_lazy("Jari tengah kanan"),
    Position.RIGHT_RING: gettext_lazy("Jari manis kanan"),
    Position.RIGHT_LITTLE: gettext_lazy("Kelingking kanan"),
    Position.LEFT_IRIS: gettext_lazy("Mata kiri"),
    Position.RIGHT_IRIS: gettext_lazy("Mata kanan"),
    Position.FACE: gettext_lazy("Wajah"),
    SIGNATURE: gettext_lazy("Tanda tangan"),
}
_GROUPS: tuple[tuple[frozenset[str], str | Promise], ...] = (
    (frozenset(FINGERS), gettext_lazy("sepuluh jari")),
    (frozenset(one for one in FINGERS if one.startswith("Left")), gettext_lazy("lima jari kiri")),
    (frozenset(one for one in FINGERS if one.startswith("Right")), gettext_lazy("lima jari kanan")),
    (frozenset(IRISES), gettext_lazy("kedua mata")),
)


def position_words(positions: Sequence[str]) -> str:
    """`sepuluh jari, mata kiri`: all fingers, all of a hand and both eyes in one word each."""
    left, words = set(positions), []
    for group, word in _GROUPS:
        if group <= left:
            words.append(str(word))
            left -= group
    words += [str(POSITIONS[one]).lower() for one in positions if one in left and one in POSITIONS]
    return ", ".join(words)
