"""Pure decisions about a recording: the allowed moves, what is missing before one, which background, which quality."""

from dataclasses import dataclass

from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.states import Background, Step
from dekat.kernel.errors import DekatError

ORDER: tuple[Step, ...] = tuple(step for step in Step if step != Step.DISCARDED)
_CAPTURING = ORDER[:-1]

MOVES: dict[Step, frozenset[Step]] = {
    **{step: frozenset({*ORDER[:i], ORDER[i + 1], Step.DISCARDED}) for i, step in enumerate(_CAPTURING)},
    Step.SEALED: frozenset(),
    Step.DISCARDED: frozenset(),
}
"""Forward by one, back to any earlier step, out at any time before the seal; a sealed recording never moves again."""

INDEX_FINGERS = (Position.LEFT_INDEX, Position.RIGHT_INDEX)
# Three tries, then the best of them is kept: nobody is sent home for worn fingers (domain 3.3).
TRIES = 3


class MoveNotAllowed(DekatError):
    """The recording does not stand where this act belongs."""

    code = "enrolment.move_not_allowed"


class StepUnfinished(DekatError):
    """Something of this step is still missing."""

    code = "enrolment.step_unfinished"


@dataclass(frozen=True)
class Progress:
    """What of a recording is already saved, without any of its content."""

    has_biodata: bool
    has_photo: bool
    is_photo_approved: bool
    captured: frozenset[Position]
    weak: frozenset[Position]
    rechecked: frozenset[Position]
    absent: frozenset[Position]
    has_signature: bool
    is_supplement: bool = False


def missing(step: Step, progress: Progress) -> list[str]:
    """What is still owed before the recording may leave `step` forwards; empty when nothing is."""
    done = progress.captured | progress.absent
    match step:
        case Step.BIODATA:
            return [] if progress.has_biodata else ["BIODATA"]
        case Step.PHOTO if Position.FACE in progress.absent:
            return []
        case Step.PHOTO:
            return [] if progress.is_photo_approved else ["APPROVAL" if progress.has_photo else "PHOTO"]
        case Step.FINGERS:
            return [finger for finger in FINGERS if finger not in done or finger in progress.weak]
        case Step.INDEX_RECHECK:
            owed = set(INDEX_FINGERS) - progress.absent - progress.rechecked
            return [finger for finger in INDEX_FINGERS if finger in owed]
        case Step.IRISES:
            return [eye for eye in IRISES if eye not in done or eye in progress.weak]
        case Step.SIGNATURE:
            return [] if progress.has_signature else ["SIGNATURE"]
        case _:
            return []


def unfinished(progress: Progress) -> dict[Step, list[str]]:
    """Every step before the summary that still owes something."""
    owed = {step: missing(step, progress) for step in ORDER[: ORDER.index(Step.SUMMARY)]}
    return {step: things for step, things in owed.items() if things}


def check_move(*, start: Step, to: Step, progress: Progress) -> None:
    """Let the recording move, or say why not.

    Refuses: enrolment.move_not_allowed, enrolment.step_unfinished.
    """
    if to not in MOVES[start]:
        raise MoveNotAllowed(step=start.label)
    if to in ORDER and ORDER.index(to) > ORDER.index(start) and (owed := missing(start, progress)):
        raise StepUnfinished(step=start.label, count=len(owed))
    if to == Step.SEALED and (open_steps := unfinished(progress)):
        raise StepUnfinished(step=next(iter(open_steps)).label, count=len(open_steps))


def background_for(*, birth_year: int, is_foreigner: bool) -> Background:
    """The cloth that the photo needs.

    Law: foto-latar
    """
    if is_foreigner:
        return Background.ORANGE
    return Background.RED if birth_year % 2 else Background.BLUE


def is_good_enough(*, score: float, wanted: float, tries: int, is_well_judged: bool = True) -> bool:
    """Whether a capture may stand: good by the device's score and by our own look, or the best of three tries."""
    return (score >= wanted and is_well_judged) or tries >= TRIES


def is_forced(*, score: float, wanted: float, tries: int, is_well_judged: bool) -> bool:
    """Whether a capture stands only because three tries gave nothing better."""
    return tries >= TRIES and not (score >= wanted and is_well_judged)


def may_refuse(refused_count: int) -> bool:
    """Whether a capture that looks like another finger may still be sent back; the fourth is kept and flagged."""
    return refused_count < TRIES
