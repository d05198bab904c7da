"""What the operator is told about a hand on the glass, from what the judge saw in one frame."""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.positions import SLAP_FINGERS, Slap
from dekat.enrolment.quality import Look

_WARN, _OK = "warn", "ok"
_WORDS = {
    "move_left": (gettext_lazy("Geser jari ke kiri"), gettext_lazy("Sampai semua ujung jari terlihat.")),
    "move_right": (gettext_lazy("Geser jari ke kanan"), gettext_lazy("Sampai semua ujung jari terlihat.")),
    "too_dark": (gettext_lazy("Bersihkan kaca alat"), gettext_lazy("Kaca terlalu gelap.")),
    "dirty": (gettext_lazy("Lap kaca alat"), gettext_lazy("Ada bekas jari atau air di kaca. Pakai kain kering.")),
    "unclear": (gettext_lazy("Tekan jari sedikit lebih kuat"), gettext_lazy("Jari harus kering dan menempel rata.")),
}


@dataclass(frozen=True)
class HandSaid:
    """One instruction; `count` is how many fingers lie on the glass."""

    count: int
    tone: str
    title: str
    text: str


def said_of(look: Look, *, slap: Slap, wanted: int) -> HandSaid:
    """The first thing to mend, or that all is right; nothing on the glass says nothing.

    Facts: `wanted` fingers are asked for, fewer than the slap has where some are exceptions.
    """
    count = next((round(check.value) for check in look.checks if check.key == "hand.count"), 0)
    if count == 0:
        return HandSaid(0, "", "", "")
    title, text = _wrong_side(look, slap) or _wrong_count(count, wanted) or _other(look) or ("", "")
    if title:
        return HandSaid(count, _WARN, title, text)
    good = gettext("%(count)d jari terlihat. Tekan Spasi") % {"count": count}
    return HandSaid(count, _OK, good, gettext("Minta warga diam sebentar."))


def _wrong_side(look: Look, slap: Slap) -> tuple[str, str] | None:
    seen = look.measures.get("side")
    if slap == Slap.LEFT and seen == Slap.RIGHT:
        return gettext("Ini tangan kanan"), gettext("Ganti dengan tangan kiri.")
    if slap == Slap.RIGHT and seen == Slap.LEFT:
        return gettext("Ini tangan kiri"), gettext("Ganti dengan tangan kanan.")
    return None


def _wrong_count(count: int, wanted: int) -> tuple[str, str] | None:
    if count < wanted:
        title = gettext("Baru %(count)d jari terlihat") % {"count": count}
        if wanted > len(SLAP_FINGERS[Slap.THUMBS]):
            return title, gettext("Rapatkan jari sampai semua terlihat, kelingking juga.")
        return title, gettext("Letakkan keduanya berdampingan.")
    if count > wanted:
        title = gettext("Terlihat %(count)d jari, diminta %(wanted)d") % {"count": count, "wanted": wanted}
        return title, gettext("Angkat jari yang tidak diminta.")
    return None


def _other(look: Look) -> tuple[str, str] | None:
    wrong = next((check for check in look.checks if not check.is_good and check.key != "hand.count"), None)
    words = _WORDS.get(wrong.advice) if wrong else None
    return (str(words[0]), str(words[1])) if words else None
