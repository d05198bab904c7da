"""Questions to duties; what machines and people said comes from the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.duties.answering import answer, answers, evidence, from_log
from dekat.duties.asked import PublicAnswerCard, QuestionCard, public_answers, question, questions
from dekat.duties.evidence import may_say
from dekat.duties.instructed import (
    InstructionCard,
    Issued,
    Receipt,
    all_receipts,
    in_force,
    instruction,
    instruction_file,
    instructions,
    is_acknowledged,
    issued,
    receipts,
    unread,
    version,
    versions,
)
from dekat.duties.operating import all_operators, operators
from dekat.kernel.clock import from_iso
from dekat.ledger import queries as ledger

__all__ = [
    "InstructionCard", "Issued", "ObligationCard", "PublicAnswerCard", "QuestionCard", "Receipt", "all_operators",
    "all_receipts", "answer", "answers", "evidence", "from_log", "in_force", "instruction", "instruction_file",
    "instructions", "is_acknowledged", "issued", "obligations", "operators", "public_answers", "question",
    "questions", "receipts", "unread", "version", "versions",
]  # fmt: skip


@dataclass(frozen=True)
class ObligationCard:
    """What one party was told to do, and by when."""

    id: str
    event_id: UUID
    serial: str
    party: str
    what: str
    due_at: datetime
    set_at: datetime
    met_at: datetime | None


def obligations(*, is_open: bool | None = None) -> list[ObligationCard]:
    """Obligations by deadline, from the log."""
    done = filter(may_say, ledger.events(names=["duties.obligation.met"]))
    met = {event.data.get("obligation"): event.occurred_at for event in done}
    found = [
        ObligationCard(
            id=str(event.data["obligation"]),
            event_id=event.id,
            serial=event.subject.partition(":")[2],
            party=str(event.data["party"]),
            what=str(event.data.get("what", "")),
            due_at=from_iso(str(event.data["due_at"])),
            set_at=event.occurred_at,
            met_at=met.get(event.data["obligation"]),
        )
        for event in filter(may_say, ledger.events(names=["duties.obligation.set"]))
    ]
    found.sort(key=lambda card: (card.due_at, card.serial))
    return [card for card in found if is_open is None or (card.met_at is None) is is_open]
