"""Commands: change the register by an approved application. The old card is kept in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.ledger.services import record
from dekat.registry import rules
from dekat.registry.code_lists import code_table
from dekat.registry.elements import column_of, read_value
from dekat.registry.extract import publish_family
from dekat.registry.life.household import MARRIED, Relation
from dekat.registry.models import HEAD, ElementChange, Family, FamilyCardVersion, Resident
from dekat.registry.queries import FamilyUnknown, ResidentUnknown, version_view
from dekat.registry.registering import FamilyCardNoTaken, NikTaken
from dekat.registry.revisions import next_revision
from dekat.registry.states import ChangeCause, Element, ListName, ResidentState, VersionReason
from dekat.registry.versions import supersede, write_current
from dekat.registry.views import CardVersion


class ElementUnchanged(DekatError):
    """The register already says so; there is nothing to change."""

    code = "registry.element.unchanged"


class NotActive(DekatError):
    """The person is blocked, merged, deceased or moved away."""

    code = "registry.resident.not_active"


class HeadByApplication(DekatError):
    """Who is head of the family changes the nomor KK and has a service of its own."""

    code = "registry.element.needs_head_change"


class MarriedOnCard(DekatError):
    """The card shows the person's spouse: only a divorce or a death ends that, for both at once."""

    code = "registry.element.needs_divorce_or_death"


class HasNik(DekatError):
    """A NIK is given once and never changes."""

    code = "registry.resident.has_nik"


class MemberUnknown(DekatError):
    """The person is not a member of this family."""

    code = "registry.family.member_unknown"


def change_element(
    *, application_id: UUID, resident_id: UUID, element: Element, value: str, actor: Actor, now: datetime
) -> CardVersion:
    """Change one element of a resident; the family's card gets its next version, its nomor KK stays.

    Facts: `value` is a code or its label, a day, or text.
    Again: the same application gives the version it made the first time.
    Refuses: registry.resident.unknown, registry.resident.not_active, registry.element.unchanged,
    registry.element.needs_head_change, registry.element.needs_divorce_or_death, and what `elements.read_value` refuses.
    Law: permendagri-109-2019
    """
    with transaction.atomic():
        if known := _answer(application_id):
            return known
        person = _active(resident_id)
        column, before, after = _wanted(person, element, value)
        family_id = _family_of(person)
        supersede([family_id], reason=VersionReason.ELEMENT_CHANGED, cause_id=application_id, now=now)
        Resident.objects.filter(id=person.id).update(**{column: after}, revision=next_revision())
        _keep_change(person.id, column, before, after, application_id, now)
        data: dict[str, Json] = {"element": element.value, "resident": str(person.id)}
        return _finish("registry.resident.element_changed", family_id, application_id, data, actor, now)


def check_element(*, resident_id: UUID, element: Element, value: str) -> None:
    """Say nothing when the element could be changed so now; nothing changes.

    Refuses: what `change_element` refuses.
    """
    with transaction.atomic():
        person = _active(resident_id)
        _wanted(person, element, value)
        _family_of(person)


def give_nik(*, application_id: UUID, resident_id: UUID, nik: str, actor: Actor, now: datetime) -> CardVersion:
    """Write down the NIK that the national centre gave to somebody who had none; the card says it from now on.

    Again: the same application gives the version it made the first time.
    Refuses: registry.resident.unknown, registry.resident.not_active, registry.resident.has_nik,
    registry.resident.nik_taken, and what `kernel.nik` refuses.
    Law: uu-24-2013
    """
    number = Nik.parse(nik).text
    with transaction.atomic():
        if known := _answer(application_id):
            return known
        person = _active(resident_id)
        if person.nik is not None:
            raise HasNik
        if Resident.objects.filter(nik=number).exists():
            raise NikTaken
        family_id = _family_of(person)
        supersede([family_id], reason=VersionReason.NIK_GIVEN, cause_id=application_id, now=now)
        Resident.objects.filter(id=person.id).update(nik=number, revision=next_revision())
        data: dict[str, Json] = {"resident": str(person.id)}
        return _finish("registry.resident.nik_given", family_id, application_id, data, actor, now)


def change_head(
    *,
    application_id: UUID,
    family_id: UUID,
    new_head_id: UUID,
    family_card_no: str,
    relations: Mapping[UUID, str],
    actor: Actor,
    now: datetime,
) -> CardVersion:
    """Make another member the head; the family gets the new nomor KK that the national centre gave.

    Facts: `relations` says what the former head, and whoever else changes, is to the new one (code or label).
    Again: the same application gives the version it made the first time.
    Refuses: registry.family.unknown, registry.family.member_unknown, registry.family.card_no_taken,
    registry.family.second_head, registry.code.unknown, and what `kernel.nik` refuses.
    """
    number = FamilyCardNo.parse(family_card_no).text
    with transaction.atomic():
        if known := _answer(application_id):
            return known
        codes = code_table()
        wanted = {person: codes.read(ListName.RELATION, text) for person, text in relations.items()}
        wanted[new_head_id] = HEAD
        _check_new_head(family_id, number, wanted)
        supersede([family_id], reason=VersionReason.HEAD_CHANGED, cause_id=application_id, now=now)
        _write_relations(family_id, wanted, application_id, now)
        Family.objects.filter(id=family_id).update(family_card_no=number)
        data: dict[str, Json] = {"new_head": str(new_head_id)}
        return _finish("registry.family.head_changed", family_id, application_id, data, actor, now)


def set_blocked(*, application_id: UUID, resident_id: UUID, is_blocked: bool, actor: Actor, now: datetime) -> None:
    """Block somebody whose record is in doubt, or end the block; the card stays as it is.

    Facts: who dies, moves or is merged does so by an event of `life`.
    Again: a resident already in the state stays so.
    Refuses: registry.resident.unknown, registry.state.may_not_move.
    """
    state = ResidentState.BLOCKED if is_blocked else ResidentState.ACTIVE
    with transaction.atomic():
        person = _locked(resident_id)
        if person.state == state:
            return
        rules.check_move(ResidentState(person.state), state)
        Resident.objects.filter(id=person.id).update(state=state, revision=next_revision())
        data: dict[str, Json] = {"resident": str(person.id), "state": state.value}
        _say("registry.resident.state_changed", f"resident:{person.id}", application_id, data, actor, now)
        if person.family_id:
            publish_family(person.family_id, now=now)


def _answer(application_id: UUID) -> CardVersion | None:
    row = FamilyCardVersion.objects.filter(change_id=application_id).first()
    return version_view(row) if row else None


def _locked(resident_id: UUID) -> Resident:
    person = Resident.objects.select_for_update().filter(id=resident_id).first()
    if person is None:
        raise ResidentUnknown
    return person


def _active(resident_id: UUID) -> Resident:
    person = _locked(resident_id)
    if person.state != ResidentState.ACTIVE:
        raise NotActive(state=str(ResidentState(person.state).label))
    return person


def _wanted(person: Resident, element: Element, value: str) -> tuple[str, str, str]:
    """The column, what it says, and what it is to say."""
    column, after = column_of(element), read_value(element, value, code_table())
    before = str(getattr(person, column))
    if before == after:
        raise ElementUnchanged(element=str(element.label))
    if element is Element.RELATION and HEAD in (before, after):
        raise HeadByApplication
    if element is Element.MARITAL_STATUS and after not in MARRIED and _has_spouse_on_card(person):
        raise MarriedOnCard
    return column, before, after


def _has_spouse_on_card(person: Resident) -> bool:
    spouses = (Relation.HUSBAND, Relation.WIFE)
    is_one = person.marital_status in MARRIED and person.relation in (HEAD, *spouses)
    if not is_one or person.family_id is None:
        return False
    wanted = spouses if person.relation == HEAD else (HEAD,)
    others = Resident.objects.filter(family_id=person.family_id, relation__in=wanted, marital_status__in=MARRIED)
    return others.exists()


def _family_of(person: Resident) -> UUID:
    if person.family_id is None:
        raise NotActive(state=str(ResidentState(person.state).label))
    return person.family_id


def _check_new_head(family_id: UUID, number: str, wanted: Mapping[UUID, str]) -> None:
    if not Family.objects.filter(id=family_id).exists():
        raise FamilyUnknown
    members = dict(Resident.objects.filter(family_id=family_id).values_list("id", "relation"))
    if not wanted.keys() <= members.keys():
        raise MemberUnknown
    if Family.objects.filter(family_card_no=number).exists():
        raise FamilyCardNoTaken
    rules.check_one_head({**members, **wanted}.values())


def _write_relations(family_id: UUID, wanted: Mapping[UUID, str], cause_id: UUID, now: datetime) -> None:
    before = dict(Resident.objects.filter(family_id=family_id).values_list("id", "relation"))
    revision = next_revision()
    # The former head steps down first: at no instant may a family have two.
    for person_id, relation in sorted(wanted.items(), key=lambda item: item[1] == HEAD):
        Resident.objects.filter(id=person_id).update(
            relation=relation, position=0 if relation == HEAD else int(relation), revision=revision
        )
        if before[person_id] != relation:
            _keep_change(person_id, "relation", before[person_id], relation, cause_id, now)


def _keep_change(resident_id: UUID, column: str, before: str, after: str, cause_id: UUID, now: datetime) -> None:
    ElementChange.objects.create(
        id=new_id(now), resident_id=resident_id, element=column.upper(), before=before, after=after,
        cause=ChangeCause.APPLICATION, cause_id=cause_id, changed_at=now,
    )  # fmt: skip


def _finish(
    name: str, family_id: UUID, application_id: UUID, data: Mapping[str, Json], actor: Actor, now: datetime
) -> CardVersion:
    version = write_current(family_id, change_id=application_id, now=now)
    facts: dict[str, Json] = {"version": version.number, "card_digest": bytes(version.digest).hex()}
    _say(name, f"family:{family_id}", application_id, {**data, **facts}, actor, now)
    publish_family(family_id, now=now)
    return version_view(version)


def _say(name: str, subject: str, application_id: UUID, data: Mapping[str, Json], actor: Actor, now: datetime) -> None:
    facts = {"application": str(application_id), **data}
    record(name=name, subject=subject, actor=actor.label, data=facts, now=now)
