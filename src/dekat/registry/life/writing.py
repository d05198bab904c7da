"""A life event is carried out: read whom it touches, let the rules decide, keep everything in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.ids import new_id
from dekat.ledger.services import record
from dekat.registry import bulk
from dekat.registry.extract import forget_family, publish_family
from dekat.registry.life.events import LifeEvent
from dekat.registry.life.household import Address, Home, Person, Relation
from dekat.registry.life.plan import Outcome, Plan
from dekat.registry.models import HEAD, ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.queries import FamilyUnknown, ResidentUnknown, version_view
from dekat.registry.registering import (
    RESIDENT_COLUMNS,
    FamilyCardNoTaken,
    NewResident,
    NikTaken,
    check_person,
    person_row,
)
from dekat.registry.revisions import next_revision
from dekat.registry.states import ChangeCause, ResidentState, Sex
from dekat.registry.versions import supersede, write_current
from dekat.registry.views import CardVersion

EVENT = "registry.life_event.recorded"


@dataclass(frozen=True)
class Recorded:
    """What a life event came to: the cards that say something new, and those of families that ended."""

    cards: tuple[CardVersion, ...]

    @property
    def living_families(self) -> tuple[UUID, ...]:
        """The families that need a new KK; one that ended needs none."""
        return tuple(card.family_id for card in self.cards if card.content["members"])


def record_event(*, event: LifeEvent, application_id: UUID, actor: Actor, on: date, now: datetime) -> Recorded:
    """Let a life event change people, families and cards, all or nothing.

    Facts: `on` is the day of the regency on which ages count.
    Again: the same application gives what it came to the first time.
    Refuses: registry.resident.unknown, registry.family.unknown, registry.family.card_no_taken,
    registry.resident.nik_taken, and what the event and `life.plan` refuse.
    """
    with transaction.atomic():
        if (known := recorded(application_id)).cards:
            return known
        before, homes, outcome = _decided(event, on)
        _keep(outcome, before, event, application_id, now)
        _publish(outcome, homes, now)
        cards = _write_cards(outcome, application_id, now)
        _say(outcome, cards, event, application_id, actor, now)
        return Recorded(tuple(version_view(card) for card in cards))


def check_event(*, event: LifeEvent, on: date) -> None:
    """Say nothing when the event could be carried out now; nothing changes.

    Refuses: what `record_event` refuses.
    """
    with transaction.atomic():
        _decided(event, on)


def _decided(event: LifeEvent, on: date) -> tuple[dict[UUID, Resident], dict[UUID, Home], Outcome]:
    before = _people(event)
    homes = _homes({person.family_id for person in before.values() if person.family_id} | event.families)
    plan = Plan.about([_person(row) for row in before.values()], homes.values(), on=on)
    event.apply(plan)
    outcome = plan.outcome()
    _refuse_taken(outcome)
    return before, homes, outcome


def recorded(application_id: UUID) -> Recorded:
    """What an application or correction came to; no cards when nothing of it was carried out."""
    rows = FamilyCardVersion.objects.filter(change_id=application_id).order_by("family_id")
    return Recorded(tuple(version_view(row) for row in rows))


def _people(event: LifeEvent) -> dict[UUID, Resident]:
    """Everybody whom the event names, and all members of their families; locked."""
    named = {row.id: row for row in Resident.objects.select_for_update().filter(id__in=event.people).order_by("id")}
    if len(named) < len(event.people):
        raise ResidentUnknown
    families = {row.family_id for row in named.values() if row.family_id} | event.families
    members = Resident.objects.select_for_update().filter(family_id__in=families).order_by("id")
    return named | {row.id: row for row in members}


def _homes(ids: Iterable[UUID]) -> dict[UUID, Home]:
    wanted = set(ids)
    found = {
        row.id: Home(
            row.id,
            row.family_card_no,
            Address(row.address, row.rt, row.rw, row.village, row.hamlet, row.postal_code),
        )
        for row in Family.objects.select_for_update().filter(id__in=wanted).order_by("id")
    }
    if found.keys() < wanted:
        raise FamilyUnknown
    return found


def _person(row: Resident) -> Person:
    return Person(
        row.id, row.family_id, row.relation, Sex(row.sex), row.born_on, row.marital_status, ResidentState(row.state),
        row.nik is not None,
    )  # fmt: skip


def _refuse_taken(outcome: Outcome) -> None:
    numbers = [*outcome.numbers.values(), *(home.family_card_no for home in outcome.founded)]
    if len(set(numbers)) < len(numbers) or Family.objects.filter(family_card_no__in=numbers).exists():
        raise FamilyCardNoTaken
    niks = [new.nik for new, _ in outcome.newcomers if new.nik]
    if len(set(niks)) < len(niks) or Resident.objects.filter(nik__in=niks).exists():
        raise NikTaken


def _keep(
    outcome: Outcome, before: dict[UUID, Resident], event: LifeEvent, application_id: UUID, now: datetime
) -> None:
    founded = {home.id for home in outcome.founded}
    existing = [family_id for family_id in outcome.families if family_id not in founded]
    supersede(existing, reason=event.reason, cause_id=application_id, now=now)
    revision = next_revision()
    for home in outcome.founded:
        _found(home, event, application_id, revision, now)
    for family_id, number in outcome.numbers.items():
        Family.objects.filter(id=family_id).update(family_card_no=number)
    for family_id, address in outcome.addresses.items():
        Family.objects.filter(id=family_id).update(**_columns(address))
    _keep_changes(outcome, before, application_id, revision, now)
    bulk.insert(Resident, RESIDENT_COLUMNS, [_row(new, home, revision) for new, home in outcome.newcomers])
    for gone_id, goes_on_id in outcome.merged.items():
        _follow_parent(before[gone_id], before[goes_on_id], application_id, revision, now)


def _found(home: Home, event: LifeEvent, application_id: UUID, revision: int, now: datetime) -> None:
    Family.objects.create(
        id=home.id, family_card_no=home.family_card_no, **_columns(home.address), version_no=1, version_from=now,
        version_reason=event.reason, version_cause=application_id, revision=revision,
    )  # fmt: skip


def _columns(address: Address) -> dict[str, str]:
    return {
        "address": address.address, "rt": address.rt, "rw": address.rw, "hamlet": address.hamlet,
        "village": address.village, "kecamatan": address.kecamatan, "postal_code": address.postal_code,
    }  # fmt: skip


def _keep_changes(
    outcome: Outcome, before: dict[UUID, Resident], application_id: UUID, revision: int, now: datetime
) -> None:
    stepping_down = [person for person in outcome.changes if before[person].relation == HEAD]
    # At no instant may a family have two heads.
    Resident.objects.filter(id__in=stepping_down).update(relation=Relation.OTHER_FAMILY)
    kept: list[ElementChange] = []
    for person_id, columns in outcome.changes.items():
        written = {**columns, "revision": revision}
        if "relation" in columns:
            written["position"] = 0 if columns["relation"] == HEAD else int(str(columns["relation"]))
        elif person_id in stepping_down:
            written["relation"] = HEAD
        Resident.objects.filter(id=person_id).update(**written)
        kept.extend(_changed(before[person_id], columns, application_id, now))
    ElementChange.objects.bulk_create(kept)


def _follow_parent(gone: Resident, goes_on: Resident, application_id: UUID, revision: int, now: datetime) -> None:
    """Children name the NIK that goes on as their father's or mother's. No card says that number."""
    for column in ("father_nik", "mother_nik"):
        children = list(Resident.objects.filter(**{column: gone.nik}).order_by("id")) if gone.nik else []
        columns: dict[str, object] = {column: goes_on.nik}
        for child in children:
            Resident.objects.filter(id=child.id).update(**columns, revision=revision)
            ElementChange.objects.bulk_create(_changed(child, columns, application_id, now))
            if child.family_id:
                publish_family(child.family_id, now=now)


def _changed(before: Resident, columns: Mapping[str, object], cause_id: UUID, now: datetime) -> Iterable[ElementChange]:
    for column, after in columns.items():
        was, is_now = _text(getattr(before, column)), _text(after)
        if was != is_now:
            yield ElementChange(
                id=new_id(now), resident_id=before.id, element=column.removesuffix("_id").upper(), before=was,
                after=is_now, cause=ChangeCause.APPLICATION, cause_id=cause_id, changed_at=now,
            )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _row(new: NewResident, family_id: UUID, revision: int) -> bulk.Row:
    check_person(new)
    position = 0 if new.relation == HEAD else int(new.relation)
    return person_row(new, family_id=family_id, position=position, digest=b"", revision=revision)


def _publish(outcome: Outcome, homes: dict[UUID, Home], now: datetime) -> None:
    for family_id in outcome.families:
        publish_family(family_id, now=now)
        moved = outcome.addresses.get(family_id)
        if moved and moved.kecamatan != homes[family_id].address.kecamatan:
            forget_family(family_id, kecamatan=homes[family_id].address.kecamatan, now=now)


def _write_cards(outcome: Outcome, application_id: UUID, now: datetime) -> list[FamilyCardVersion]:
    return [write_current(family_id, change_id=application_id, now=now) for family_id in sorted(outcome.families)]


def _say(
    outcome: Outcome,
    cards: list[FamilyCardVersion],
    event: LifeEvent,
    application_id: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    people: list[Json] = [str(one) for one in sorted({*outcome.changes, *(new.id for new, _ in outcome.newcomers)})]
    families: list[Json] = [
        {"family": str(card.family_id), "version": card.number, "card_digest": bytes(card.digest).hex()}
        for card in cards
    ]
    data: dict[str, Json] = {"kind": str(event.reason), "people": people, "families": families}
    record(name=EVENT, subject=f"application:{application_id}", actor=actor.label, data=data, now=now)
