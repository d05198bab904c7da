"""Every command of duties, by its public name; obligations are set and met here."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.duties.acknowledging import (
    VIDEO_KIND,
    QuizNotPassed,
    VersionPassed,
    acknowledge,
    keep_video,
    note_shown,
    receive_instruction,
)
from dekat.duties.asking import (
    ANSWER_FEED,
    FAQ_FEED,
    QUESTION_MESSAGE,
    QuestionEmpty,
    QuestionUnanswered,
    QuestionUnknown,
    answer_question,
    ask,
    publish_answer,
)
from dekat.duties.instructing import (
    INSTRUCTION_FEED,
    ChangeUntold,
    InstructionIncomplete,
    InstructionNotInForce,
    InstructionUnknown,
    Text,
    WithdrawalUnexplained,
    attach_file,
    detach_file,
    publish_instruction,
    reach_newcomers,
    withdraw_instruction,
    write_instruction,
)
from dekat.duties.operating import Proof, assign_operator, record_competence, release_operator
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

__all__ = [
    "ANSWER_FEED", "FAQ_FEED", "INSTRUCTION_FEED", "QUESTION_MESSAGE", "VIDEO_KIND", "ChangeUntold", "DueInThePast",
    "InstructionIncomplete", "InstructionNotInForce", "InstructionUnknown", "Proof", "QuestionEmpty",
    "QuestionUnanswered", "QuestionUnknown", "QuizNotPassed", "Text", "VersionPassed", "WithdrawalUnexplained",
    "acknowledge", "answer_question", "ask", "assign_operator", "attach_file", "detach_file", "keep_video",
    "meet_obligation", "note_shown", "publish_answer", "publish_instruction", "reach_newcomers", "receive_instruction",
    "record_competence", "release_operator", "set_obligation", "withdraw_instruction", "write_instruction",
]  # fmt: skip


class DueInThePast(DekatError):
    """A deadline that has already passed binds nobody."""

    code = "duties.obligation.due_in_the_past"


def set_obligation(
    *, obligation_id: UUID, serial: str, party: str, what: str, due_at: datetime, actor: Actor, now: datetime
) -> None:
    """Call one party and set a deadline: from now on the turn is theirs and nobody else's.

    Again: the same `obligation_id` sets it once.
    Refuses: duties.obligation.due_in_the_past.
    Law: permendagri-19-2016
    """
    if due_at <= now:
        raise DueInThePast
    data: dict[str, Json] = {
        "by": actor.office,
        "obligation": str(obligation_id),
        "party": party,
        "due_at": iso(due_at),
    }
    if what:
        data["what"] = what
    with transaction.atomic():
        record(
            name="duties.obligation.set",
            subject=f"device:{serial}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=obligation_id,
        )


def meet_obligation(*, obligation: str, serial: str, actor: Actor, now: datetime) -> None:
    """Record that an obligation is done; the ordinary rule holds again."""
    data: dict[str, Json] = {"by": actor.office, "obligation": obligation}
    with transaction.atomic():
        record(name="duties.obligation.met", subject=f"device:{serial}", actor=actor.label, data=data, now=now)
