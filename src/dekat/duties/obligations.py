"""Who was told to do what, and what became of it: read from the log, nothing of it is a table."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dekat.duties.evidence import may_say
from dekat.duties.texts import texts
from dekat.kernel.clock import from_iso
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent

SET, REPORTED, SENT_BACK, MET = (f"duties.obligation.{verb}" for verb in ("set", "reported", "sent_back", "met"))
ACTS = (SET, REPORTED, SENT_BACK, MET)
SEKDA = "SEKDA"


class Source(StrEnum):
    """Where an obligation comes from."""

    RULE = "RULE"
    HEARING = "HEARING"
    VISIT = "VISIT"
    HAND = "HAND"


class State(StrEnum):
    """How an obligation stands. REPLACED: a new deadline took its place; CLEARED: its device works again."""

    OPEN = "OPEN"
    REPORTED = "REPORTED"
    MISSED = "MISSED"
    MET = "MET"
    REPLACED = "REPLACED"
    CLEARED = "CLEARED"


OVER = frozenset({State.MET, State.REPLACED, State.CLEARED})


@dataclass(frozen=True)
class Step:
    """One thing that happened to an obligation. `proof` names events by id and files as `file:SHA256`."""

    event: SignedEvent
    verb: str
    at: datetime
    by: str
    text: str
    proof: tuple[str, ...]


@dataclass(frozen=True)
class ObligationCard:
    """What one party was told to do, by when, by whom, and every step since."""

    id: str
    event_id: UUID
    subject: str
    party: str
    what: str
    due_at: datetime
    set_by: str
    set_at: datetime
    source: Source
    hearing: str
    visit: str
    steps: tuple[Step, ...]
    replaced_by: str = ""

    @property
    def serial(self) -> str:
        """The device that it is about, or empty."""
        kind, _, about = self.subject.partition(":")
        return about if kind == "device" else ""

    @property
    def met_at(self) -> datetime | None:
        return next((step.at for step in self.steps if step.verb == "met"), None)

    @property
    def is_reported(self) -> bool:
        """Whether the one obliged said that it is done, and nobody has answered yet."""
        return self.steps[-1].verb == "reported"

    def state(self, now: datetime) -> State:
        """How it stands: what was reported in time is not missed while it waits for an answer."""
        if self.met_at:
            return State.MET
        if self.replaced_by:
            return State.REPLACED
        if self.is_reported:
            return State.REPORTED
        return State.MISSED if self.due_at <= now else State.OPEN

    def holder(self, now: datetime) -> str:
        """Whose turn it is: the one obliged, who must accept a report, or the Sekda once the deadline was missed."""
        match self.state(now):
            case State.MET | State.REPLACED | State.CLEARED:
                return ""
            case State.REPORTED:
                return self.set_by
            case State.MISSED:
                return SEKDA
            case State.OPEN:
                return self.party


def obligations(*, is_open: bool | None = None) -> list[ObligationCard]:
    """Obligations by deadline."""
    by_id: dict[str, list[SignedEvent]] = defaultdict(list)
    for event in filter(may_say, ledger.events(names=ACTS)):
        by_id[str(event.data.get("obligation"))].append(event)
    words = texts(_digest(event) for events in by_id.values() for event in events)
    cards = [_card(events, words) for events in by_id.values() if any(event.name == SET for event in events)]
    cards = sorted(_replaced(cards), key=lambda card: (card.due_at, card.id))
    return [card for card in cards if is_open is None or (not card.met_at and not card.replaced_by) is is_open]


def _replaced(cards: Iterable[ObligationCard]) -> Iterator[ObligationCard]:
    """A deadline set by hand ends when the same office sets a new one for the same device; a resolution stays."""
    following: dict[tuple[str, str], str] = {}
    for card in sorted(cards, key=lambda one: (one.set_at, one.id), reverse=True):
        if card.source is not Source.HAND or not card.serial:
            yield card
            continue
        key = (card.serial, card.set_by)
        yield replace(card, replaced_by=following.get(key, ""))
        following[key] = card.id


def obligation(obligation_id: str) -> ObligationCard | None:
    """One obligation."""
    return next((card for card in obligations() if card.id == obligation_id), None)


def _digest(event: SignedEvent) -> str:
    return next((str(event.data[key]) for key in ("what_sha256", "text_sha256", "why_sha256") if key in event.data), "")


def _card(events: list[SignedEvent], words: dict[str, str]) -> ObligationCard:
    first = next(event for event in events if event.name == SET)
    later = [event for event in events if event.name != SET]
    return ObligationCard(
        id=str(first.data["obligation"]),
        event_id=first.id,
        subject=first.subject,
        party=str(first.data["party"]),
        what=str(first.data.get("what", "")) or words.get(_digest(first), ""),
        due_at=from_iso(str(first.data["due_at"])),
        set_by=str(first.data["by"]),
        set_at=first.occurred_at,
        source=Source(str(first.data.get("source", "HAND"))),
        hearing=str(first.data.get("hearing", "")),
        visit=str(first.data.get("visit", "")),
        steps=tuple(_step(event, words) for event in [first, *later]),
    )


def _step(event: SignedEvent, words: dict[str, str]) -> Step:
    proof = event.data.get("proof")
    return Step(
        event=event,
        verb=event.name.rpartition(".")[2],
        at=event.occurred_at,
        by=str(event.data.get("by", "")),
        text=str(event.data.get("what", "")) or words.get(_digest(event), ""),
        proof=tuple(str(one) for one in proof) if isinstance(proof, list | tuple) else (),
    )
