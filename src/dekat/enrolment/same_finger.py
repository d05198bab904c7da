"""The same finger twice, the wrong hand, an index finger other than the slap's: said at once, never a dead end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dekat.enrolment.best_frame import Taken
from dekat.enrolment.models import Recording
from dekat.enrolment.ports import Capture
from dekat.enrolment.positions import FINGERS, SAID, SLAP_FINGERS, Position, Slap
from dekat.enrolment.quality import Likeness
from dekat.enrolment.states import Purpose
from dekat.enrolment.verdicts import Verdict, likeness_of
from dekat.kernel.errors import DekatError

_HANDS = {Slap.LEFT: "kiri", Slap.RIGHT: "kanan"}
# One finger may be a mistake of the matcher; two of one hand are that hand.
_WHOLE_HAND = 2


class SameFingerTwice(DekatError):
    """A finger was captured that is already recorded as another one."""

    code = "enrolment.finger.same_twice"


class WrongHand(DekatError):
    """The hand on the glass is already recorded as the other hand."""

    code = "enrolment.finger.wrong_hand"


class OtherFingerAgain(DekatError):
    """The re-checked index finger is one of the recorded fingers, but not the one asked for."""

    code = "enrolment.finger.recheck_other"


class UnlikeRecorded(DekatError):
    """The re-checked index finger is like none of the recorded fingers."""

    code = "enrolment.finger.recheck_unlike"


@dataclass(frozen=True)
class Comparison:
    """What comparing fingers told.

    Facts: `notes` are kept beside the captures; `replaced` are fingers unlike what was kept in their place before.
    """

    refusal: DekatError | None = None
    notes: Mapping[Position, Likeness] = field(default_factory=dict)
    replaced: frozenset[Position] = frozenset()

    def taken(self, capture: Capture, verdict: Verdict) -> Taken:
        """The capture with what is to be kept of the comparison."""
        note = self.notes.get(capture.position)
        if note is None:
            return Taken(capture, verdict, is_new_finger=capture.position in self.replaced)
        told = {"same_as": note.same_as or "", "likeness": round(note.score * 100), "matcher": note.algorithm}
        noted = Verdict({**verdict.measures, **told}, verdict.score, verdict.wrong)
        return Taken(capture, noted, is_flagged=self.refusal is not None)


def compare_nothing(
    recording: Recording, captures: Sequence[Capture], verdicts: Mapping[Position, Verdict]
) -> Comparison:
    """Eyes are compared with nothing at a station."""
    return Comparison()


def compare_slap(recording: Recording, captures: Sequence[Capture], verdicts: Mapping[Position, Verdict]) -> Comparison:
    """Compare new fingers with each other, with all others kept, and with what was kept in their own place."""
    new, kept = _seen(captures, verdicts), _kept(recording)
    found = likeness_of(new, {**kept, **new})
    twins = {position: one for position, one in found.items() if one.same_as}
    replaced = {
        position
        for position, image in new.items()
        if verdicts[position].is_good and position in kept and _is_unlike(position, image, kept[position])
    }
    return Comparison(refusal_of_slap(twins), twins, frozenset(replaced))


def compare_recheck(
    recording: Recording, captures: Sequence[Capture], verdicts: Mapping[Position, Verdict]
) -> Comparison:
    """Compare one finger with all that the slaps kept; without its own there nothing can be told."""
    new, kept = _seen(captures, verdicts), _kept(recording)
    comparable = {position: image for position, image in new.items() if position in kept}
    found = likeness_of(comparable, kept, but_itself=False)
    for position, likeness in found.items():
        if refusal := refusal_of_recheck(position, likeness):
            return Comparison(refusal, found)
    return Comparison(None, found)


def _seen(captures: Sequence[Capture], verdicts: Mapping[Position, Verdict]) -> dict[Position, bytes]:
    return {one.position: one.image for one in captures if verdicts[one.position].score is not None}


def _kept(recording: Recording) -> dict[Position, bytes]:
    """What the judge could read among the fingers that are kept."""
    rows = recording.captures.filter(purpose=Purpose.MAIN, position__in=FINGERS).order_by("id")
    return {Position(row.position): bytes(row.image) for row in rows if "score" in row.measures}


def _is_unlike(position: Position, new: bytes, kept: bytes) -> bool:
    found = likeness_of({position: new}, {position: kept}, but_itself=False).get(position)
    return found is not None and found.same_as is None


def refusal_of_slap(found: Mapping[Position, Likeness]) -> DekatError | None:
    """What is wrong with newly captured fingers that were compared with all others of this resident."""
    twins = {position: one.same_as for position, one in found.items() if one.same_as}
    for hand in (Slap.LEFT, Slap.RIGHT):
        others = [twin for twin in twins.values() if twin in SLAP_FINGERS[hand]]
        if len(others) >= _WHOLE_HAND and not set(twins) & set(SLAP_FINGERS[hand]):
            return WrongHand(hand=_HANDS[hand])
    for position, twin in twins.items():
        return SameFingerTwice(finger=SAID[position], other=SAID[twin])
    return None


def refusal_of_recheck(position: Position, found: Likeness) -> DekatError | None:
    """What is wrong with an index finger compared with all recorded ones."""
    if found.same_as == position:
        return None
    if found.same_as is None:
        return UnlikeRecorded(finger=SAID[position])
    return OtherFingerAgain(finger=SAID[position], other=SAID[found.same_as])
