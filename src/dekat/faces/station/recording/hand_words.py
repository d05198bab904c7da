"""What the operator is told about a hand on the glass, from what the judge saw in one frame."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dekat.enrolment.positions import SLAP_FINGERS, Slap
from dekat.enrolment.quality import Look
from dekat.faces.station.recording.advice import advice_for

_WARN, _OK = "warn", "ok"


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
    title, text = (
        _wrong_side(look, slap) or _wrong_count(count, wanted, len(SLAP_FINGERS[slap])) or _other(look) or ("", "")
    )
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


def _wrong_count(count: int, wanted: int, most: int) -> tuple[str, str] | None:
    if count < wanted:
        title = gettext("Baru %(count)d jari terlihat") % {"count": count}
        if most > len(SLAP_FINGERS[Slap.THUMBS]):
            return title, gettext("Rapatkan jari sampai semua terlihat, kelingking juga.")
        return title, gettext("Letakkan keduanya berdampingan.")
    # A finger that is excepted may lie on the glass: it harms nothing. More than a hand has does.
    if count > most:
        title = gettext("Terlihat %(count)d jari, diminta %(wanted)d") % {"count": count, "wanted": wanted}
        return title, gettext("Angkat jari yang tidak diminta.")
    return None


def _other(look: Look) -> tuple[str, str] | None:
    wrong = next((check for check in look.checks if not check.is_good and check.key != "hand.count"), None)
    if wrong is None:
        return None
    advice = advice_for(wrong)
    return str(advice.title), str(advice.more)
