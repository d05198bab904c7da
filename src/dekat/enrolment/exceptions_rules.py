"""What must be true of a recording's exceptions before it is sealed. None of it ever turns a resident away."""

from dataclasses import dataclass

from dekat.enrolment.rules import Progress
from dekat.enrolment.states import Ruling
from dekat.kernel.errors import DekatError


class WitnessOwed(DekatError):
    """An exception was noted while no second officer was there, and still none has seen it."""

    code = "enrolment.witness_owed"


class NothingRecorded(DekatError):
    """Neither the face, nor one finger, nor one eye was recorded; only the camat may decide that this stands."""

    code = "enrolment.nothing_recorded"


@dataclass(frozen=True)
class Witnessed:
    """What other officers saw and decided: how many exceptions nobody saw yet, and the rulings that were made."""

    unseen_count: int
    rulings: frozenset[Ruling]


def is_nothing_recorded(progress: Progress) -> bool:
    """Whether no face, finger or eye is kept at all; a supplement completes a recording that has some."""
    return not progress.captured and not progress.is_supplement


def check_exceptions(*, progress: Progress, witnessed: Witnessed) -> None:
    """Say nothing when what is missing was seen, and, if all is missing, decided.

    Refuses: enrolment.witness_owed, enrolment.nothing_recorded.
    Law: perekaman-pengecualian
    """
    if is_nothing_recorded(progress) and Ruling.NOTHING_RECORDED not in witnessed.rulings:
        raise NothingRecorded
    if witnessed.unseen_count:
        raise WitnessOwed(count=witnessed.unseen_count)
