"""NIK and nomor KK: asked of the national centre and given by it alone. Nobody here makes or guesses one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate
from dekat.ledger.services import record
from dekat.national.models import NumberRequest
from dekat.national.statuses import NumberKind

# Who gives the numbers, and so whose turn it is while one is awaited.
CENTRE = "PUSAT"
# What the national centre has to know to give a number; more may go along (names, the NIK of the mother or the head).
NEEDED: dict[NumberKind, tuple[str, ...]] = {
    NumberKind.NIK: ("kecamatan", "full_name", "sex", "born_on"),
    NumberKind.FAMILY_CARD: ("kecamatan", "recorded_on"),
}


class FactsIncomplete(DekatError):
    """The national centre cannot give a number without this."""

    code = "national.number.facts_incomplete"


class OtherKindAsked(DekatError):
    """Under this reference the other kind of number was asked for."""

    code = "national.number.other_kind_asked"


class NumberUnknown(DekatError):
    """Nobody asked for a number under this reference."""

    code = "national.number.unknown"


class NumberGivenTwice(DekatError):
    """The national centre gave one number for two references; the second was not kept."""

    code = "national.number.given_twice"


@dataclass(frozen=True)
class AskedNumber:
    """A number that was asked for. Facts: `number` is None, and the turn is PUSAT's, until it was given."""

    reference: UUID
    kind: NumberKind
    kecamatan: str
    asked_at: datetime
    sent_at: datetime | None
    given_at: datetime | None
    number: str | None = field(repr=False)

    @property
    def waits_since(self) -> datetime | None:
        """Since when the national centre is waited for; None when it answered."""
        return None if self.number else self.asked_at

    @property
    def waits_for(self) -> str:
        """The party whose turn it is; empty when nobody is waited for."""
        return "" if self.number else CENTRE


@dataclass(frozen=True, repr=False)
class Question:
    """What still has to be told to the national centre, or asked of it."""

    reference: UUID
    kind: NumberKind
    facts: Mapping[str, str]
    is_sent: bool


def reference_of(application_id: UUID, purpose: str) -> UUID:
    """The reference of one number of an application: the same each time, and another one for each purpose.

    Facts: `purpose` tells the numbers of one application apart, as `nik:<id of the child>` does twins.
    """
    return uuid5(application_id, f"number:{purpose}")


def ask_number(
    *, kind: NumberKind, reference: UUID, facts: Mapping[str, str], actor: Actor, now: datetime
) -> AskedNumber:
    """Ask the national centre for a number; the worker carries the question there and the answer back.

    Facts: `facts` are `NEEDED` of the kind and whatever else helps the centre; `kecamatan` like `35.11.19`.
    Again: the same reference gives what became of the first question, and asks nothing.
    Refuses: national.number.facts_incomplete, national.number.other_kind_asked, kernel.partial_date.impossible.
    Law: pp-40-2019
    """
    _check(kind, facts)
    with transaction.atomic():
        fields = {"kind": kind, "kecamatan": facts["kecamatan"], "facts": dict(facts), "asked_at": now}
        row, is_new = NumberRequest.objects.get_or_create(reference=reference, defaults=fields)
        if row.kind != kind:
            raise OtherKindAsked
        if is_new:
            _say("national.number.asked", row, actor, now)
        return _asked(row)


def note_number_sent(*, reference: UUID, actor: Actor, now: datetime) -> None:
    """Record that the national centre holds the question.

    Again: changes nothing.
    Refuses: national.number.unknown.
    """
    with transaction.atomic():
        row = _locked(reference)
        if row.sent_at is None:
            row.sent_at = now
            row.save(update_fields=["sent_at"])
            _say("national.number.sent", row, actor, now)


def note_number_given(*, reference: UUID, number: str, at: datetime, actor: Actor, now: datetime) -> None:
    """Keep the number that the national centre gave, and forget the facts that it was asked with.

    Facts: `at` is the national centre's clock. The log hears that a number was given, not which.
    Again: a reference that has its number keeps it.
    Refuses: national.number.unknown, national.number.given_twice, and what `kernel.nik` refuses.
    Law: pp-40-2019
    """
    with transaction.atomic():
        row = _locked(reference)
        if row.number is not None:
            return
        text = (Nik if row.kind == NumberKind.NIK else FamilyCardNo).parse(number).text
        if NumberRequest.objects.filter(kind=row.kind, number=text).exists():
            raise NumberGivenTwice
        row.number, row.given_at, row.sent_at, row.facts = text, at, row.sent_at or now, {}
        row.save()
        _say("national.number.given", row, actor, now, at=at)


def number(reference: UUID) -> AskedNumber | None:
    """What became of a question; None when nobody asked it."""
    row = NumberRequest.objects.filter(reference=reference).first()
    return _asked(row) if row else None


def open_questions() -> list[Question]:
    """The questions without an answer, the oldest first."""
    rows = NumberRequest.objects.filter(number__isnull=True).order_by("asked_at", "reference")
    return [Question(row.reference, NumberKind(row.kind), row.facts, row.sent_at is not None) for row in rows]


def awaited_numbers() -> list[AskedNumber]:
    """The same for whoever watches: for each, since when the national centre is waited for."""
    return [_asked(row) for row in NumberRequest.objects.filter(number__isnull=True).order_by("asked_at", "reference")]


def _check(kind: NumberKind, facts: Mapping[str, str]) -> None:
    for name in NEEDED[kind]:
        if not facts.get(name):
            raise FactsIncomplete(lacking=name)
    day = PartialDate.parse(facts["born_on" if kind is NumberKind.NIK else "recorded_on"])
    if kind is NumberKind.FAMILY_CARD and not day.day:
        raise FactsIncomplete(lacking="recorded_on")


def _locked(reference: UUID) -> NumberRequest:
    row = NumberRequest.objects.select_for_update().filter(reference=reference).first()
    if row is None:
        raise NumberUnknown
    return row


def _asked(row: NumberRequest) -> AskedNumber:
    return AskedNumber(
        row.reference, NumberKind(row.kind), row.kecamatan, row.asked_at, row.sent_at, row.given_at, row.number
    )


def _say(name: str, row: NumberRequest, actor: Actor, now: datetime, *, at: datetime | None = None) -> None:
    data: dict[str, Json] = {"kind": str(row.kind), "kecamatan": row.kecamatan, "owner": "" if row.number else CENTRE}
    record(name=name, subject=f"number:{row.reference}", actor=actor.label, data=data, occurred_at=at or now, now=now)
