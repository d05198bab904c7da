"""What each step's page shows beyond the frame."""

from dataclasses import dataclass

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.positions import SLAP_FINGERS, Position, Slap
from dekat.enrolment.queries import CaptureCard, RecordingView
from dekat.enrolment.rules import INDEX_FINGERS, TRIES
from dekat.enrolment.states import Purpose, Step
from dekat.faces.position_words import POSITIONS
from dekat.faces.station.recording.forms import CorrectionsForm, SealForm
from dekat.faces.station.recording.instructions import instruction
from dekat.faces.station.recording.kept_words import Verdict, advice_of, portrait_lines, verdict_on_recheck
from dekat.faces.station.recording.labels import SHORT

# As hands lie before their owner: the little finger of the left hand first.
_LEFT = (Position.LEFT_LITTLE, Position.LEFT_RING, Position.LEFT_MIDDLE, Position.LEFT_INDEX)
_RIGHT = (Position.RIGHT_INDEX, Position.RIGHT_MIDDLE, Position.RIGHT_RING, Position.RIGHT_LITTLE)
HAND_ORDER = (*_LEFT, Position.LEFT_THUMB, Position.RIGHT_THUMB, *_RIGHT)


@dataclass(frozen=True)
class Spot:
    """One finger or eye on the page.

    Facts: `state` is todo, ok, weak, absent; `is_now` when it is asked for; `is_forced` when the best of three weak
    tries was kept.
    """

    key: str
    label: str
    short: str
    state: str
    is_now: bool
    score: int = 0
    wanted: int = 0
    tries_left: int = 0
    is_forced: bool = False
    advice: str = ""
    verdict: Verdict | None = None


def values_of(view: RecordingView) -> dict[str, object]:
    """The values of the present step's template."""
    slap = next_slap(view)
    values: dict[str, object] = {"say": instruction(view, slap)}
    match view.step:
        case Step.PHOTO if view.progress.has_photo:
            return values | {"seen": portrait_lines(view)}
        case Step.BIODATA:
            return values | {"form": CorrectionsForm(initial=dict(view.corrections))}
        case Step.FINGERS:
            return values | _fingers(view, slap)
        case Step.INDEX_RECHECK:
            asked = Position(view.missing[0]) if view.missing else None
            spots = [_spot(view, one, Purpose.RECHECK, one == asked) for one in INDEX_FINGERS]
            return values | {"spots": spots, "asked": asked.name if asked else ""}
        case Step.IRISES:
            eyes = (Position.RIGHT_IRIS, Position.LEFT_IRIS)
            spots = [_spot(view, eye, Purpose.MAIN, eye in view.missing) for eye in eyes]
            return values | {"spots": spots, "weak": [spot for spot in spots if spot.state == "weak"]}
        case Step.SUMMARY:
            return values | {
                "form": SealForm(),
                "has_signature_picture": all(one.position != SIGNATURE for one in view.absences),
                "spots": [_spot(view, one, Purpose.MAIN, False) for one in HAND_ORDER],
            }
        case _:
            return values


def _fingers(view: RecordingView, slap: Slap | None) -> dict[str, object]:
    asked = SLAP_FINGERS[slap] if slap else ()
    spots = [_spot(view, finger, Purpose.MAIN, finger in asked) for finger in HAND_ORDER]
    return {
        "slap": slap,
        "wanted_count": sum(finger not in view.progress.absent for finger in asked),
        "left": spots[:4],
        "thumbs": spots[4:6],
        "right": spots[6:],
        "spots": spots,
        "weak": [spot for spot in spots if spot.state == "weak" and spot.is_now],
    }


def next_slap(view: RecordingView) -> Slap | None:
    """The slap with something still missing, in the order of the glass."""
    return next((slap for slap in Slap if set(SLAP_FINGERS[slap]) & set(view.missing)), None)


def _spot(view: RecordingView, position: Position, purpose: Purpose, is_now: bool) -> Spot:
    label = str(POSITIONS[position])
    short = str(SHORT.get(position, label))
    if position in view.progress.absent:
        return Spot(position.name, label, short, "absent", False)
    card = _card(view, position, purpose)
    if card is None:
        return Spot(position.name, label, short, "todo", is_now)
    return Spot(
        position.name,
        label,
        short,
        "weak" if card.is_weak else "ok",
        is_now,
        round(card.score),
        round(card.wanted_score),
        max(0, TRIES - card.tries),
        is_forced=card.is_forced,
        advice=advice_of(card.measures),
        verdict=verdict_on_recheck(position, card.measures) if purpose == Purpose.RECHECK else None,
    )


def _card(view: RecordingView, position: Position, purpose: Purpose) -> CaptureCard | None:
    found = (one for one in view.captures if one.position == position and one.purpose == purpose)
    return next(found, None)
