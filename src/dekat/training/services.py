"""Commands of training: a lesson was read, the quiz answered, a practice begun and finished, and seen by somebody."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties.competence import RECORD, Stage, months_later, standing_of
from dekat.duties.quiz import Result
from dekat.duties.services import Proof, record_competence
from dekat.enrolment import practice
from dekat.enrolment.practice import Practised
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.training import queries, quiz
from dekat.training.exercises import exercise
from dekat.training.lessons import lesson

SEEN_WITHIN = timedelta(days=7)
"""Who signs off still remembers what they saw (decision here: no rule names a span)."""


class ExerciseUnknown(DekatError):
    """No exercise has this number."""

    code = "training.exercise.unknown"


class PracticeUnknown(DekatError):
    """Nobody finished a practice with this id in this kecamatan."""

    code = "training.practice.unknown"


class PracticeTooOld(DekatError):
    """The practice was finished too long ago to be signed off."""

    code = "training.practice.too_old"


class WitnessNotEntitled(DekatError):
    """Only the camat or another operator who may record signs off what they saw."""

    code = "training.witness.not_entitled"


class LearningUnfinished(DekatError):
    """Lessons or quiz are still open; the sign-off is the last step."""

    code = "training.learning.unfinished"


def note_lesson_read(*, lesson_id: str, actor: Actor, now: datetime) -> None:
    """Record that an operator read a lesson to its end.

    Again: a lesson already read is not told twice; a lesson nobody wrote is not told at all.
    """
    if lesson(lesson_id) is None or lesson_id in queries.lessons_read(actor):
        return
    _tell("training.lesson.read", {"lesson": lesson_id}, actor, now)


def answer_quiz(*, try_id: UUID, chosen: Mapping[int, int], actor: Actor, now: datetime) -> Result:
    """Mark the quiz and record the result, passed or not; it may be repeated at any time.

    Again: the same `try_id` is told once.
    """
    result = quiz.marked(chosen)
    data: dict[str, Json] = {"right": result.right, "total": result.total, "is_passed": result.is_passed}
    _tell("training.quiz.taken", data, actor, now, event_id=try_id)
    return result


def begin_practice(*, recording_id: UUID, number: int, actor: Actor, now: datetime) -> UUID:
    """Begin an exercise, or go on with the one that is open.

    Refuses: training.exercise.unknown.
    """
    found = exercise(number)
    if found is None:
        raise ExerciseUnknown
    return practice.start_practice(
        recording_id=recording_id, biodata=found.biodata, exercise=number, actor=actor, now=now
    )


def finish_practice(
    *, recording_id: UUID, step_id: UUID, is_confirmed_by_resident: bool, actor: Actor, now: datetime
) -> None:
    """End a practice: nothing of it stays but its figures, in the log.

    Again: a finished practice is not told twice.
    Refuses: enrolment.summary_not_confirmed, enrolment.move_not_allowed, enrolment.step_unfinished.
    """
    with transaction.atomic():
        number = practice.exercise_of(recording_id)
        done = practice.finish_practice(
            recording_id=recording_id,
            step_id=step_id,
            is_confirmed_by_resident=is_confirmed_by_resident,
            actor=actor,
            now=now,
        )
        if done:
            _tell("training.practice.finished", _figures(recording_id, number, done), actor, now, event_id=recording_id)


def sign_off(*, practice_id: UUID, witness: Actor, months: int, now: datetime) -> None:
    """Record that the witness saw this practice from beginning to end: the operator may record live from now on.

    Facts: `months` is how long a competence holds.
    Again: a practice signed off before opens nothing twice.
    Refuses: training.practice.unknown, training.practice.too_old, training.witness.not_entitled,
    training.learning.unfinished.
    """
    seen = queries.practice(practice_id, kecamatan=witness.kecamatan)
    if seen is None:
        raise PracticeUnknown
    if seen.is_signed_off:
        return
    if not _is_entitled(witness, seen.operator_id, months, now):
        raise WitnessNotEntitled
    if now - seen.finished_at > SEEN_WITHIN:
        raise PracticeTooOld
    learner = queries.learning(operator_id=seen.operator_id, kecamatan=witness.kecamatan, months=months, now=now)
    if learner.quiz is None or learner.lessons_left:
        raise LearningUnfinished
    with transaction.atomic():
        record_competence(
            kecamatan=witness.kecamatan,
            operator=str(seen.operator_id),
            task=RECORD,
            is_passed=True,
            score=learner.quiz.percent,
            proof=Proof(Stage.OBSERVED, months_later(now, months), str(practice_id)),
            actor=witness,
            now=now,
        )


def _is_entitled(witness: Actor, operator_id: UUID, months: int, now: datetime) -> bool:
    if witness.account_id is None or witness.account_id == operator_id:
        return False
    if witness.role == Role.DISTRICT_HEAD:
        return True
    standing = standing_of(
        kecamatan=witness.kecamatan, operator=witness.account_id, task=RECORD, months=months, now=now
    )
    return witness.role == Role.OPERATOR and standing.is_open


def _figures(recording_id: UUID, number: int, done: Practised) -> dict[str, Json]:
    steps: list[Json] = [{"step": str(one.step), "took_ms": one.took_ms, "tries": one.tries} for one in done.steps]
    return {
        "practice": str(recording_id),
        "exercise": number,
        "took_ms": done.took_ms,
        "exceptions": done.exceptions_count,
        "steps": steps,
    }


def _tell(name: str, data: Mapping[str, Json], actor: Actor, now: datetime, *, event_id: UUID | None = None) -> None:
    with transaction.atomic():
        record(
            name=name,
            subject=f"kecamatan:{actor.kecamatan}",
            actor=actor.label,
            data={"operator": str(actor.account_id), **data},
            now=now,
            event_id=event_id,
        )
