"""What each life event does to people and families: steps on a `Plan`, nothing is read or written here.

Each event names people by id and says what only its papers can say; ages, heads and numbers the plan checks. `people`
and `families` are whom it names; the plan needs all members of their families.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args
from uuid import UUID

from dekat.registry.life.household import Address, Home, Marital, Relation, spouses_of
from dekat.registry.life.parts import Destination, Named, Succession
from dekat.registry.life.plan import Plan
from dekat.registry.life.refusals import AlreadyMarried, NobodyMoves, NotMarried
from dekat.registry.registering import NewResident
from dekat.registry.states import ResidentState, Sex, VersionReason


@dataclass(frozen=True, repr=False)
class Birth(Named):
    """A child enters its parents' family; its NIK comes later from the national centre. Law: uu-23-2006, art. 27."""

    reason = VersionReason.BORN
    child: NewResident
    family_id: UUID

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset((self.family_id,))

    def apply(self, plan: Plan) -> None:
        plan.welcome(self.child, self.family_id)


@dataclass(frozen=True)
class Death(Named):
    """Somebody died: off the card, and whoever was married to them is widowed. Law: uu-23-2006, art. 44.

    Facts: `spouses` are named by the papers where they are on another card; whom the family's own card shows as married
    to the dead is widowed in any case. A man with another wife stays married.
    """

    reason = VersionReason.DIED
    person_id: UUID
    succession: Succession | None = None
    spouses: tuple[UUID, ...] | None = None

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((self.person_id, *(self.spouses or ())))

    def apply(self, plan: Plan) -> None:
        gone = plan.living(self.person_id)
        members = plan.members(gone.family_id) if gone.family_id else []
        widowed = dict.fromkeys((*spouses_of(gone, members), *(self.spouses or ())))
        plan.leave(gone.id, ResidentState.DECEASED)
        for spouse_id in widowed:
            is_last = _is_last_spouse(plan, spouse_id, partner=gone.id)
            plan.marry_or_part(spouse_id, Marital.WIDOWED if is_last else plan.person(spouse_id).marital_status)
        if self.succession and gone.family_id:
            self.succession.apply(plan, gone.family_id)


@dataclass(frozen=True)
class Marriage(Named):
    """One or two people of this register married; they stay in their families until they found one.

    Facts: `is_registered` False rests on a statement of their own (SPTJM) and is no proof of the marriage.
    `court_order` allows a married man another wife. Law: uu-23-2006, art. 34.
    """

    reason = VersionReason.MARRIED
    person_ids: tuple[UUID, ...]
    married_on: str
    certificate_no: str = ""
    is_registered: bool = True
    court_order: str = ""

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.person_ids)

    def apply(self, plan: Plan) -> None:
        status = Marital.MARRIED if self.is_registered else Marital.MARRIED_UNREGISTERED
        for person_id in self.person_ids:
            person = plan.living(person_id)
            may_again = self.court_order and person.sex == "MALE"
            if person.is_married and not may_again:
                raise AlreadyMarried
            plan.marry_or_part(
                person_id, status, married_on=self.married_on, divorced_on="",
                has_marriage_certificate=bool(self.certificate_no), marriage_certificate_no=self.certificate_no,
            )  # fmt: skip


@dataclass(frozen=True)
class Divorce(Named):
    """Two people are divorced; who stays in the other's family is no longer husband or wife there.

    Facts: a man with another wife stays married. Law: uu-23-2006, art. 40.
    """

    reason = VersionReason.DIVORCED
    person_ids: tuple[UUID, ...]
    divorced_on: str
    certificate_no: str = ""
    is_registered: bool = True

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.person_ids)

    def apply(self, plan: Plan) -> None:
        status = Marital.DIVORCED if self.is_registered else Marital.DIVORCED_UNREGISTERED
        for person_id in self.person_ids:
            person = plan.living(person_id)
            partner = next((one for one in self.person_ids if one != person_id), None)
            if not _is_last_spouse(plan, person_id, partner=partner):
                plan.marry_or_part(person_id, person.marital_status)
                continue
            plan.marry_or_part(
                person_id, status, divorced_on=self.divorced_on,
                has_divorce_certificate=bool(self.certificate_no), divorce_certificate_no=self.certificate_no,
            )  # fmt: skip
            if person.relation in (Relation.HUSBAND, Relation.WIFE):
                plan.relate({person_id: Relation.OTHER_FAMILY})


@dataclass(frozen=True)
class HeadChange(Named):
    """Another member becomes head; that alone means a new nomor KK. Law: permendagri-109-2019."""

    reason = VersionReason.HEAD_CHANGED
    family_id: UUID
    succession: Succession

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset((self.family_id,))

    def apply(self, plan: Plan) -> None:
        self.succession.apply(plan, self.family_id)


@dataclass(frozen=True)
class Regroup(Named):
    """People leave their families for another or a new one: membentuk keluarga baru, pisah KK, menumpang, and a move
    within the regency of a part of a family. `successions` where the head of a family leaves others behind.

    Law: permendagri-109-2019.
    """

    destination: Destination
    successions: Mapping[UUID, Succession] = field(default_factory=dict)
    reason: VersionReason = VersionReason.REGROUPED

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.destination.relations)

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset(self.destination.known_families)

    def apply(self, plan: Plan) -> None:
        if not self.destination.relations:
            raise NobodyMoves
        self.destination.apply(plan)
        for family_id, succession in self.successions.items():
            succession.apply(plan, family_id)


@dataclass(frozen=True)
class Rehouse(Named):
    """A whole family lives at another address of the regency: no move letter, the same nomor KK.

    Law: perpres-96-2018, art. 25.
    """

    reason = VersionReason.REHOUSED
    family_id: UUID
    address: Address

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset((self.family_id,))

    def apply(self, plan: Plan) -> None:
        plan.rehouse(self.family_id, self.address)


@dataclass(frozen=True)
class MoveOut(Named):
    """People leave the regency with a move letter (SKPWNI). Law: perpres-96-2018, art. 25."""

    reason = VersionReason.MOVED_OUT
    person_ids: tuple[UUID, ...]
    successions: Mapping[UUID, Succession] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.person_ids)

    def apply(self, plan: Plan) -> None:
        if not self.person_ids:
            raise NobodyMoves
        for person_id in self.person_ids:
            plan.living(person_id)
            plan.leave(person_id, ResidentState.MOVED)
        for family_id, succession in self.successions.items():
            succession.apply(plan, family_id)


@dataclass(frozen=True, repr=False)
class MoveIn(Named):
    """People arrive with a move letter: some for the first time, some who had left come back.

    Facts: `newcomers` carry the relation they have in the family; `returning` says it by person.
    Law: perpres-96-2018, art. 25.
    """

    reason = VersionReason.MOVED_IN
    family_id: UUID
    newcomers: tuple[NewResident, ...] = ()
    returning: Mapping[UUID, str] = field(default_factory=dict)
    new_number: str = ""
    address: Address | None = None

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.returning)

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset(() if self.address else (self.family_id,))

    def apply(self, plan: Plan) -> None:
        if not (self.newcomers or self.returning):
            raise NobodyMoves
        if self.address is not None:
            plan.found(Home(self.family_id, self.new_number, self.address))
        for new in self.newcomers:
            plan.welcome(new, self.family_id)
        for person_id, relation in self.returning.items():
            plan.come_back(person_id, self.family_id, relation, by="MoveIn")


@dataclass(frozen=True)
class Annulment(Named):
    """A death, a move or a merger that was recorded wrongly never was: the person is here, in a family, and who was
    widowed is married.

    Law: uu-23-2006, art. 72.
    """

    reason = VersionReason.CORRECTED
    person_id: UUID
    family_id: UUID
    relation: str
    still_married: tuple[UUID, ...] = ()

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((self.person_id, *self.still_married))

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset((self.family_id,))

    def apply(self, plan: Plan) -> None:
        plan.come_back(self.person_id, self.family_id, self.relation, by="Annulment")
        for spouse_id in self.still_married:
            plan.marry_or_part(spouse_id, Marital.MARRIED)


@dataclass(frozen=True)
class Merge(Named):
    """The same human stood in the register twice: one record goes on with its NIK, the other ends and names it.

    Facts: `takes_place` puts who goes on where the other was, in family and relation, and with a head the nomor KK
    stays; else they stay in their own family. `successions` where a family loses its head and others stay.
    Law: pp-40-2019, art. 30.
    """

    reason = VersionReason.MERGED
    gone_id: UUID
    goes_on_id: UUID
    takes_place: bool = False
    successions: Mapping[UUID, Succession] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((self.gone_id, self.goes_on_id))

    def apply(self, plan: Plan) -> None:
        plan.merge(self.gone_id, self.goes_on_id, takes_place=self.takes_place)
        for family_id, succession in self.successions.items():
            succession.apply(plan, family_id)


def _is_last_spouse(plan: Plan, person_id: UUID, *, partner: UUID | None) -> bool:
    """Whether nobody else is married to this person; `partner` None for one who is registered elsewhere.

    Refuses: registry.life.not_married, also where the card shows a woman as married to somebody else than the partner.
    """
    person = plan.living(person_id)
    others = set(spouses_of(person, plan.members(person.family_id) if person.family_id else ())) - {partner}
    if not person.is_married or (others and person.sex == Sex.FEMALE):
        raise NotMarried
    return not others


LifeEvent = Birth | Death | Marriage | Divorce | HeadChange | Regroup | Rehouse | MoveOut | MoveIn | Annulment | Merge
KINDS: tuple[type[LifeEvent], ...] = get_args(LifeEvent)
