"""Whom an application names: found in the register, or refused with what to do.

Facts: refusals say `who`: the part somebody plays (`saksi pertama`), else their name, else their masked NIK.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dekat.cases.queries import ApplicationCard
from dekat.flows.deeds.office import reported_on
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import mask
from dekat.registry import queries as registry
from dekat.registry.life.household import Person
from dekat.registry.states import ResidentState, Sex
from dekat.registry.views import FamilyView, ResidentView


class PersonUnknown(DekatError):
    """Nobody here has this NIK, and no name was told that would say that the person is registered elsewhere."""

    code = "flows.deed.person_unknown"


class PersonNotHere(DekatError):
    """Whoever is named died, moved away, was merged or is blocked."""

    code = "flows.deed.person_not_here"


class NotInFamily(DekatError):
    """Whoever is named does not belong to the family that the application is about."""

    code = "flows.deed.not_in_family"


class FamilyUnknown(DekatError):
    """No family of this regency has this nomor KK."""

    code = "flows.deed.family_unknown"


class HeadTooYoung(DekatError):
    """Whoever is to become head is a child."""

    code = "flows.deed.head_too_young"


class WrongSex(DekatError):
    """The register says another sex than a mother, father, husband or wife has."""

    code = "flows.deed.wrong_sex"


class NamedTwice(DekatError):
    """One person cannot be both: mother and witness, husband and wife."""

    code = "flows.deed.named_twice"


@dataclass(frozen=True, repr=False)
class Named:
    """A person in an answer. Facts: `resident` None for somebody who is registered elsewhere."""

    nik: str
    name: str
    resident: ResidentView | None

    @property
    def family_id(self) -> UUID | None:
        """The family here, of the living."""
        return self.resident.family_id if self.resident else None

    @property
    def id_here(self) -> tuple[UUID, ...]:
        """The id in this register, if there is one."""
        return (self.resident.id,) if self.resident else ()


def called(person: ResidentView, *, on: date) -> str:
    """How a refusal names somebody: a minor by initials and age, as pages do until a purpose is given."""
    age = person.born_on.age_on(on)
    shown = registry.masked(person, on=on)
    return f"{shown.name} ({age} tahun)" if shown.is_minor else shown.name


def find(nik: str) -> ResidentView | None:
    """Whoever has the NIK, if anybody here; refuses nobody, so pages may ask."""
    try:
        return registry.resident_by_nik(nik)
    except registry.ResidentUnknown:
        return None


def anybody(nik: str) -> ResidentView:
    """Somebody in the register, also who left, by NIK.

    Refuses: flows.deed.person_unknown.
    """
    found = find(nik)
    if found is None:
        raise PersonUnknown(who=mask(nik))
    return found


def living(nik: str, *, on: date) -> ResidentView:
    """Somebody who lives in this regency, by NIK.

    Refuses: flows.deed.person_unknown, flows.deed.person_not_here.
    """
    found = anybody(nik)
    if found.state != ResidentState.ACTIVE or found.family_id is None:
        raise PersonNotHere(who=called(found, on=on), state=str(found.state.label))
    return found


def member(nik: str, family_id: UUID, *, on: date) -> ResidentView:
    """Somebody of this family, by NIK.

    Refuses: flows.deed.person_unknown, flows.deed.person_not_here, flows.deed.not_in_family.
    """
    found = living(nik, on=on)
    if found.family_id != family_id:
        raise NotInFamily(who=called(found, on=on))
    return found


def named(application: ApplicationCard, key: str, who: str, sex: Sex | None = None) -> Named:
    """The person of an answer; whoever is registered elsewhere has a name in `<key>_name`.

    Refuses: flows.deed.person_unknown, flows.deed.wrong_sex.
    """
    nik, name = application.said(key), " ".join(application.said(f"{key}_name").split())
    resident = find(nik)
    if resident is None:
        if not name:
            raise PersonUnknown(who=who)
        return Named(nik, name, None)
    if sex and resident.sex != sex:
        raise WrongSex(who=who)
    return Named(nik, resident.full_name, resident)


def named_living(application: ApplicationCard, key: str, who: str, sex: Sex | None = None) -> Named:
    """The same, and whoever is in this register is alive and lives here.

    Refuses: flows.deed.person_unknown, flows.deed.wrong_sex, flows.deed.person_not_here.
    """
    found = named(application, key, who, sex)
    if found.resident and found.resident.state != ResidentState.ACTIVE:
        raise PersonNotHere(who=who, state=str(found.resident.state.label))
    return found


def refuse_same(*people: tuple[str, str]) -> None:
    """Say nothing when these (who, NIK) are all different people.

    Refuses: flows.deed.named_twice.
    """
    seen: dict[str, str] = {}
    for who, nik in people:
        if nik in seen:
            raise NamedTwice(who=seen[nik], other=who)
        seen[nik] = who


def check_witnesses(application: ApplicationCard, *others: tuple[str, str]) -> None:
    """Say nothing when two different people witness, neither of them among the others (who, NIK).

    Facts: a witness is named by NIK, from elsewhere also by name; no copy of a card is asked for.
    Refuses: flows.deed.person_unknown, flows.deed.person_not_here, flows.deed.named_twice.
    """
    first = named_living(application, "witness_1", "saksi pertama")
    second = named_living(application, "witness_2", "saksi kedua")
    refuse_same(*others, ("saksi pertama", first.nik), ("saksi kedua", second.nik))


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


def members(application: ApplicationCard, *numbers: str) -> tuple[ResidentView, ...]:
    """People of the applicant's family by their NIK; with the whole family also those who wait for theirs.

    Refuses: flows.deed.person_unknown, flows.deed.person_not_here, flows.deed.not_in_family.
    """
    on, own = reported_on(application), own_family(application)
    return with_the_unnumbered(member(nik, own, on=on) for nik in numbers)


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


def _person(one: ResidentView) -> Person:
    return Person(
        one.id, one.family_id, one.relation.code, one.sex, one.born_on.iso, one.marital_status.code, one.state
    )
