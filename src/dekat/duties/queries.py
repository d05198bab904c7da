"""Questions to duties; what machines and people said comes from the log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar
from dekat.duties.asked import PublicAnswerCard, QuestionCard, public_answers, question, questions
from dekat.duties.evidence import PREFIXES, Evidence, may_say, of_event
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
from dekat.duties.turn import Answer, whose_turn
from dekat.kernel.clock import from_iso
from dekat.ledger import queries as ledger

__all__ = [
    "InstructionCard", "Issued", "ObligationCard", "PublicAnswerCard", "QuestionCard", "Receipt", "all_operators",
    "all_receipts", "answer", "answers", "evidence", "in_force", "instruction", "instruction_file", "instructions",
    "is_acknowledged", "issued", "obligations", "operators", "public_answers", "question", "questions", "receipts",
    "unread", "version", "versions",
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


def evidence(*, until: datetime | None = None) -> list[Evidence]:
    """Everything the turn engine reads, oldest first (end exclusive)."""
    found: list[Evidence] = []
    for prefix in PREFIXES:
        found.extend(of_event(event) for event in ledger.events(name_prefix=prefix, until=until) if may_say(event))
    return found


# What was read and answered last, by the state of the log: pages ask again and again while nothing new was said.
_read: dict[tuple[object, ...], list[Evidence]] = {}
_answered: dict[tuple[object, ...], list[Answer]] = {}


def answers(*, as_of: datetime) -> list[Answer]:
    """Whose turn it is for every device, by serial number.

    Facts: kept for the minute while the log does not grow; a new event asks anew.
    """
    heads = tuple((head.node, head.last_hash) for head in ledger.heads())
    key = (heads, as_of.replace(second=0, microsecond=0))
    found = _answered.get(key)
    if found is None:
        facts = _read.get(heads)
        if facts is None:
            facts = evidence()
            _read.clear()
            _read[heads] = facts
        found = whose_turn(facts, as_of=as_of, calendar=regency_calendar())
        _answered.clear()
        _answered[key] = found
    return found


def answer(serial: str, *, as_of: datetime) -> Answer | None:
    """Whose turn it is for one device; None when no device has this serial number."""
    return next((found for found in answers(as_of=as_of) if found.serial == serial), None)


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
