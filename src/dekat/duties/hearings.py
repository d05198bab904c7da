"""Hearings (rapat dengar pendapat) and site visits (kunjungan kerja): called, held, recorded. Read from the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.duties.evidence import may_say
from dekat.duties.texts import keep_text, texts
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record

CALLED, HELD = "duties.hearing.scheduled", "duties.hearing.held"


class HearingIncomplete(DekatError):
    """A hearing needs a day that has not passed and at least one party."""

    code = "duties.hearing.incomplete"


class HearingUnknown(DekatError):
    """No hearing has this id here."""

    code = "duties.hearing.unknown"


class HearingNotHeld(DekatError):
    """What a hearing decided is written down after its minutes."""

    code = "duties.hearing.not_held"


class VisitIncomplete(DekatError):
    """A visit lies in the past and found at least one device."""

    code = "duties.visit.incomplete"


class Found(StrEnum):
    """How a device was found by somebody who went there."""

    WORKING = "WORKING"
    STANDING_IDLE = "STANDING_IDLE"
    BROKEN = "BROKEN"
    OTHER_USE = "OTHER_USE"
    ABSENT = "ABSENT"


@dataclass(frozen=True)
class HearingCard:
    """A hearing as it was called, and its minutes once it was held."""

    id: str
    event_id: UUID
    by: str
    at: datetime
    title: str
    parties: tuple[str, ...]
    questions: tuple[str, ...]
    minutes: str
    held_at: datetime | None
    held_event_id: UUID | None


@dataclass(frozen=True)
class Finding:
    """What was found at one device. `photo` is the SHA-256 of a kept picture."""

    serial: str
    state: Found
    note: str = ""
    photo: str = ""


@dataclass(frozen=True)
class VisitCard:
    """A site visit."""

    id: str
    event_id: UUID
    by: str
    kecamatan: str
    at: datetime
    who: str
    findings: tuple[Finding, ...]


def schedule_hearing(
    *, hearing_id: UUID, title: str, at: datetime, parties: Sequence[str], questions: Sequence[str], actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Call the parties to a hearing.

    Again: the same `hearing_id` calls it once.
    Refuses: duties.hearing.incomplete, duties.text.empty, duties.text.holds_number.
    """
    if at <= now or not parties:
        raise HearingIncomplete
    with transaction.atomic():
        data: dict[str, Json] = {
            "by": actor.office,
            "hearing": str(hearing_id),
            "at": iso(at),
            "parties": sorted(parties),
            "title_sha256": keep_text(title, now=now),
            "questions": [keep_text(one, now=now) for one in questions],
        }
        name = "duties.hearing.scheduled"
        record(name=name, subject="regency", actor=actor.label, data=data, now=now, event_id=hearing_id)


def hold_hearing(*, hearing_id: str, minutes: str, actor: Actor, now: datetime) -> None:
    """Record that a hearing took place, with its minutes.

    Again: the first minutes stand.
    Refuses: duties.hearing.unknown, duties.text.empty, duties.text.holds_number.
    """
    card = _known(hearing_id)
    if card.held_at:
        return
    with transaction.atomic():
        data: dict[str, Json] = {
            "by": actor.office,
            "hearing": card.id,
            "minutes_sha256": keep_text(minutes, now=now),
        }
        record(name="duties.hearing.held", subject="regency", actor=actor.label, data=data, now=now)


def check_held(hearing_id: str) -> HearingCard:
    """The hearing, once it was held.

    Refuses: duties.hearing.unknown, duties.hearing.not_held.
    """
    card = _known(hearing_id)
    if card.held_at is None:
        raise HearingNotHeld
    return card


def record_visit(
    *, visit_id: UUID, kecamatan: str, at: datetime, who: str, findings: Sequence[Finding], actor: Actor, now: datetime
) -> None:
    """Record what somebody found who went there.

    Again: the same `visit_id` records it once.
    Refuses: duties.visit.incomplete, duties.text.empty, duties.text.holds_number.
    """
    if at > now or not findings:
        raise VisitIncomplete
    with transaction.atomic():
        data: dict[str, Json] = {
            "by": actor.office,
            "visit": str(visit_id),
            "at": iso(at),
            "who_sha256": keep_text(who, now=now),
            "found": [_finding_data(finding, now) for finding in findings],
        }
        record(
            name="duties.visit.recorded",
            subject=f"kecamatan:{kecamatan}",
            actor=actor.label,
            data=data,
            now=now,
            event_id=visit_id,
        )


def _finding_data(finding: Finding, now: datetime) -> dict[str, Json]:
    data: dict[str, Json] = {"serial": finding.serial, "state": str(finding.state)}
    if finding.note.strip():
        data["note_sha256"] = keep_text(finding.note, now=now)
    if finding.photo:
        data["photo_sha256"] = finding.photo
    return data


def hearings() -> list[HearingCard]:
    """Every hearing, the latest first."""
    found = list(filter(may_say, ledger.events(names=[CALLED, HELD])))
    held = {event.data.get("hearing"): event for event in reversed(found) if event.name == HELD}
    called = [event for event in found if event.name == CALLED]
    digests = [
        str(event.data[key]) for event in found for key in ("title_sha256", "minutes_sha256") if key in event.data
    ]
    words = texts([*digests, *(one for event in called for one in _list(event, "questions"))])
    cards = [_hearing(event, held.get(event.data.get("hearing")), words) for event in called]
    return sorted(cards, key=lambda card: (card.at, card.id), reverse=True)


def hearing(hearing_id: str) -> HearingCard | None:
    """One hearing."""
    return next((card for card in hearings() if card.id == hearing_id), None)


def visits() -> list[VisitCard]:
    """Every site visit, the latest first."""
    found = list(filter(may_say, ledger.events(names=["duties.visit.recorded"])))
    digests = [str(event.data.get("who_sha256", "")) for event in found]
    digests += [str(one.get("note_sha256", "")) for event in found for one in _found(event)]
    words = texts(digests)
    return sorted((_visit(event, words) for event in found), key=lambda card: (card.at, card.id), reverse=True)


def visit(visit_id: str) -> VisitCard | None:
    """One site visit."""
    return next((card for card in visits() if card.id == visit_id), None)


def _known(hearing_id: str) -> HearingCard:
    card = hearing(hearing_id)
    if card is None:
        raise HearingUnknown
    return card


def _list(event: SignedEvent, key: str) -> list[str]:
    found = event.data.get(key)
    return [str(one) for one in found] if isinstance(found, list | tuple) else []


def _found(event: SignedEvent) -> list[dict[str, Json]]:
    found = event.data.get("found")
    return [dict(one) for one in found if isinstance(one, dict)] if isinstance(found, list | tuple) else []


def _hearing(event: SignedEvent, held: SignedEvent | None, words: dict[str, str]) -> HearingCard:
    return HearingCard(
        id=str(event.data["hearing"]),
        event_id=event.id,
        by=str(event.data["by"]),
        at=from_iso(str(event.data["at"])),
        title=words.get(str(event.data["title_sha256"]), ""),
        parties=tuple(_list(event, "parties")),
        questions=tuple(words.get(digest, "") for digest in _list(event, "questions")),
        minutes=words.get(str(held.data["minutes_sha256"]), "") if held else "",
        held_at=held.occurred_at if held else None,
        held_event_id=held.id if held else None,
    )


def _visit(event: SignedEvent, words: dict[str, str]) -> VisitCard:
    return VisitCard(
        id=str(event.data["visit"]),
        event_id=event.id,
        by=str(event.data["by"]),
        kecamatan=event.subject.partition(":")[2],
        at=from_iso(str(event.data["at"])),
        who=words.get(str(event.data["who_sha256"]), ""),
        findings=tuple(
            Finding(
                serial=str(one["serial"]),
                state=Found(str(one["state"])),
                note=words.get(str(one.get("note_sha256", "")), ""),
                photo=str(one.get("photo_sha256", "")),
            )
            for one in _found(event)
        ),
    )
