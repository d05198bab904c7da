"""What the operator must know of the second copy and of the clock, each in one sentence."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext, gettext_noop

from dekat.accounts.queries import NodeUnknown
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.faces.ui.words import duration
from dekat.kernel.errors import DekatError
from dekat.sync import queries, standing
from dekat.sync.second_copy import latest
from dekat.sync.stick import Stick, StickState

_ORDERS = {
    "revoked": Words(
        gettext_noop("Dispendukcapil mencabut komputer ini."),
        gettext_noop(
            "Rekaman yang tersegel tetap terkirim dan diperiksa satu per satu. Hubungi Dispendukcapil hari ini."
        ),
    ),
    "stopped": Words(
        gettext_noop("Ada dua komputer yang mengaku stasiun ini, maka keduanya dihentikan."),
        gettext_noop(
            "Teruskan merekam; semua disimpan dan diperiksa. Minta kode pendaftaran baru dari Dispendukcapil."
        ),
    ),
    "reenrol": Words(
        gettext_noop("Jati diri komputer ini sudah diganti komputer lain."),
        gettext_noop("Rekaman yang tersegel tetap terkirim. Minta kode pendaftaran baru dari Dispendukcapil."),
    ),
}
# A clock that is a few minutes off hinders nobody and is not worth a sentence.
_WORTH_SAYING = timedelta(minutes=10)


@dataclass(frozen=True)
class CopyLine:
    """The second copy in one line."""

    text: str
    tone: str


def second_copy() -> CopyLine:
    """How the second copy on the stick stands."""
    now_here = latest().present
    return stick_line(now_here) if now_here else CopyLine(gettext("Belum ada stik USB untuk salinan kedua"), "idle")


def stick_line(one: Stick) -> CopyLine:
    """One stick in words."""
    said = {"copied": one.copied, "total": one.total, "owner": one.owner.removeprefix("station-")}
    match one.state:
        case StickState.READY:
            text = gettext("Salinan kedua: %(copied)s dari %(total)s di stik") % said
            return CopyLine(text, "ok" if one.is_complete else "info")
        case StickState.FULL:
            text = gettext("Stik penuh: %(copied)s dari %(total)s tersalin. Pakai stik yang lebih besar.") % said
        case StickState.READ_ONLY:
            text = gettext("Stik tidak bisa ditulisi. Geser kunci di sisinya, atau pakai stik lain.")
        case StickState.FOREIGN:
            text = gettext("Stik ini milik kecamatan lain (%(owner)s). Pakai stik kecamatan ini.") % said
        case StickState.NEW:
            return CopyLine(gettext("Stik ini belum disiapkan"), "idle")
        case StickState.TROUBLE:
            text = gettext("Stik tercabut atau rusak. Yang sudah tersalin tetap utuh; pasang lagi.")
    return CopyLine(text, "warn")


def standing_words() -> Words | None:
    """What the centre last said of this machine, in plain words; None while all is well. Recording goes on."""
    for order, words in _ORDERS.items():
        if order in standing.standing(now=now()).orders:
            return Words(gettext(words.happened), gettext(words.do_now))
    try:
        standing.check_lease(now=now())
    except DekatError as ended:
        return words_for(ended)
    return None


def clock_wrong() -> Words | None:
    """A sentence when the centre's signed time differs; work goes on, the order never comes from the clock."""
    try:
        offset_ms = queries.clock_offset_ms()
    except NodeUnknown:
        return None
    offset = timedelta(milliseconds=offset_ms or 0)
    if abs(offset) < _WORTH_SAYING:
        return None
    said = {"span": duration(abs(offset))}
    if offset > timedelta():
        happened = gettext("Jam komputer ini terlambat ± %(span)s.") % said
    else:
        happened = gettext("Jam komputer ini terlalu cepat ± %(span)s.") % said
    return Words(happened, gettext("Teruskan pekerjaan; urutan rekaman tetap benar. Betulkan jamnya bila sempat."))
