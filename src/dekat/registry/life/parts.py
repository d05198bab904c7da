"""What several life events have in common: whom they name, who becomes head, which family people enter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dekat.registry.life.household import Address, Home, Relation
from dekat.registry.life.plan import Plan


@dataclass(frozen=True)
class Succession:
    """Who becomes head where one leaves, with the number that the national centre gave, and what the others are then.

    Facts: `relations` are for everybody who stays, without the new head.
    """

    head_id: UUID
    family_card_no: str
    relations: Mapping[UUID, str] = field(default_factory=dict)

    def apply(self, plan: Plan, family_id: UUID) -> None:
        """Make the new head, and give the family its number."""
        plan.relate({**self.relations, self.head_id: Relation.HEAD})
        plan.number(family_id, self.family_card_no)


@dataclass(frozen=True)
class Destination:
    """The family that people enter: one that is here, or a new one at an address. `relations` for each who enters."""

    family_id: UUID
    relations: Mapping[UUID, str]
    new_number: str = ""
    address: Address | None = None

    @property
    def known_families(self) -> tuple[UUID, ...]:
        """The family, where it is not a new one."""
        return () if self.address else (self.family_id,)

    def apply(self, plan: Plan) -> None:
        """Found the family where it is new, and let everybody in."""
        if self.address is not None:
            plan.found(Home(self.family_id, self.new_number, self.address))
        for person_id, relation in self.relations.items():
            plan.enter(person_id, self.family_id, relation)


class Named:
    """Whom an event names: nobody and no family, unless it says so."""

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset()

    @property
    def families(self) -> frozenset[UUID]:
        return frozenset()
