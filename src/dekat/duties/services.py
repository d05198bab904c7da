"""Commands of duties: instructions, questions, operators, competence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties.competence import PROVED_BY_QUIZ, Stage
from dekat.duties.models import Instruction, Question
from dekat.duties.queries import operators
from dekat.duties.quiz import QuizQuestion, Result, as_json, from_json, mark
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger.services import record
from dekat.sync import services as sync

INSTRUCTION_FEED, ANSWER_FEED, QUESTION_MESSAGE = "instruction/1", "answer/1", "question/1"


class InstructionUnknown(DekatError):
    """No instruction has this id here."""

    code = "duties.instruction.unknown"


class InstructionIncomplete(DekatError):
    """An instruction needs a title, a text and at least one kecamatan."""

    code = "duties.instruction.incomplete"


class QuizNotPassed(DekatError):
    """The quiz was not answered well enough to say that the instruction is understood."""

    code = "duties.instruction.quiz_not_passed"


class QuestionUnknown(DekatError):
    """No question has this id here."""

    code = "duties.question.unknown"


class QuestionEmpty(DekatError):
    """A question or an answer without words."""

    code = "duties.question.empty"


@dataclass(frozen=True)
class Text:
    """What an instruction says and to whom. `task` (RECORD, PRINT) is what its quiz proves; empty proves nothing."""

    title: str
    body: str
    questions: Sequence[QuizQuestion]
    kinds: Sequence[str]
    kecamatan: Sequence[str]
    legal_basis: str = ""
    task: str = ""


def write_instruction(*, instruction_id: str, text: Text, actor: Actor, now: datetime) -> int:
    """Keep a draft, or the next version of a published instruction; give its version.

    Again: the same text keeps its version.
    Refuses: duties.instruction.incomplete.
    """
    if not (text.title.strip() and text.body.strip() and text.kecamatan and text.kinds):
        raise InstructionIncomplete
    fields = {
        "title": text.title.strip(),
        "body": text.body.strip(),
        "questions": as_json(text.questions),
        "kinds": sorted(text.kinds),
        "kecamatan": sorted(text.kecamatan),
        "legal_basis": text.legal_basis,
        "task": text.task,
    }
    with transaction.atomic():
        row, is_new = Instruction.objects.select_for_update().get_or_create(id=instruction_id, defaults=fields)
        if is_new or all(getattr(row, key) == value for key, value in fields.items()):
            return row.version
        for key, value in fields.items():
            setattr(row, key, value)
        if row.published_at:
            row.version, row.published_at = row.version + 1, None
        row.save()
        return row.version


def publish_instruction(*, instruction_id: str, actor: Actor, now: datetime) -> None:
    """Issue an instruction to its kecamatan; the feed carries it, each station answers with its delivery receipt.

    Again: a published version is not issued twice.
    Refuses: duties.instruction.unknown.
    Law: permenpan-35-2012
    """
    with transaction.atomic():
        row = _instruction(instruction_id)
        if row.published_at:
            return
        row.published_at = now
        row.save(update_fields=["published_at"])
        data: dict[str, Json] = {
            "by": actor.office,
            "version": row.version,
            "title": row.title,
            "to": list(row.kecamatan),
            "kinds": list(row.kinds),
            "body_sha256": sha256(row.body.encode()).hexdigest(),
        }
        if row.legal_basis:
            data["legal_basis"] = row.legal_basis
        record(
            name="duties.instruction.issued",
            subject=f"instruction:{row.id}",
            actor=actor.label,
            data=data,
            now=now,
        )
        for kecamatan in row.kecamatan:
            sync.publish(scope=kecamatan, kind=INSTRUCTION_FEED, key=row.id, body=_message(row), now=now)


def receive_instruction(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime, own: Actor) -> None:
    """Keep an instruction at its station and sign the delivery receipt.

    Facts: `own` is the station as a machine actor with its kecamatan.
    Again: a version already held is neither kept nor receipted twice.
    """
    fields = {key: body[key] for key in _FIELDS}
    version = int(str(body["version"]))
    row = Instruction.objects.filter(id=str(body["id"])).first()
    if row and row.delivered_version >= version:
        return
    Instruction.objects.update_or_create(
        id=str(body["id"]), defaults={**fields, "version": version, "published_at": now, "delivered_version": version}
    )
    _say_version("delivered", str(body["id"]), version, own, now)


def note_shown(*, instruction_id: str, actor: Actor, now: datetime) -> None:
    """Record that an instruction was opened on the screen by somebody of the kecamatan."""
    row = _instruction(instruction_id)
    with transaction.atomic():
        _say_version("shown", row.id, row.version, actor, now, by=actor.office)


def acknowledge(*, instruction_id: str, chosen: Mapping[int, int], actor: Actor, now: datetime) -> Result:
    """Record that a named officer passed the quiz and says the instruction is understood.

    Facts: `chosen` maps the place of a question to the place of the choice. A quiz proves competence for the tasks in
    `competence.PROVED_BY_QUIZ` only; who records residents learns and is observed (`training`).
    Refuses: duties.instruction.unknown, duties.instruction.quiz_not_passed.
    """
    row = _instruction(instruction_id)
    result = mark(from_json(row.questions), chosen)
    if not result.is_passed:
        raise QuizNotPassed(right=result.right, total=result.total)
    role = "OPERATOR" if actor.role == Role.OPERATOR else "DISTRICT_HEAD"
    with transaction.atomic():
        _say_version("acknowledged", row.id, row.version, actor, now, by=actor.office, role=role, score=result.percent)
        if role == "OPERATOR" and row.task in PROVED_BY_QUIZ:
            record_competence(
                kecamatan=actor.kecamatan,
                operator=str(actor.account_id),
                task=row.task,
                is_passed=True,
                score=result.percent,
                proof=Proof(Stage.QUIZ),
                actor=machine(actor.node),
                now=now,
            )
    return result


def ask(*, question_id: UUID, instruction_id: str, text: str, actor: Actor, now: datetime) -> None:
    """Send a request for instruction (Permintaan Petunjuk); the clock then runs against the registry office.

    Again: the same `question_id` asks once.
    Refuses: duties.question.empty.
    """
    if not text.strip():
        raise QuestionEmpty
    with transaction.atomic():
        _row, is_new = Question.objects.get_or_create(
            id=question_id,
            defaults={
                "kecamatan": actor.kecamatan,
                "instruction": instruction_id,
                "text": text.strip(),
                "asked_at": now,
            },
        )
        if not is_new:
            return
        data: dict[str, Json] = {"by": actor.office, "question": str(question_id), "to": "DISPENDUKCAPIL"}
        if instruction_id:
            data["instruction"] = instruction_id
        record(
            name="duties.question.asked",
            subject=f"kecamatan:{actor.kecamatan}",
            actor=actor.label,
            data=data,
            now=now,
        )
        sync.send_message(
            message_id=question_id,
            kind=QUESTION_MESSAGE,
            body={
                "id": str(question_id),
                "kecamatan": actor.kecamatan,
                "instruction": instruction_id,
                "text": text.strip(),
                "asked_at": iso(now),
            },
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
            subject=f"kecamatan:{row.kecamatan}",
            actor=actor.label,
            data={"by": actor.office, "question": str(question_id)},
            now=now,
        )
        body: dict[str, Json] = {"id": str(question_id), "answer": row.answer, "answered_at": iso(now)}
        sync.publish(scope=row.kecamatan, kind=ANSWER_FEED, key=str(question_id), body=body, now=now)


def assign_operator(*, kecamatan: str, operator: UUID, actor: Actor, now: datetime) -> None:
    """Record that an officer operates the station of a kecamatan.

    Again: an officer on duty is not assigned twice.
    """
    if str(operator) in operators(kecamatan):
        return
    _about(kecamatan, "operator.assigned", {"by": actor.office, "operator": str(operator)}, actor, now)


def release_operator(*, kecamatan: str, operator: UUID, actor: Actor, now: datetime) -> None:
    """Record that an officer no longer operates there.

    Again: an officer off duty is not released twice.
    """
    if str(operator) not in operators(kecamatan):
        return
    _about(kecamatan, "operator.released", {"by": actor.office, "operator": str(operator)}, actor, now)


@dataclass(frozen=True)
class Proof:
    """What a competence rests on; `practice` names the practice recording that somebody saw."""

    stage: Stage
    valid_until: datetime | None = None
    practice: str = ""

    def as_data(self) -> dict[str, Json]:
        """The fields of its event."""
        until = {"valid_until": iso(self.valid_until)} if self.valid_until else {}
        return {"stage": str(self.stage), **until, **({"practice": self.practice} if self.practice else {})}


def record_competence(
    *,
    kecamatan: str,
    operator: str,
    task: str,
    is_passed: bool,
    score: int,
    actor: Actor,
    now: datetime,
    proof: Proof | None = None,
) -> None:
    """Record that an officer can, or cannot, do a task: RECORD or PRINT."""
    data: dict[str, Json] = {"operator": operator, "task": task, "is_passed": is_passed, "score": score}
    if proof:
        data |= proof.as_data()
    if actor.role:
        data["by"] = actor.office
    _about(kecamatan, "competence.recorded", data, actor, now)


_FIELDS = ("title", "body", "questions", "kinds", "task", "legal_basis", "kecamatan")


def _message(row: Instruction) -> dict[str, Json]:
    return {"id": row.id, "version": row.version, **{key: getattr(row, key) for key in _FIELDS}}


def _instruction(instruction_id: str) -> Instruction:
    row = Instruction.objects.filter(id=instruction_id).first()
    if row is None:
        raise InstructionUnknown
    return row


def _say_version(verb: str, instruction: str, version: int, actor: Actor, now: datetime, **more: Json) -> None:
    data: dict[str, Json] = {"instruction": instruction, "version": version, **more}
    _about(actor.kecamatan, f"instruction.{verb}", data, actor, now)


def _about(kecamatan: str, name: str, data: dict[str, Json], actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        record(
            name=f"duties.{name}",
            subject=f"kecamatan:{kecamatan}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=new_id(now),
        )
