"""What one life event changes, put together step by step and checked as a whole before anything is written. Pure.

The rules a family must keep are here and nowhere else; `events` says what each event does, `writing` keeps it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from dekat.kernel.nik import FamilyCardNo
from dekat.registry import rules
from dekat.registry.life.household import Address, Home, Person, head_of
from dekat.registry.life.refusals import (
    HeadTooYoung,
    NikWouldEnd,
    NoAdultLeft,
    NobodySuch,
    NoSpouse,
    NotLiving,
    NumberNeeded,
    NumberNotNeeded,
    RelationsMissing,
    SamePerson,
)
from dekat.registry.registering import NewResident
from dekat.registry.states import ResidentState

LEFT = frozenset({ResidentState.DECEASED, ResidentState.MOVED, ResidentState.MERGED})


@dataclass(frozen=True)
class Outcome:
    """Everything that changes, checked.

    Facts: `changes` are columns of people by person; `newcomers` people who were not in the register; `families` those
    whose card changes, `ended` of them those without members; `numbers` and `addresses` by family; `founded` homes that
    are new; `merged` leads from a record that ends to the one that goes on.
    """

    changes: Mapping[UUID, Mapping[str, object]]
    newcomers: tuple[tuple[NewResident, UUID], ...]
    families: tuple[UUID, ...]
    ended: tuple[UUID, ...]
    founded: tuple[Home, ...]
    numbers: Mapping[UUID, str]
    addresses: Mapping[UUID, Address]
    merged: Mapping[UUID, UUID]


@dataclass
class Plan:
    """The event under way: people and homes as they are becoming.

    Facts: `on` is the day on which ages count. Each step refuses what it alone can see; `outcome` the rest.
    """

    persons: dict[UUID, Person]
    homes: dict[UUID, Home]
    on: date
    _changes: dict[UUID, dict[str, object]] = field(default_factory=dict)
    _newcomers: list[tuple[NewResident, UUID]] = field(default_factory=list)
    _founded: dict[UUID, Home] = field(default_factory=dict)
    _numbers: dict[UUID, str] = field(default_factory=dict)
    _addresses: dict[UUID, Address] = field(default_factory=dict)
    _merged: dict[UUID, UUID] = field(default_factory=dict)
    _related: set[UUID] = field(default_factory=set)
    _before: dict[UUID, Person] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._before = dict(self.persons)

    @classmethod
    def about(cls, persons: Iterable[Person], homes: Iterable[Home], *, on: date) -> "Plan":
        """Begin with all members of the families that the event may touch."""
        return cls({person.id: person for person in persons}, {home.id: home for home in homes}, on)

    def person(self, person_id: UUID) -> Person:
        """Somebody as they are becoming.

        Refuses: registry.life.person_unknown.
        """
        if person_id not in self.persons:
            raise NobodySuch
        return self.persons[person_id]

    def living(self, person_id: UUID) -> Person:
        """Somebody who is here.

        Refuses: registry.life.person_unknown, registry.life.not_here.
        """
        person = self.person(person_id)
        if person.state in LEFT:
            raise NotLiving(state=str(person.state.label))
        return person

    def members(self, family_id: UUID) -> list[Person]:
        """Who belongs to a family as it is becoming."""
        return [person for person in self.persons.values() if person.family_id == family_id]

    def leave(self, person_id: UUID, state: ResidentState) -> None:
        """Somebody leaves the living of this register.

        Refuses: registry.life.person_unknown, registry.state.may_not_move.
        """
        person = self.person(person_id)
        rules.check_move(person.state, state)
        self._become(replace(person, state=state, family_id=None), state=state, family_id=None)

    def come_back(self, person_id: UUID, family_id: UUID, relation: str, *, by: str) -> None:
        """Somebody who had left is here again, in this family; `by` is a key of `rules.WAYS_BACK`.

        Refuses: registry.life.person_unknown, registry.state.may_not_move.
        """
        person = self.person(person_id)
        rules.check_way_back(person.state, by=by)
        back = replace(person, state=ResidentState.ACTIVE)
        self._become(back, state=ResidentState.ACTIVE, merged_into_id=None)
        self.enter(person_id, family_id, relation)

    def merge(self, gone_id: UUID, goes_on_id: UUID, *, takes_place: bool) -> None:
        """One human's second record ends and names the one that goes on; a block on that one ends with it.

        Refuses: registry.life.person_unknown, registry.life.not_here, registry.life.same_person,
        registry.life.nik_would_end.
        """
        gone, goes_on = self.living(gone_id), self.living(goes_on_id)
        if gone_id == goes_on_id:
            raise SamePerson
        if gone.has_nik and not goes_on.has_nik:
            raise NikWouldEnd
        self._merged[gone_id] = goes_on_id
        self.leave(gone_id, ResidentState.MERGED)
        self._changes[gone_id]["merged_into_id"] = goes_on_id
        if goes_on.state is ResidentState.BLOCKED:
            self._become(replace(goes_on, state=ResidentState.ACTIVE), state=ResidentState.ACTIVE)
        if takes_place and gone.family_id is not None:
            self.enter(goes_on_id, gone.family_id, gone.relation)

    def enter(self, person_id: UUID, family_id: UUID, relation: str) -> None:
        """Somebody belongs to this family now.

        Refuses: registry.life.person_unknown, registry.life.not_here, registry.family.unknown.
        """
        person = self.living(person_id)
        self._home(family_id)
        self._become(replace(person, family_id=family_id), family_id=family_id)
        self.relate({person_id: relation})

    def relate(self, relations: Mapping[UUID, str]) -> None:
        """Say what people are to their head.

        Refuses: registry.life.person_unknown.
        """
        for person_id, relation in relations.items():
            self._become(replace(self.person(person_id), relation=relation), relation=relation)
            self._related.add(person_id)

    def marry_or_part(self, person_id: UUID, marital_status: str, **columns: object) -> None:
        """Somebody's marital status and what belongs to it.

        Refuses: registry.life.person_unknown, registry.life.not_here.
        """
        person = replace(self.living(person_id), marital_status=marital_status)
        self._become(person, marital_status=marital_status, **columns)

    def welcome(self, new: NewResident, family_id: UUID) -> None:
        """Somebody who was not in the register joins a family: born, or come from elsewhere."""
        self._home(family_id)
        self._newcomers.append((new, family_id))
        self._related.add(new.id)
        self.persons[new.id] = Person(
            new.id, family_id, new.relation, new.sex, new.born_on, new.marital_status, ResidentState.ACTIVE
        )

    def found(self, home: Home) -> None:
        """A new family with its number and address; its members enter afterwards."""
        self._founded[home.id] = self.homes[home.id] = home

    def number(self, family_id: UUID, family_card_no: str) -> None:
        """The family's new nomor KK."""
        self._home(family_id)
        self._numbers[family_id] = FamilyCardNo.parse(family_card_no).text

    def rehouse(self, family_id: UUID, address: Address) -> None:
        """The whole family lives somewhere else now."""
        self._home(family_id)
        self._addresses[family_id] = address

    def outcome(self) -> Outcome:
        """Everything together, when each family it touches may be so.

        Refuses: registry.family.head_missing, registry.family.second_head, registry.life.no_adult_left,
        registry.life.head_too_young, registry.life.number_needed, registry.life.number_not_needed,
        registry.life.relations_missing, registry.life.no_spouse.
        """
        touched = self._touched()
        for family_id in touched:
            self._check(family_id)
        return Outcome(
            changes={person: columns for person, columns in self._changes.items() if columns},
            newcomers=tuple(self._newcomers),
            families=tuple(touched),
            ended=tuple(family_id for family_id in touched if not self.members(family_id)),
            founded=tuple(self._founded.values()),
            numbers=dict(self._numbers),
            addresses=dict(self._addresses),
            merged=dict(self._merged),
        )

    def _become(self, person: Person, **columns: object) -> None:
        self.persons[person.id] = person
        self._changes.setdefault(person.id, {}).update(columns)

    def _home(self, family_id: UUID) -> Home:
        if family_id not in self.homes:
            raise NobodySuch
        return self.homes[family_id]

    def _touched(self) -> list[UUID]:
        """The families whose card will say something else, those that were here before first."""
        found: dict[UUID, None] = {}
        for person_id in self._changes:
            for state in (self._before.get(person_id), self.persons[person_id]):
                if state is not None and state.family_id is not None:
                    found[state.family_id] = None
        for family_id in (*self._numbers, *self._addresses, *(home for _, home in self._newcomers), *self._founded):
            found[family_id] = None
        return sorted(found, key=lambda family_id: (family_id in self._founded, str(family_id)))

    def _check(self, family_id: UUID) -> None:
        members = self.members(family_id)
        before = [person for person in self._before.values() if person.family_id == family_id]
        if not members:
            return
        rules.check_one_head(person.relation for person in members)
        head = head_of(members)
        former = head_of(before)
        # Two records of one human: who is head is the same, whichever of them says so.
        is_new_head = head != (former and self._merged.get(former, former))
        if any(person.is_spouse_in_name_only for person in members if person.id in self._changes):
            raise NoSpouse
        self._check_adults(members, before, head if is_new_head else None)
        if family_id in self._founded:
            return
        if is_new_head and family_id not in self._numbers:
            raise NumberNeeded
        if not is_new_head and family_id in self._numbers:
            raise NumberNotNeeded
        if is_new_head and not {person.id for person in members} <= self._related:
            raise RelationsMissing

    def _check_adults(self, members: list[Person], before: list[Person], new_head: UUID | None) -> None:
        """A family of children alone that came so from elsewhere may stay; no event may make one."""
        was_looked_after = not before or any(person.is_grown_up(self.on) for person in before)
        if was_looked_after and not any(person.is_grown_up(self.on) for person in members):
            raise NoAdultLeft
        if new_head is not None and not self.persons[new_head].is_grown_up(self.on):
            raise HeadTooYoung
