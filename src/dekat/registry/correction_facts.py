"""What a correction is about, as a value and as the facts that are kept until another officer confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.registry.life.events import Annulment, Death, Merge
from dekat.registry.life.parts import Succession
from dekat.registry.states import CorrectionKind, Element


@dataclass(frozen=True, repr=False)
class ElementCorrection:
    """One element of somebody was written down wrongly; `value` is a code or its label, a day, or text."""

    resident_id: UUID
    element: Element
    value: str

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset((self.resident_id,))


@dataclass(frozen=True)
class Clearing:
    """Two records that look alike are two people; who was blocked for it is active again."""

    person_ids: tuple[UUID, UUID]

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(self.person_ids)


Correctable = Merge | Clearing | Death | Annulment | ElementCorrection


def kind_of(what: Correctable) -> CorrectionKind:
    """The kind of a correction."""
    match what:
        case Merge():
            return CorrectionKind.MERGE
        case Clearing():
            return CorrectionKind.CLEARING
        case Death():
            return CorrectionKind.DEATH
        case Annulment():
            return CorrectionKind.ANNULMENT
        case ElementCorrection():
            return CorrectionKind.ELEMENT


def written(what: Correctable) -> dict[str, Json]:
    """The facts to keep."""
    match what:
        case Merge():
            return {
                "gone": str(what.gone_id),
                "goes_on": str(what.goes_on_id),
                "takes_place": what.takes_place,
                "successions": {str(family): _succession(one) for family, one in what.successions.items()},
            }
        case Clearing():
            return {"people": [str(one) for one in what.person_ids]}
        case Death():
            spouses: Json = None if what.spouses is None else [str(one) for one in what.spouses]
            succession = _succession(what.succession) if what.succession else None
            return {"person": str(what.person_id), "succession": succession, "spouses": spouses}
        case Annulment():
            married: list[Json] = [str(one) for one in what.still_married]
            home = {"family": str(what.family_id), "relation": str(what.relation)}
            return {"person": str(what.person_id), **home, "still_married": married}
        case ElementCorrection():
            return {"resident": str(what.resident_id), "element": what.element.value, "value": what.value}


def read(kind: CorrectionKind, facts: Mapping[str, object]) -> Correctable:
    """The correction that was kept."""
    match kind:
        case CorrectionKind.MERGE:
            successions = {
                UUID(family): _read_succession(one) for family, one in _mapping(facts["successions"]).items()
            }
            return Merge(_id(facts["gone"]), _id(facts["goes_on"]), facts["takes_place"] is True, successions)
        case CorrectionKind.CLEARING:
            first, second = _ids(facts["people"])
            return Clearing((first, second))
        case CorrectionKind.DEATH:
            succession = _read_succession(facts["succession"]) if facts["succession"] else None
            spouses = None if facts["spouses"] is None else _ids(facts["spouses"])
            return Death(_id(facts["person"]), succession, spouses)
        case CorrectionKind.ANNULMENT:
            married = _ids(facts["still_married"])
            return Annulment(_id(facts["person"]), _id(facts["family"]), str(facts["relation"]), married)
        case CorrectionKind.ELEMENT:
            return ElementCorrection(_id(facts["resident"]), Element(str(facts["element"])), str(facts["value"]))


def _succession(one: Succession) -> dict[str, Json]:
    relations: dict[str, Json] = {str(person): str(relation) for person, relation in one.relations.items()}
    return {"head": str(one.head_id), "family_card_no": one.family_card_no, "relations": relations}


def _read_succession(kept: object) -> Succession:
    facts = _mapping(kept)
    relations = {UUID(person): str(relation) for person, relation in _mapping(facts["relations"]).items()}
    return Succession(_id(facts["head"]), str(facts["family_card_no"]), relations)


def _id(kept: object) -> UUID:
    return UUID(str(kept))


def _ids(kept: object) -> tuple[UUID, ...]:
    return tuple(_id(one) for one in kept) if isinstance(kept, list) else ()


def _mapping(kept: object) -> Mapping[str, object]:
    return kept if isinstance(kept, dict) else {}
