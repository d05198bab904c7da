"""Questions to training: what an operator has done, what comes next, whose practice waits for a witness."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.duties.competence import RECORD, REMIND, Competence, Standing, competence
from dekat.enrolment.states import Step
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.training.lessons import lessons

_EVER = datetime.min.replace(tzinfo=UTC)


class Next(StrEnum):
    """What comes next on the way to live recording."""

    LESSONS = "LESSONS"
    PRACTICE = "PRACTICE"
    QUIZ = "QUIZ"
    SIGN_OFF = "SIGN_OFF"
    OPEN = "OPEN"


@dataclass(frozen=True)
class QuizTry:
    """One passed try of the quiz."""

    at: datetime
    right: int
    total: int

    @property
    def percent(self) -> int:
        return self.right * 100 // self.total


@dataclass(frozen=True)
class StepResult:
    """How one step of a practice went."""

    step: Step
    took: timedelta
    tries: int


@dataclass(frozen=True)
class PracticeResult:
    """A finished practice."""

    id: UUID
    operator_id: UUID
    exercise: int
    finished_at: datetime
    took: timedelta
    exceptions_count: int
    steps: tuple[StepResult, ...]
    is_signed_off: bool


@dataclass(frozen=True)
class Learning:
    """How far an operator is.

    Facts: quiz and practice count once they are newer than the reminder of the last competence; lessons count for ever.
    """

    read: frozenset[str]
    quiz: QuizTry | None
    practice: PracticeResult | None
    competence: Competence | None
    standing: Standing

    @property
    def lessons_left(self) -> int:
        return sum(one.id not in self.read for one in lessons())

    @property
    def has_practised(self) -> bool:
        return self.practice is not None or self.standing == Standing.VALID

    @property
    def has_answered(self) -> bool:
        return self.quiz is not None or self.standing == Standing.VALID

    @property
    def next(self) -> Next:
        if self.standing == Standing.VALID:
            return Next.OPEN
        if self.lessons_left:
            return Next.LESSONS
        if self.practice is None:
            return Next.PRACTICE
        return Next.SIGN_OFF if self.quiz else Next.QUIZ


def learning(*, operator_id: UUID, kecamatan: str, months: int, now: datetime) -> Learning:
    """What this operator has done and what is still open."""
    found = competence(kecamatan=kecamatan, operator=operator_id, task=RECORD, months=months)
    since = _counts_from(found)
    passed = [
        QuizTry(event.occurred_at, _number(event, "right"), _number(event, "total"))
        for event in _about("training.quiz.taken", kecamatan, operator_id)
        if event.data.get("is_passed") is True and event.occurred_at >= since
    ]
    done = [one for one in practices(operator_id=operator_id, kecamatan=kecamatan) if one.finished_at >= since]
    return Learning(
        read=_read(kecamatan, operator_id),
        quiz=passed[-1] if passed else None,
        practice=done[0] if done else None,
        competence=found,
        standing=found.standing(now=now) if found else Standing.NONE,
    )


def lessons_read(actor: Actor) -> frozenset[str]:
    """The lessons that this operator has read."""
    return _read(actor.kecamatan, actor.account_id) if actor.account_id else frozenset()


def practices(*, operator_id: UUID, kecamatan: str) -> list[PracticeResult]:
    """The finished practices of one operator, newest first."""
    signed = _signed_off(kecamatan)
    found = _about("training.practice.finished", kecamatan, operator_id)
    return [_practice(event, signed) for event in reversed(found)]


def practice(practice_id: UUID, *, kecamatan: str) -> PracticeResult | None:
    """One finished practice of this kecamatan."""
    found = ledger.event(practice_id)
    if found is None or found.name != "training.practice.finished" or found.subject != f"kecamatan:{kecamatan}":
        return None
    return _practice(found, _signed_off(kecamatan))


def _counts_from(last: Competence | None) -> datetime:
    return last.valid_until - REMIND if last and last.is_passed else _EVER


def _read(kecamatan: str, operator_id: UUID) -> frozenset[str]:
    return frozenset(str(event.data["lesson"]) for event in _about("training.lesson.read", kecamatan, operator_id))


def _signed_off(kecamatan: str) -> frozenset[str]:
    found = ledger.events(names=["duties.competence.recorded"], subject=f"kecamatan:{kecamatan}")
    return frozenset(str(event.data["practice"]) for event in found if "practice" in event.data)


def _about(name: str, kecamatan: str, operator_id: UUID) -> Sequence[SignedEvent]:
    found = ledger.events(names=[name], subject=f"kecamatan:{kecamatan}")
    return [event for event in found if event.data.get("operator") == str(operator_id)]


def _practice(event: SignedEvent, signed: frozenset[str]) -> PracticeResult:
    steps = event.data.get("steps")
    return PracticeResult(
        id=event.id,
        operator_id=UUID(str(event.data["operator"])),
        exercise=_number(event, "exercise"),
        finished_at=event.occurred_at,
        took=timedelta(milliseconds=_number(event, "took_ms")),
        exceptions_count=_number(event, "exceptions"),
        steps=tuple(
            StepResult(Step(str(one["step"])), timedelta(milliseconds=int(str(one["took_ms"]))), int(str(one["tries"])))
            for one in (steps if isinstance(steps, list) else [])
            if isinstance(one, dict)
        ),
        is_signed_off=str(event.id) in signed,
    )


def _number(event: SignedEvent, key: str) -> int:
    return int(str(event.data.get(key, 0)))
