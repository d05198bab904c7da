"""Commands: oblige one party, report that it is done, accept the report or send it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.duties import queries
from dekat.duties.obligations import SEKDA, ObligationCard, Source, obligation
from dekat.duties.texts import keep_text
from dekat.duties.waiting import Awaited
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import record

# Parties without a desk in this system: the Sekda's office writes down what their letter says.
BY_LETTER = frozenset({"DISKOMINFO", "PEMASOK", "PUSAT"})
SETTERS = frozenset({SEKDA, "DPRD", "INSPEKTORAT"})
FILE = "file:"


class DueInThePast(DekatError):
    """A deadline that has already passed binds nobody."""

    code = "duties.obligation.due_in_the_past"


class ObligationUnknown(DekatError):
    """No obligation has this id here."""

    code = "duties.obligation.unknown"


class ObligationNotYours(DekatError):
    """Only oversight obliges; only the one obliged reports; only who set it, or the Sekda, accepts or sends back."""

    code = "duties.obligation.not_yours"


class ObligationMet(DekatError):
    """The obligation is done already."""

    code = "duties.obligation.already_met"


class NothingReported(DekatError):
    """There is no report to send back."""

    code = "duties.obligation.not_reported"


class ProofMissing(DekatError):
    """A report names at least one event or one file that shows it."""

    code = "duties.obligation.proof_missing"


class ProofUnknown(DekatError):
    """The proof names an event that the log does not hold."""

    code = "duties.obligation.proof_unknown"


@dataclass(frozen=True)
class Task:
    """What one party must do. `subject` is `device:…`, `kecamatan:…` or `regency`; the ids say where it was decided."""

    subject: str
    party: str
    what: str
    due_at: datetime
    source: Source = Source.HAND
    hearing: str = ""
    visit: str = ""


def set_obligation(*, obligation_id: UUID, task: Task, actor: Actor, now: datetime) -> None:
    """Call one party and set a deadline; about a device, the turn is from now on theirs and nobody else's.

    Again: the same `obligation_id` sets it once.
    Refuses: duties.obligation.not_yours, duties.obligation.due_in_the_past, duties.text.empty,
    duties.text.holds_number.
    Law: permendagri-19-2016
    """
    if actor.office not in SETTERS:
        raise ObligationNotYours
    if task.due_at <= now:
        raise DueInThePast
    with transaction.atomic():
        data: dict[str, Json] = {
            "by": actor.office,
            "obligation": str(obligation_id),
            "party": task.party,
            "due_at": iso(task.due_at),
            "source": str(task.source),
            "what_sha256": keep_text(task.what, now=now),
        }
        data |= {key: value for key, value in (("hearing", task.hearing), ("visit", task.visit)) if value}
        record(
            name="duties.obligation.set",
            subject=task.subject,
            actor=actor.label,
            data=data,
            now=now,
            event_id=obligation_id,
        )


def report_obligation(*, obligation_id: str, text: str, proof: Sequence[str], actor: Actor, now: datetime) -> None:
    """Say that it is done and name the proof; the turn passes to whoever must accept it.

    Facts: `proof` holds ids of events and `file:SHA256`; the Sekda writes for a party that has no desk here.
    Refuses: duties.obligation.unknown, duties.obligation.not_yours, duties.obligation.already_met,
    duties.obligation.proof_missing, duties.obligation.proof_unknown, duties.text.empty, duties.text.holds_number.
    """
    card = _open(obligation_id)
    if not may_report(card, actor.office):
        raise ObligationNotYours
    if not proof:
        raise ProofMissing
    _check_proof(proof)
    with transaction.atomic():
        data: dict[str, Json] = {"proof": list(proof), "text_sha256": keep_text(text, now=now)}
        if actor.office != card.party:
            data["written_by"] = actor.office
        _say(card, "reported", data, card.party, actor, now)
        _wait_for_judge(card, actor, now)


def accept_obligation(*, obligation_id: str, actor: Actor, now: datetime) -> None:
    """Record that an obligation is done, with the proof of its report; the ordinary rule holds again.

    Refuses: duties.obligation.unknown, duties.obligation.not_yours, duties.obligation.already_met.
    """
    card = _open(obligation_id)
    if not may_judge(card, actor.office):
        raise ObligationNotYours
    data: dict[str, Json] = {"proof": list(card.steps[-1].proof)} if card.is_reported else {}
    with transaction.atomic():
        _say(card, "met", data, actor.office, actor, now)


def send_back(*, obligation_id: str, why: str, actor: Actor, now: datetime) -> None:
    """Do not accept a report and say why; the deadline stands.

    Refuses: duties.obligation.unknown, duties.obligation.not_yours, duties.obligation.already_met,
    duties.obligation.not_reported, duties.text.empty, duties.text.holds_number.
    """
    card = _open(obligation_id)
    if not may_judge(card, actor.office):
        raise ObligationNotYours
    if not card.is_reported:
        raise NothingReported
    with transaction.atomic():
        _say(card, "sent_back", {"why_sha256": keep_text(why, now=now)}, actor.office, actor, now)
        if card.serial:
            waiting = str(_waiting_id(card, len(card.steps) - 1))
            data: dict[str, Json] = {"by": actor.office, "waiting": waiting}
            record(name="duties.waiting.ended", subject=card.subject, actor=actor.label, data=data, now=now)


def may_report(card: ObligationCard, office: str) -> bool:
    """Whether an office may say that this is done."""
    return office == card.party or (office == SEKDA and card.party in BY_LETTER)


def may_judge(card: ObligationCard, office: str) -> bool:
    """Whether an office may accept a report or send it back; nobody judges their own report."""
    return office in (card.set_by, SEKDA) and office != card.party


def _open(obligation_id: str) -> ObligationCard:
    card = obligation(obligation_id)
    if card is None:
        raise ObligationUnknown
    if card.met_at:
        raise ObligationMet
    return card


def _wait_for_judge(card: ObligationCard, actor: Actor, now: datetime) -> None:
    """The one obliged waits for the answer to a report: the turn of the device passes to who must give it."""
    answer = queries.answer(card.serial, as_of=now) if card.serial else None
    if answer is None or answer.party != card.party or card.party == card.set_by:
        return
    waiting = _waiting_id(card, len(card.steps))
    record(
        name="duties.waiting.declared",
        subject=card.subject,
        actor=actor.label,
        data={"by": card.party, "waiting": str(waiting), "on_party": card.set_by, "why_code": str(Awaited.ANSWER)},
        now=now,
        event_id=waiting,
    )


def _waiting_id(card: ObligationCard, report_place: int) -> UUID:
    """The id of the wait that a report begins, by its place in the story."""
    return uuid5(UUID(card.id), f"report/{report_place}")


def _check_proof(proof: Sequence[str]) -> None:
    for one in proof:
        if one.startswith(FILE):
            continue
        try:
            is_known = ledger.event(UUID(one)) is not None
        except ValueError:
            is_known = False
        if not is_known:
            raise ProofUnknown(proof=one[:40])


def _say(card: ObligationCard, verb: str, data: dict[str, Json], by: str, actor: Actor, now: datetime) -> None:
    record(
        name=f"duties.obligation.{verb}",
        subject=card.subject,
        actor=actor.label,
        data={"by": by, "obligation": card.id, **data},
        now=now,
    )
