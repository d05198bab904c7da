"""Questions that kecamatan asked, their deadline, and the answers that everybody may read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.models import PublicAnswer, Question
from dekat.duties.rulebook import rulebook
from dekat.kernel.working_time import add_working_minutes, working_minutes_between


@dataclass(frozen=True)
class QuestionCard:
    """A request for instruction.

    Facts: `due_at` is when the turn engine's rule for questions wants the answer; the same for both sides.
    """

    id: UUID
    kecamatan: str
    instruction: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    device: str = ""

    @property
    def due_at(self) -> datetime:
        calendar = regency_calendar()
        book = rulebook(self.asked_at.astimezone(calendar.zone).date())
        return add_working_minutes(self.asked_at, book.question_working_hours * 60, calendar)

    def overdue_minutes(self, *, now: datetime) -> int:
        """How many working minutes after the deadline it was answered, or still is not."""
        return working_minutes_between(self.due_at, self.answered_at or now, regency_calendar())


@dataclass(frozen=True)
class PublicAnswerCard:
    """A question and its answer, for everybody."""

    question: UUID
    asked: str
    answer: str
    published_at: datetime


def questions(*, kecamatan: str = "", is_open: bool | None = None) -> list[QuestionCard]:
    """Requests for instruction, newest first."""
    rows = Question.objects.all()
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    if is_open is not None:
        rows = rows.filter(answered_at__isnull=is_open)
    return [_card(row) for row in rows]


def question(question_id: UUID) -> QuestionCard | None:
    """One request for instruction."""
    row = Question.objects.filter(id=question_id).first()
    return _card(row) if row else None


def public_answers() -> list[PublicAnswerCard]:
    """What everybody may read, newest first."""
    rows = PublicAnswer.objects.all()
    return [PublicAnswerCard(row.question, row.asked, row.answer, row.published_at) for row in rows]


def _card(row: Question) -> QuestionCard:
    return QuestionCard(
        id=row.id,
        kecamatan=row.kecamatan,
        instruction=row.instruction,
        text=row.text,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_at=row.answered_at,
        device=row.device,
    )
