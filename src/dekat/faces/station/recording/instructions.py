"""The one instruction of each step: what to do now, in plain words, and its Madurese sentence for the resident."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Slap
from dekat.enrolment.queries import CaptureCard, RecordingView
from dekat.enrolment.rules import TRIES
from dekat.enrolment.states import Step
from dekat.faces.position_words import POSITIONS
from dekat.faces.refusals.words import Words
from dekat.faces.station.recording.kept_words import advice_of

_HANDS = {Slap.LEFT: "left_four", Slap.RIGHT: "right_four", Slap.THUMBS: "thumbs"}


@dataclass(frozen=True)
class Say:
    """What stands above the stage; `resident` names the sentence in `madurese.json`."""

    icon: str
    title: str
    text: str
    tone: str = ""
    resident: str = ""
    role: str = "status"


def refused(words: Words) -> Say:
    """A refusal is the one instruction while it is new: what happened, and what to do now."""
    return Say("alert-triangle", words.happened, words.do_now, "refused", "again", "alert")


def instruction(view: RecordingView, slap: Slap | None) -> Say:
    """What the operator does now."""
    match view.step:
        case Step.BIODATA:
            title = gettext("Bacakan data ini kepada warga")
            return Say("id", title, gettext("Kalau semua benar, tekan Enter. Yang salah ditulis di kanan."), "", "data")
        case Step.PHOTO:
            return _photo(view)
        case Step.FINGERS:
            return _fingers(view, slap)
        case Step.INDEX_RECHECK:
            return _recheck(view)
        case Step.IRISES:
            return _irises(view)
        case Step.SIGNATURE:
            text = gettext("Tanda tangan di kotak, seperti di atas kertas. Nama yang ditulis juga boleh.")
            return Say("signature", gettext("Serahkan pena kepada warga"), text, "", "sign")
        case _:
            text = gettext("Sesudah disegel, rekaman tidak dapat dibuka lagi di komputer ini.")
            return Say("list-check", gettext("Periksa bersama warga"), text, "", "agree")


def _photo(view: RecordingView) -> Say:
    if view.progress.has_photo:
        text = gettext(
            "Putar layar ke warga. Warga sendiri yang menekan: setuju, atau foto lagi sesering yang diinginkan."
        )
        return Say("user-check", gettext("Perlihatkan foto kepada warga"), text, "ok", "approve")
    text = gettext("Minta warga duduk di kursi bertanda dan melepas kacamata.")
    return Say("camera", gettext("Menyiapkan kamera…"), text, "", "sit")


def _fingers(view: RecordingView, slap: Slap | None) -> Say:
    if slap is None:
        title = gettext("Semua jari yang ada sudah direkam") if view.absences else gettext("Sepuluh jari lengkap")
        return Say("check", title, gettext("Semua tersimpan. Tekan Enter untuk lanjut."), "ok", "fingers_done")
    weak = [card for card in view.captures if card.is_weak and card.position in SLAP_FINGERS[slap]]
    if weak:
        return _again(weak, slap)
    match slap:
        case Slap.LEFT:
            title, text = gettext("Letakkan empat jari kiri di kaca"), _pressing()
        case Slap.RIGHT:
            title, text = gettext("Letakkan empat jari kanan di kaca"), _pressing()
        case Slap.THUMBS:
            title = gettext("Letakkan kedua jempol di kaca")
            text = gettext("Berdampingan, ujung ke depan. Lalu tekan Spasi.")
    return Say("fingerprint", title, text, "", _HANDS[slap])


def _pressing() -> str:
    return gettext("Rapat, lurus, tekan biasa. Jempol di luar. Lalu tekan Spasi.")


def _again(weak: list[CaptureCard], slap: Slap) -> Say:
    left = TRIES - max(card.tries for card in weak)
    few = ", ".join(str(POSITIONS[card.position]).lower() for card in weak)
    hands = {Slap.LEFT: gettext("jari kiri"), Slap.RIGHT: gettext("jari kanan"), Slap.THUMBS: gettext("kedua jempol")}
    names = few if len(weak) < len(hands) else hands[slap]
    title = gettext("Sekali lagi: %(fingers)s") % {"fingers": names}
    advice = next(filter(None, (advice_of(card.measures) for card in weak)), gettext("Lap kaca, jari rapat"))
    text = gettext("%(advice)s. Masih %(count)d kali coba; yang terbaik disimpan.") % {"advice": advice, "count": left}
    return Say("fingerprint", title, text, "", "again")


def _recheck(view: RecordingView) -> Say:
    if not view.missing:
        text = gettext("Kedua gambar berdampingan di bawah. Tekan Enter untuk lanjut.")
        return Say("check", gettext("Kedua telunjuk sudah dicek"), text, "ok", "index_done")
    is_left = view.missing[0].startswith("Left")
    title = gettext("Telunjuk kiri sekali lagi") if is_left else gettext("Telunjuk kanan sekali lagi")
    text = gettext("Hanya satu jari di kaca, jari lain diangkat. Lalu tekan Spasi.")
    return Say("fingerprint", title, text, "", "left_index" if is_left else "right_index")


def _irises(view: RecordingView) -> Say:
    if not view.missing:
        return Say("check", gettext("Iris mata tersimpan"), gettext("Tekan Enter untuk lanjut."), "ok", "eyes_done")
    text = gettext("Mata terbuka lebar, kacamata dan lensa kontak dilepas. Lalu tekan Spasi.")
    if any(card.is_weak and card.position in IRISES for card in view.captures):
        title = gettext("Sekali lagi: minta warga membuka mata lebih lebar")
        return Say("eye", title, text, "", "again")
    return Say("eye", gettext("Minta warga melihat lurus ke alat"), text, "", "straight")
