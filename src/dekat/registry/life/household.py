"""People and homes as the rules of life events see them: who is the head, who is grown up, who is married. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from dekat.kernel.partial_date import PartialDate
from dekat.registry.states import ResidentState, Sex

GROWN_UP_FROM = 17


class Relation(StrEnum):
    """Codes of the list RELATION that rules name."""

    HEAD = "1"
    HUSBAND = "2"
    WIFE = "3"
    CHILD = "4"
    CHILD_IN_LAW = "5"
    GRANDCHILD = "6"
    PARENT = "7"
    OTHER_FAMILY = "9"


class Marital(StrEnum):
    """Codes of the list MARITAL_STATUS, the six values of a KK."""

    UNMARRIED = "1"
    MARRIED = "2"
    MARRIED_UNREGISTERED = "3"
    DIVORCED = "4"
    DIVORCED_UNREGISTERED = "5"
    WIDOWED = "6"


MARRIED = frozenset({Marital.MARRIED, Marital.MARRIED_UNREGISTERED})
_SPOUSES = {Relation.HUSBAND: Sex.MALE, Relation.WIFE: Sex.FEMALE}


@dataclass(frozen=True, repr=False)
class Person:
    """What the rules need of somebody. Facts: `family_id` None for whoever is not among the living here."""

    id: UUID
    family_id: UUID | None
    relation: str
    sex: Sex
    born_on: str
    marital_status: str
    state: ResidentState = ResidentState.ACTIVE
    has_nik: bool = True

    @property
    def is_head(self) -> bool:
        return self.relation == Relation.HEAD

    @property
    def is_married(self) -> bool:
        return self.marital_status in MARRIED

    def is_grown_up(self, on: date) -> bool:
        """Seventeen, or ever married. Law: uu-23-2006, art. 63."""
        has_married = self.marital_status != Marital.UNMARRIED
        return has_married or PartialDate.parse(self.born_on).age_on(on) >= GROWN_UP_FROM

    @property
    def is_spouse_in_name_only(self) -> bool:
        """Called husband or wife of the head without being married, or of the other sex."""
        sex = _SPOUSES.get(Relation(self.relation)) if self.relation in _SPOUSES else None
        return sex is not None and (not self.is_married or self.sex != sex)


@dataclass(frozen=True)
class Address:
    """Where a family lives; `village` is a code of thirteen characters."""

    address: str
    rt: str
    rw: str
    village: str
    hamlet: str = ""
    postal_code: str = ""

    @property
    def kecamatan(self) -> str:
        return self.village[:8]


@dataclass(frozen=True, repr=False)
class Home:
    """A family before an event: its number and address."""

    id: UUID
    family_card_no: str
    address: Address


def head_of(members: Iterable[Person]) -> UUID | None:
    """The one head; None for a family without, or with two."""
    heads = [person.id for person in members if person.is_head]
    return heads[0] if len(heads) == 1 else None


def spouses_of(gone: Person, members: Iterable[Person]) -> tuple[UUID, ...]:
    """Whom the family's card shows as married to somebody: the head's spouses, or the spouse's head.

    A head with a second spouse stays married when the first dies.
    """
    if not gone.is_married:
        return ()
    family = list(members)
    spouses = [one for one in family if one.relation in (Relation.HUSBAND, Relation.WIFE) and one.is_married]
    if gone.is_head:
        return tuple(one.id for one in spouses)
    if gone in spouses and len(spouses) == 1:
        return tuple(one.id for one in family if one.is_head and one.is_married)
    return ()
