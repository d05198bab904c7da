"""What the regency's own judge found in a recording, as lines of a page."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.faces.position_words import POSITIONS
from dekat.kernel.canonical import Json

_LINES: tuple[tuple[str, str | Promise], ...] = (
    ("weak", gettext_lazy("Di bawah ambang mutu")),
    ("twins", gettext_lazy("Jari yang sama dua kali")),
    ("unlike_rechecks", gettext_lazy("Cek ulang telunjuk tidak cocok")),
    ("overstated", gettext_lazy("Nilai stasiun lebih tinggi dari nilai kami")),
    ("unread", gettext_lazy("Gambar tidak terbaca")),
)


def look_facts(look: Mapping[str, Json] | None) -> list[tuple[str, str]]:
    """Each line with its fingers and eyes; nothing before the judge looked."""
    if look is None:
        return []
    return [(str(label), _places(look.get(name))) for name, label in _LINES]


def _places(found: Json) -> str:
    names = (
        [str(POSITIONS.get(each, each)) for each in found if isinstance(each, str)] if isinstance(found, list) else []
    )
    return ", ".join(names) or gettext("tidak ada")
