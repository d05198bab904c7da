"""One press for what operators meet again and again: who sits here, and what that means for the recording."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.states import Reason, Step
from dekat.faces.station.recording.forms import HowLong


@dataclass(frozen=True)
class Path:
    """What one press ticks, and the sentence that then tells what to do."""

    label: str | Promise
    icon: str
    positions: tuple[str, ...]
    reason: Reason
    advice: str | Promise
    how_long: HowLong = HowLong.NEVER
    is_pose_free: bool = False


_LEFT = tuple(finger for finger in FINGERS if finger.startswith("Left"))
_RIGHT = tuple(finger for finger in FINGERS if finger.startswith("Right"))
PATHS: dict[str, Path] = {
    "tunanetra": Path(
        gettext_lazy("Tunanetra"),
        "eye",
        IRISES,
        Reason.BLIND,
        gettext_lazy("Kedua mata dicentang. Hapus centang pada mata yang masih bisa direkam."),
    ),
    "tanpa-jari": Path(
        gettext_lazy("Tidak punya jari"),
        "hand-stop",
        FINGERS,
        Reason.MISSING,
        gettext_lazy("Sepuluh jari dicentang. Hapus centang pada jari yang masih ada."),
    ),
    "kusta": Path(
        gettext_lazy("Kusta"),
        "fingerprint",
        FINGERS,
        Reason.LEPROSY,
        gettext_lazy("Sepuluh jari dicentang. Hapus centang pada jari yang masih bisa menempel di kaca."),
    ),
    "tangan-kiri": Path(
        gettext_lazy("Tangan kiri"),
        "hand-stop",
        _LEFT,
        Reason.MISSING,
        gettext_lazy("Lima jari kiri dicentang. Hapus centang pada jari yang masih bisa direkam."),
    ),
    "tangan-kanan": Path(
        gettext_lazy("Tangan kanan"),
        "hand-stop",
        _RIGHT,
        Reason.MISSING,
        gettext_lazy("Lima jari kanan dicentang. Hapus centang pada jari yang masih bisa direkam."),
    ),
    "duduk": Path(
        gettext_lazy("Tidak dapat duduk tegak"),
        "user",
        (),
        Reason.CANNOT_SIT,
        gettext_lazy(
            "Foto dari kursi atau tempat tidur. Selipkan kain latar di belakang kepala semampunya; "
            "foto tidak ditolak karena kain atau sikap."
        ),
        is_pose_free=True,
    ),
    "menulis": Path(
        gettext_lazy("Tidak dapat menulis"),
        "writing-sign",
        (SIGNATURE,),
        Reason.CANNOT_WRITE,
        gettext_lazy("Tanda tangan dicentang. Warga yang bisa menulis namanya saja cukup menulis nama."),
    ),
}
SHOWN = ("tunanetra", "tanpa-jari", "kusta", "duduk", "menulis")
"""The paths on top of the page; the two hands have theirs below the drawing."""

_AT_STEP: dict[Step, tuple[str, ...]] = {Step.PHOTO: (Position.FACE,), Step.SIGNATURE: (SIGNATURE,)}


def ticked_at(step: Step) -> tuple[str, ...]:
    """What is ticked when the page is opened at a step that asks for one thing only."""
    return _AT_STEP.get(step, ())


_FINGER = (Reason.MISSING, Reason.INJURED, Reason.LEPROSY, Reason.PARALYSED, Reason.WORN)
_EYE = (Reason.BLIND, Reason.EYE_CLOSED)
REASONS: tuple[tuple[Reason, str], ...] = (
    *((reason, "hands") for reason in _FINGER),
    *((reason, "eyes") for reason in _EYE),
    (Reason.CANNOT_WRITE, "signature"),
    (Reason.CANNOT_SIT, "face"),
    (Reason.ILLNESS, "any"),
    (Reason.DEVICE_BROKEN, "any"),
)
"""Every reason with the part of the drawing it belongs to: others fade while only that part is ticked."""
