"""How the wizard names steps, fingers and eyes."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import Position
from dekat.enrolment.queries import RecordingView, StepTime
from dekat.enrolment.rules import ORDER
from dekat.enrolment.states import Step
from dekat.faces.ui.pieces import Step as Shown
from dekat.faces.ui.words import seconds

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

_MINUTES_LEFT = {
    Step.BIODATA: 6,
    Step.PHOTO: 5,
    Step.FINGERS: 4,
    Step.INDEX_RECHECK: 3,
    Step.IRISES: 2,
    Step.SIGNATURE: 2,
    Step.SUMMARY: 1,
}


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
