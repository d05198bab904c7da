"""What each step's page shows beyond the frame."""

from dataclasses import dataclass

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import SLAP_FINGERS, Position, Slap
from dekat.enrolment.queries import CaptureCard, RecordingView
from dekat.enrolment.rules import INDEX_FINGERS, TRIES
from dekat.enrolment.states import Purpose, Step
from dekat.faces.station.recording.forms import CorrectionsForm, SealForm
from dekat.faces.station.recording.labels import POSITIONS

# As hands lie before their owner: the little finger of the left hand first.
_LEFT = (Position.LEFT_LITTLE, Position.LEFT_RING, Position.LEFT_MIDDLE, Position.LEFT_INDEX)
_RIGHT = (Position.RIGHT_INDEX, Position.RIGHT_MIDDLE, Position.RIGHT_RING, Position.RIGHT_LITTLE)
HAND_ORDER = (*_LEFT, Position.LEFT_THUMB, Position.RIGHT_THUMB, *_RIGHT)


@dataclass(frozen=True)
class Spot:
    """One finger or eye on the page: `state` is todo, ok, weak, absent; `is_now` when it is asked for."""

    key: str
    label: str
    state: str
    is_now: bool
    score: int = 0
    tries_left: int = 0


def values_of(view: RecordingView) -> dict[str, object]:
    """The values of the present step's template."""
    match view.step:
        case Step.BIODATA:
            return {"form": CorrectionsForm(initial=dict(view.corrections))}
        case Step.FINGERS:
            slap = next_slap(view)
            asked = SLAP_FINGERS[slap] if slap else ()
            spots = [_spot(view, finger, Purpose.MAIN, finger in asked) for finger in HAND_ORDER]
            return {"slap": slap, "left": spots[:4], "thumbs": spots[4:6], "right": spots[6:], "spots": spots}
        case Step.INDEX_RECHECK:
            return {
                "spots": [_spot(view, one, Purpose.RECHECK, one == _first_missing(view)) for one in INDEX_FINGERS],
                "asked": _key(_first_missing(view)),
            }
        case Step.IRISES:
            eyes = (Position.RIGHT_IRIS, Position.LEFT_IRIS)
            return {"spots": [_spot(view, eye, Purpose.MAIN, eye in view.missing) for eye in eyes]}
        case Step.SUMMARY:
            return {
                "form": SealForm(),
                "has_signature_picture": all(one.position != SIGNATURE for one in view.absences),
                "spots": [_spot(view, one, Purpose.MAIN, False) for one in HAND_ORDER],
            }
        case _:
            return {}


def next_slap(view: RecordingView) -> Slap | None:
    """The slap with something still missing, in the order of the glass."""
    return next((slap for slap in Slap if set(SLAP_FINGERS[slap]) & set(view.missing)), None)


def _first_missing(view: RecordingView) -> Position | None:
    return Position(view.missing[0]) if view.missing else None


def _key(position: Position | None) -> str:
    return position.name if position else ""


def _spot(view: RecordingView, position: Position, purpose: Purpose, is_now: bool) -> Spot:
    label = str(POSITIONS[position])
    if position in view.progress.absent:
        return Spot(position.name, label, "absent", False)
    card = _card(view, position, purpose)
    if card is None:
        return Spot(position.name, label, "todo", is_now)
    state = "weak" if card.is_weak else "ok"
    return Spot(position.name, label, state, is_now, round(card.score), max(0, TRIES - card.tries))


def _card(view: RecordingView, position: Position, purpose: Purpose) -> CaptureCard | None:
    found = (one for one in view.captures if one.position == position and one.purpose == purpose)
    return next(found, None)
