"""How the wizard names steps, fingers and eyes."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.queries import RecordingView, StepTime
from dekat.enrolment.rules import ORDER
from dekat.enrolment.states import Step
from dekat.faces.ui.pieces import Step as Shown
from dekat.faces.ui.words import seconds

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
NAMES: dict[str, str] = {**{position.name: str(position) for position in Position}, "SIGNATURE": SIGNATURE}
"""How addresses and forms name a position."""

STEPS: dict[Step, str | Promise] = {
    Step.BIODATA: gettext_lazy("Data diri"),
    Step.PHOTO: gettext_lazy("Foto wajah"),
    Step.FINGERS: gettext_lazy("Sidik jari"),
    Step.INDEX_RECHECK: gettext_lazy("Cek telunjuk"),
    Step.IRISES: gettext_lazy("Iris mata"),
    Step.SIGNATURE: gettext_lazy("Tanda tangan"),
    Step.SUMMARY: gettext_lazy("Periksa & setuju"),
}
SHORT: dict[str, str | Promise] = {
    **dict.fromkeys((Position.LEFT_LITTLE, Position.RIGHT_LITTLE), gettext_lazy("Kelingking")),
    **dict.fromkeys((Position.LEFT_RING, Position.RIGHT_RING), gettext_lazy("Manis")),
    **dict.fromkeys((Position.LEFT_MIDDLE, Position.RIGHT_MIDDLE), gettext_lazy("Tengah")),
    **dict.fromkeys((Position.LEFT_INDEX, Position.RIGHT_INDEX), gettext_lazy("Telunjuk")),
    Position.LEFT_THUMB: gettext_lazy("Kiri"),
    Position.RIGHT_THUMB: gettext_lazy("Kanan"),
}
"""A finger below the name of its hand."""

_GROUPS: tuple[tuple[frozenset[str], str | Promise], ...] = (
    (frozenset(FINGERS), gettext_lazy("sepuluh jari")),
    (frozenset(one for one in FINGERS if one.startswith("Left")), gettext_lazy("lima jari kiri")),
    (frozenset(one for one in FINGERS if one.startswith("Right")), gettext_lazy("lima jari kanan")),
    (frozenset(IRISES), gettext_lazy("kedua mata")),
)
_MINUTES_LEFT = {
    Step.BIODATA: 6,
    Step.PHOTO: 5,
    Step.FINGERS: 4,
    Step.INDEX_RECHECK: 3,
    Step.IRISES: 2,
    Step.SIGNATURE: 2,
    Step.SUMMARY: 1,
}


def position_words(positions: Sequence[str]) -> str:
    """`sepuluh jari, mata kiri`: all fingers, all of a hand and both eyes in one word each."""
    left, words = set(positions), []
    for group, word in _GROUPS:
        if group <= left:
            words.append(str(word))
            left -= group
    words += [str(POSITIONS[one]).lower() for one in positions if one in left and one in POSITIONS]
    return ", ".join(words)


def minutes_left(step: Step) -> int:
    """About how long the rest takes: the field's own figure of six minutes a resident, spread over the steps."""
    return _MINUTES_LEFT[step]


def shown_steps(view: RecordingView, times: Sequence[StepTime] = ()) -> list[Shown]:
    """The wizard's list at the left; with `times` each step says how long it took instead of what it holds."""
    here = ORDER.index(view.step)
    took = {one.step: seconds(one.took) for one in times}
    return [_shown(view, step, ORDER.index(step) - here, took.get(step) or _note(view, step)) for step in STEPS]


def _shown(view: RecordingView, step: Step, distance: int, note: str) -> Shown:
    if distance == 0:
        return Shown(str(STEPS[step]), "current", note)
    is_done = distance < 0 and step not in view.unfinished
    return Shown(str(STEPS[step]), "done" if is_done else "todo", note)


def _note(view: RecordingView, step: Step) -> str:
    done = view.progress.captured | view.progress.absent
    match step:
        case Step.BIODATA if view.corrections:
            return gettext("%(count)d diminta diperbaiki") % {"count": len(view.corrections)}
        case Step.FINGERS:
            return gettext("%(count)d dari 10 jari") % {"count": sum(" " in position for position in done)}
        case Step.INDEX_RECHECK:
            return gettext("2 jari")
        case Step.IRISES:
            return gettext("2 mata")
        case _:
            return ""
