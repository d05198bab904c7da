"""Whom the answers of an application name, and which days they may say: found in the register, or refused."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dekat.cases.queries import ApplicationCard
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.registry import queries as registry
from dekat.registry.states import ResidentState, Sex
from dekat.registry.views import ResidentView


class PersonUnknown(DekatError):
    """Nobody here has this NIK, and no name was told that would say that the person is registered elsewhere."""

    code = "flows.deed.person_unknown"


class PersonNotHere(DekatError):
    """The person died, moved away, was merged or is blocked."""

    code = "flows.deed.person_not_here"


class NotInFamily(DekatError):
    """The person is on another family's card than the one that the application names."""

    code = "flows.deed.not_in_family"


class WrongSex(DekatError):
    """The register says another sex than a mother, father, husband or wife has."""

    code = "flows.deed.wrong_sex"


class NamedTwice(DekatError):
    """One person cannot be both: mother and witness, husband and wife."""

    code = "flows.deed.named_twice"


class DayImpossible(DekatError):
    """The day lies ahead, or before the person's birth."""

    code = "flows.deed.day_impossible"


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


def said(application: ApplicationCard, key: str) -> str:
    """The text of an answer, the office's before the applicant's; empty when there is none."""
    found = application.decision.get(key, application.answers.get(key))
    return "" if found is None else str(found)


def find(nik: str) -> ResidentView | None:
    """Whoever has the NIK, if anybody here; refuses nobody, so pages may ask."""
    try:
        return registry.resident_by_nik(nik)
    except registry.ResidentUnknown:
        return None


def named(application: ApplicationCard, key: str, who: str, sex: Sex | None = None) -> Named:
    """The person of an answer; whoever is registered elsewhere has a name in `<key>_name`.

    Refuses: flows.deed.person_unknown, flows.deed.wrong_sex.
    """
    nik, name = said(application, key), " ".join(said(application, f"{key}_name").split())
    resident = find(nik)
    if resident is None:
        if not name:
            raise PersonUnknown(who=who)
        return Named(nik, name, None)
    if sex and resident.sex != sex:
        raise WrongSex(who=who)
    return Named(nik, resident.full_name, resident)


def living(application: ApplicationCard, key: str, who: str, sex: Sex | None = None) -> Named:
    """The same, and whoever is in this register is alive and lives here.

    Refuses: flows.deed.person_unknown, flows.deed.wrong_sex, flows.deed.person_not_here.
    """
    found = named(application, key, who, sex)
    if found.resident and found.resident.state != ResidentState.ACTIVE:
        raise PersonNotHere(who=who, state=str(found.resident.state.label))
    return found


def member(application: ApplicationCard, key: str, who: str) -> ResidentView:
    """The person of an answer, who must be on the card of the application's family.

    Refuses: flows.deed.person_unknown, flows.deed.not_in_family.
    """
    found = find(said(application, key))
    if found is None:
        raise PersonUnknown(who=who)
    if found.family_id is None or found.family_id != application.family_id:
        raise NotInFamily(who=who)
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
    first = living(application, "witness_1", "saksi pertama")
    second = living(application, "witness_2", "saksi kedua")
    refuse_same(*others, ("saksi pertama", first.nik), ("saksi kedua", second.nik))


def day_said(application: ApplicationCard, key: str, *, today: date, born_on: PartialDate | None = None) -> str:
    """The day of an answer as ISO text, not ahead and not before a birth.

    Refuses: flows.deed.day_impossible.
    """
    text = said(application, key)
    day = date.fromisoformat(text)
    if day > today or (born_on is not None and day < born_on.birthday(0) and born_on.is_whole):
        raise DayImpossible(day=day.strftime("%d-%m-%Y"))
    return text
