"""The right of reply: what a party answers to what was said of it, shown beside it everywhere."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.duties.evidence import may_say
from dekat.duties.obligations import SEKDA
from dekat.duties.obliging import BY_LETTER
from dekat.duties.texts import keep_text, texts
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record

# What an event is about that a reply to it may be about as well; anything else is a matter of the regency.
_SUBJECTS = ("device", "kecamatan", "contract", "instruction")


class NotAboutYou(DekatError):
    """The right of reply belongs to those of whom something was said."""

    code = "duties.reply.not_about_you"


class ReplyToNothing(DekatError):
    """The event that is replied to is not in the log."""

    code = "duties.reply.event_unknown"


@dataclass(frozen=True)
class Reply:
    """What a party answered. `written_by` is the office that wrote it down for a party without a desk here."""

    event_id: UUID
    to_event: UUID
    subject: str
    party: str
    at: datetime
    text: str
    written_by: str


def reply_to(
    *, reply_id: UUID, event_id: UUID, party: str, text: str, concerned: set[str], actor: Actor, now: datetime
) -> None:
    """Put a party's answer beside an event.

    Facts: `concerned` are the parties of whom the event, or the answer that rests on it, says something.
    Again: the same `reply_id` answers once.
    Refuses: duties.reply.event_unknown, duties.reply.not_about_you, duties.text.empty, duties.text.holds_number.
    """
    event = ledger.event(event_id)
    if event is None:
        raise ReplyToNothing
    if party not in voices(concerned, actor.office):
        raise NotAboutYou
    with transaction.atomic():
        data: dict[str, Json] = {
            "by": party,
            "reply": str(reply_id),
            "to_event": str(event_id),
            "text_sha256": keep_text(text, now=now),
        }
        if party != actor.office:
            data["written_by"] = actor.office
        subject = event.subject if event.subject.partition(":")[0] in _SUBJECTS else "regency"
        record(
            name="duties.reply.recorded", subject=subject, actor=actor.label, data=data, now=now, event_id=reply_id
        )  # fmt: skip


def voices(concerned: set[str], office: str) -> list[str]:
    """For which of the concerned parties an office may write: itself; the Sekda also for those without a desk here."""
    mine = {office} | (BY_LETTER if office == SEKDA else set())
    return sorted(concerned & mine)


def concerned_by(event: SignedEvent) -> set[str]:
    """The parties that an event names, or whose place it is about."""
    found = {
        str(event.data[key]) for key in ("by", "party", "to", "from", "on_party", "received_by") if key in event.data
    }
    parties = event.data.get("parties")
    found |= {str(one) for one in parties} if isinstance(parties, list | tuple) else set()
    kind, _, about = event.subject.partition(":")
    if kind == "kecamatan":
        found.add(f"KECAMATAN:{about}")
    return {one if ":" in one or not one[:1].isdigit() else f"KECAMATAN:{one}" for one in found}


def replies(*, subject: str | None = None) -> list[Reply]:
    """Every reply (about one subject), oldest first."""
    found = list(filter(may_say, ledger.events(names=["duties.reply.recorded"], subject=subject)))
    words = texts(str(event.data["text_sha256"]) for event in found)
    return [
        Reply(
            event_id=event.id,
            to_event=UUID(str(event.data["to_event"])),
            subject=event.subject,
            party=str(event.data["by"]),
            at=event.occurred_at,
            text=words.get(str(event.data["text_sha256"]), ""),
            written_by=str(event.data.get("written_by", "")),
        )
        for event in found
    ]


def replies_by_event(events: Iterable[UUID]) -> dict[UUID, list[Reply]]:
    """The replies to these events."""
    wanted, found = set(events), defaultdict[UUID, list[Reply]](list)
    for reply in replies():
        if reply.to_event in wanted:
            found[reply.to_event].append(reply)
    return dict(found)
