"""Questions to duties; what machines and people said comes from the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.duties.answering import answer, answers, evidence, from_log
from dekat.duties.evidence import may_say
from dekat.duties.models import Instruction, Question
from dekat.duties.quiz import QuizQuestion, from_json
from dekat.ledger import queries as ledger

__all__ = ["answer", "answers", "evidence", "from_log"]


@dataclass(frozen=True)
class InstructionCard:
    """An instruction as it stands here."""

    id: str
    version: int
    title: str
    body: str
    questions: tuple[QuizQuestion, ...]
    kinds: tuple[str, ...]
    task: str
    legal_basis: str
    kecamatan: tuple[str, ...]
    published_at: datetime | None


@dataclass(frozen=True)
class Issued:
    """An instruction as it was issued; its text stays out of the log."""

    id: str
    version: int
    title: str
    kecamatan: tuple[str, ...]
    issued_at: datetime


@dataclass(frozen=True)
class Receipt:
    """What happened to one instruction in one kecamatan; None means: not (in the present version)."""

    instruction: str
    kecamatan: str
    delivered_at: datetime | None
    shown_at: datetime | None
    operator_at: datetime | None
    head_at: datetime | None

    @property
    def is_complete(self) -> bool:
        return bool(self.delivered_at and self.operator_at and self.head_at)


@dataclass(frozen=True)
class QuestionCard:
    """A request for instruction."""

    id: UUID
    kecamatan: str
    instruction: str
    text: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


def instructions(*, kecamatan: str = "") -> list[InstructionCard]:
    """Instructions (of a kecamatan), newest first; drafts have no `published_at`."""
    rows = [_instruction(row) for row in Instruction.objects.all()]
    return [row for row in rows if not kecamatan or kecamatan in row.kecamatan]


def instruction(instruction_id: str) -> InstructionCard | None:
    """One instruction."""
    row = Instruction.objects.filter(id=instruction_id).first()
    return _instruction(row) if row else None


def issued() -> list[Issued]:
    """The newest version of every instruction that was issued, newest first, from the log."""
    latest: dict[str, Issued] = {}
    for event in filter(may_say, ledger.events(names=["duties.instruction.issued"])):
        to = event.data.get("to")
        found = Issued(
            id=event.subject.partition(":")[2],
            version=int(str(event.data["version"])),
            title=str(event.data["title"]),
            kecamatan=tuple(str(code) for code in to) if isinstance(to, list) else (),
            issued_at=event.occurred_at,
        )
        if found.id not in latest or latest[found.id].version <= found.version:
            latest[found.id] = found
    return sorted(latest.values(), key=lambda one: (one.issued_at, one.id), reverse=True)


def receipts(instruction_id: str) -> list[Receipt]:
    """For each addressed kecamatan: delivered, shown, acknowledged by whom, in the version issued last."""
    card = next((one for one in issued() if one.id == instruction_id), None)
    if card is None:
        return []
    seen: dict[tuple[str, str], datetime] = {}
    for event in filter(may_say, ledger.events(name_prefix="duties.instruction.")):
        if event.data.get("instruction") == card.id and event.data.get("version") == card.version:
            key = f"{event.name.rpartition('.')[2]}{event.data.get('role', '')}"
            seen.setdefault((event.subject.partition(":")[2], key), event.occurred_at)
    return [
        Receipt(
            instruction=card.id,
            kecamatan=code,
            delivered_at=seen.get((code, "delivered")),
            shown_at=seen.get((code, "shown")),
            operator_at=seen.get((code, "acknowledgedOPERATOR")),
            head_at=seen.get((code, "acknowledgedDISTRICT_HEAD")),
        )
        for code in card.kecamatan
    ]


def is_acknowledged(*, card: InstructionCard, kecamatan: str, actor: str) -> bool:
    """Whether this officer acknowledged the present version."""
    found = ledger.events(names=["duties.instruction.acknowledged"], subject=f"kecamatan:{kecamatan}")
    return any(
        event.actor == actor and event.data.get("instruction") == card.id and event.data.get("version") == card.version
        for event in found
    )


def unread(*, kecamatan: str, actor: str) -> list[InstructionCard]:
    """The instructions at this station that the officer has not acknowledged yet, oldest first."""
    cards = [card for card in reversed(instructions(kecamatan=kecamatan)) if card.published_at]
    return [card for card in cards if not is_acknowledged(card=card, kecamatan=kecamatan, actor=actor)]


def operators(kecamatan: str) -> dict[str, datetime]:
    """Who operates the station of a kecamatan now, by account id, and since when."""
    on_duty: dict[str, datetime] = {}
    names = ["duties.operator.assigned", "duties.operator.released"]
    for event in ledger.events(names=names, subject=f"kecamatan:{kecamatan}"):
        operator = str(event.data["operator"])
        if event.name == names[0]:
            on_duty.setdefault(operator, event.occurred_at)
        else:
            on_duty.pop(operator, None)
    return on_duty


def questions(*, kecamatan: str = "", is_open: bool | None = None) -> list[QuestionCard]:
    """Requests for instruction, newest first."""
    rows = Question.objects.all()
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    if is_open is not None:
        rows = rows.filter(answered_at__isnull=is_open)
    return [
        QuestionCard(row.id, row.kecamatan, row.instruction, row.text, row.asked_at, row.answer, row.answered_at)
        for row in rows
    ]


def _instruction(row: Instruction) -> InstructionCard:
    return InstructionCard(
        id=row.id,
        version=row.version,
        title=row.title,
        body=row.body,
        questions=from_json(row.questions),
        kinds=tuple(row.kinds),
        task=row.task,
        legal_basis=row.legal_basis,
        kecamatan=tuple(row.kecamatan),
        published_at=row.published_at,
    )
