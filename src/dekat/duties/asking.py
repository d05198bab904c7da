"""A kecamatan asks back (Permintaan Petunjuk); from then on the clock runs against the registry office."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.duties.models import PublicAnswer, Question
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync import services as sync
from dekat.sync.rules import EVERYWHERE

ANSWER_FEED, FAQ_FEED, QUESTION_MESSAGE = "answer/1", "faq/1", "question/1"


class QuestionUnknown(DekatError):
    """No question has this id here."""

    code = "duties.question.unknown"


class QuestionEmpty(DekatError):
    """A question or an answer without words."""

    code = "duties.question.empty"


class QuestionUnanswered(DekatError):
    """Only an answered question can become a public one."""

    code = "duties.question.unanswered"


def ask(*, question_id: UUID, instruction_id: str, text: str, actor: Actor, now: datetime, device: str = "") -> None:
    """Send a request for instruction; the clock then runs against the registry office.

    Facts: it may be about an instruction, about a device (its serial number), or about anything.
    Again: the same `question_id` asks once.
    Refuses: duties.question.empty.
    """
    if not text.strip():
        raise QuestionEmpty
    fields = {"kecamatan": actor.kecamatan, "instruction": instruction_id, "device": device, "text": text.strip()}
    with transaction.atomic():
        _row, is_new = Question.objects.get_or_create(id=question_id, defaults={**fields, "asked_at": now})
        if not is_new:
            return
        data: dict[str, Json] = {"by": actor.office, "question": str(question_id), "to": "DISPENDUKCAPIL"}
        if instruction_id:
            data["instruction"] = instruction_id
        record(
            name="duties.question.asked",
            subject=_subject(actor.kecamatan, device),
            actor=actor.label,
            data=data,
            now=now,
        )
        sync.send_message(
            message_id=question_id,
            kind=QUESTION_MESSAGE,
            body={"id": str(question_id), **fields, "asked_at": iso(now)},
            now=now,
        )


def answer_question(*, question_id: UUID, text: str, actor: Actor, now: datetime) -> None:
    """Answer a kecamatan's question; the turn passes back to it.

    Again: an answered question keeps its first answer.
    Refuses: duties.question.unknown, duties.question.empty.
    """
    if not text.strip():
        raise QuestionEmpty
    with transaction.atomic():
        row = Question.objects.select_for_update().filter(id=question_id).first()
        if row is None:
            raise QuestionUnknown
        if row.answered_at:
            return
        row.answer, row.answered_at = text.strip(), now
        row.save(update_fields=["answer", "answered_at"])
        record(
            name="duties.question.answered",
            subject=_subject(row.kecamatan, row.device),
            actor=actor.label,
            data={"by": actor.office, "question": str(question_id)},
            now=now,
        )
        body: dict[str, Json] = {"id": str(question_id), "answer": row.answer, "answered_at": iso(now)}
        sync.publish(scope=row.kecamatan, kind=ANSWER_FEED, key=str(question_id), body=body, now=now)


def answer_with_version(
    questions: Iterable[str], instruction_id: str, version: int, *, change: str, actor: Actor, now: datetime
) -> None:
    """Answer questions by the version of an instruction that was written because of them.

    Again: an answered question keeps its first answer.
    """
    text = f"Dijawab dengan petunjuk {instruction_id} versi {version}: {change}"
    for question_id in questions:
        answer_question(question_id=UUID(question_id), text=text, actor=actor, now=now)


def publish_answer(*, question_id: UUID, asked: str, answer: str, actor: Actor, now: datetime) -> None:
    """Let every kecamatan and the public read a question and its answer, in words that name nobody.

    Again: other words replace the former ones.
    Refuses: duties.question.unknown, duties.question.unanswered, duties.question.empty.
    """
    if not (asked.strip() and answer.strip()):
        raise QuestionEmpty
    row = Question.objects.filter(id=question_id).first()
    if row is None:
        raise QuestionUnknown
    if row.answered_at is None:
        raise QuestionUnanswered
    words = {"asked": asked.strip(), "answer": answer.strip()}
    with transaction.atomic():
        before = PublicAnswer.objects.filter(question=question_id).first()
        if before and (before.asked, before.answer) == (words["asked"], words["answer"]):
            return
        PublicAnswer.objects.update_or_create(question=question_id, defaults={**words, "published_at": now})
        record(
            name="duties.question.published",
            subject="regency",
            actor=actor.label,
            data={
                "by": actor.office,
                "question": str(question_id),
                "text_sha256": sha256("\n".join(words.values()).encode()).hexdigest(),
            },
            now=now,
        )
        body: dict[str, Json] = {"id": str(question_id), **words, "published_at": iso(now)}
        sync.publish(scope=EVERYWHERE, kind=FAQ_FEED, key=str(question_id), body=body, now=now)


def _subject(kecamatan: str, device: str) -> str:
    return f"device:{device}" if device else f"kecamatan:{kecamatan}"
