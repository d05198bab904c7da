"""Commands of waiting: the holder of a turn names for whom it waits, and that the wait is over."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import TextChoices

from dekat.accounts.actor import Actor
from dekat.duties import queries
from dekat.duties.evidence import may_say
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import record


class NotYourTurn(DekatError):
    """Only the party that holds the turn of a device can wait for somebody."""

    code = "duties.waiting.not_your_turn"


class WaitingForYourself(DekatError):
    """A wait names somebody else."""

    code = "duties.waiting.for_yourself"


class Awaited(TextChoices):
    """What is waited for."""

    ANSWER = "ANSWER", "Jawaban"
    DELIVERY = "DELIVERY", "Kiriman"
    SPARE_PART = "SPARE_PART", "Suku cadang"
    REPAIR = "REPAIR", "Perbaikan"
    BUDGET = "BUDGET", "Anggaran"
    DECREE = "DECREE", "Surat keputusan"
    STAFF = "STAFF", "Petugas"
    NETWORK = "NETWORK", "Jaringan"
    BLANKS = "BLANKS", "Blangko"


@dataclass(frozen=True)
class OpenWait:
    """A wait that nobody ended."""

    waiting_id: UUID
    by: str
    on_party: str
    why: Awaited
    since: datetime


def open_waits(serial: str) -> list[OpenWait]:
    """The waits about a device that nobody ended, oldest first."""
    names = ["duties.waiting.declared", "duties.waiting.ended"]
    said = [event for event in ledger.events(names=names, subject=f"device:{serial}") if may_say(event)]
    ended = {event.data.get("waiting") for event in said if event.name == names[1]}
    return [
        OpenWait(
            waiting_id=UUID(str(event.data["waiting"])),
            by=str(event.data["by"]),
            on_party=str(event.data["on_party"]),
            why=Awaited(str(event.data["why_code"])),
            since=event.occurred_at,
        )
        for event in said
        if event.name == names[0] and event.data["waiting"] not in ended
    ]


def declare_waiting(*, waiting_id: UUID, serial: str, on_party: str, why: Awaited, actor: Actor, now: datetime) -> None:
    """Record for whom and what the actor's office waits; the turn of the device passes to that party.

    Facts: a station holds no purchases and so no answers: there the centre's engine decides whose turn it was.
    Again: the same `waiting_id` is recorded once.
    Refuses: duties.waiting.not_your_turn, duties.waiting.for_yourself.
    """
    if on_party == actor.office:
        raise WaitingForYourself
    answer = queries.answer(serial, as_of=now)
    if answer and answer.party != actor.office and waiting_id not in answer.evidence:
        raise NotYourTurn(serial=serial, party=answer.party)
    data: dict[str, Json] = {
        "by": actor.office,
        "waiting": str(waiting_id),
        "on_party": on_party,
        "why_code": str(why),
    }
    with transaction.atomic():
        record(
            name="duties.waiting.declared",
            subject=f"device:{serial}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=waiting_id,
        )


def end_waiting(*, event_id: UUID, waiting_id: UUID, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a wait is over; the turn passes back to who waited.

    Facts: it counts when it is said by one of the two, or by who holds the turn since.
    Again: the same `event_id` is recorded once.
    Refuses: duties.waiting.not_your_turn.
    """
    known = next((one for one in open_waits(serial) if one.waiting_id == waiting_id), None)
    answer = queries.answer(serial, as_of=now)
    holder = answer.party if answer else ""
    if known and actor.office not in (known.by, known.on_party, holder):
        raise NotYourTurn(serial=serial, party=holder)
    with transaction.atomic():
        record(
            name="duties.waiting.ended",
            subject=f"device:{serial}",
            actor=actor.label,
            data={"by": actor.office, "waiting": str(waiting_id)},
            now=now,
            event_id=event_id,
        )
