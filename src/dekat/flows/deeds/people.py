"""Whom the numbers of an application mean: found in the register, or refused with what to do."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from dekat.areas import queries as areas
from dekat.cases.queries import ApplicationCard
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import mask
from dekat.registry import queries as registry
from dekat.registry.life.household import Address, Person
from dekat.registry.states import ResidentState
from dekat.registry.views import FamilyView, ResidentView


class PersonUnknown(DekatError):
    """Nobody in the register of this regency has this NIK."""

    code = "flows.deed.nik_unknown"


class PersonNotHere(DekatError):
    """Whoever is named died, moved away, was merged or is blocked."""

    code = "flows.deed.not_living_here"


class NotOfFamily(DekatError):
    """Whoever is named does not belong to the family that the application is about."""

    code = "flows.deed.not_of_family"


class FamilyUnknown(DekatError):
    """No family of this regency has this nomor KK."""

    code = "flows.deed.family_unknown"


class HeadTooYoung(DekatError):
    """Whoever is to become head is a child."""

    code = "flows.deed.head_too_young"


class VillageElsewhere(DekatError):
    """The village of the new address is not in this regency."""

    code = "flows.deed.village_elsewhere"


def called(person: ResidentView, *, on: date) -> str:
    """How a refusal names somebody: a minor by initials and age, as pages do until a purpose is given."""
    age = person.born_on.age_on(on)
    shown = registry.masked(person, on=on)
    return f"{shown.name} ({age} tahun)" if shown.is_minor else shown.name


def living(nik: str, *, on: date) -> ResidentView:
    """Somebody who lives in this regency, by NIK.

    Refuses: flows.deed.nik_unknown, flows.deed.not_living_here.
    """
    found = anybody(nik)
    if found.state != ResidentState.ACTIVE or found.family_id is None:
        raise PersonNotHere(name=called(found, on=on), state=found.state.label)
    return found


def anybody(nik: str) -> ResidentView:
    """Somebody in the register, also who left, by NIK.

    Refuses: flows.deed.nik_unknown.
    """
    try:
        return registry.resident_by_nik(nik)
    except registry.ResidentUnknown as error:
        raise PersonUnknown(nik=mask(nik)) from error


def member(nik: str, family_id: UUID, *, on: date) -> ResidentView:
    """Somebody of this family, by NIK.

    Refuses: flows.deed.nik_unknown, flows.deed.not_living_here, flows.deed.not_of_family.
    """
    found = living(nik, on=on)
    if found.family_id != family_id:
        raise NotOfFamily(name=called(found, on=on))
    return found


def family(family_card_no: str) -> FamilyView:
    """A family of this regency with its head, by its nomor KK.

    Refuses: flows.deed.family_unknown.
    """
    try:
        found = registry.family_by_card_no(family_card_no)
    except registry.FamilyUnknown as error:
        raise FamilyUnknown(number=mask(family_card_no)) from error
    if found.head_id is None:
        raise FamilyUnknown(number=mask(family_card_no))
    return found


def own_family(application: ApplicationCard) -> UUID:
    """The family whose numbers the applicant gave.

    Refuses: registry.resident.unknown.
    """
    if application.family_id is None:
        raise registry.ResidentUnknown
    return application.family_id


def with_the_unnumbered(people: Iterable[ResidentView]) -> tuple[ResidentView, ...]:
    """The same people, each once; where a family goes as a whole, also those of it who still wait for their NIK."""
    found = {one.id: one for one in people}
    for family_id in [one.family_id for one in found.values() if one.family_id]:
        members = registry.members(family_id)
        if all(one.id in found for one in members if one.nik):
            found |= {one.id: one for one in members if one.id not in found}
    return tuple(found.values())


def has_grown_up(people: Collection[ResidentView], *, on: date) -> bool:
    """Whether one of these people is grown up. Law: uu-23-2006, art. 63."""
    return any(_person(one).is_grown_up(on) for one in people)


def refuse_child_as_head(head: ResidentView, *, on: date) -> None:
    """Say nothing when this person may be head of a family.

    Refuses: flows.deed.head_too_young.
    """
    if not has_grown_up([head], on=on):
        raise HeadTooYoung(name=called(head, on=on))


def address_in(application: ApplicationCard) -> Address:
    """The address in this regency that the application names.

    Refuses: flows.deed.village_elsewhere.
    """
    try:
        village = areas.village(application.said("village"))
    except areas.AreaUnknown as error:
        raise VillageElsewhere from error
    rt, rw = (application.said(name).zfill(3) for name in ("rt", "rw"))
    return Address(application.said("address"), rt, rw, village.code)


def address_of(found: FamilyView) -> Address:
    """Where a family lives."""
    return Address(found.address, found.rt, found.rw, found.village, found.hamlet, found.postal_code)


def _person(one: ResidentView) -> Person:
    return Person(
        one.id, one.family_id, one.relation.code, one.sex, one.born_on.iso, one.marital_status.code, one.state
    )
