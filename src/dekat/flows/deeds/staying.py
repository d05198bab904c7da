"""The families that people leave: who stays, who becomes head there, and that no child stays alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dekat.cases.offered.family_cards import relations_question
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.flows.deeds import people
from dekat.flows.deeds.deed import NumberAsked, Order
from dekat.kernel.errors import DekatError
from dekat.national.statuses import NumberKind
from dekat.registry import queries as registry
from dekat.registry import rules
from dekat.registry.life.household import Relation
from dekat.registry.life.parts import Succession
from dekat.registry.life.refusals import RelationsMissing
from dekat.registry.views import ResidentView

_KEY = "stays-"


class ChildrenAlone(DekatError):
    """Children would stay in their family without a grown-up."""

    code = "flows.deed.children_alone"


@dataclass(frozen=True)
class Left:
    """A family that people leave. Facts: `going` and `staying` together are all its members."""

    family_id: UUID
    going: tuple[ResidentView, ...]
    staying: tuple[ResidentView, ...]

    @property
    def needs_head(self) -> bool:
        """Whether the head leaves others behind."""
        return bool(self.staying) and any(one.relation.code == Relation.HEAD for one in self.going)


def left_by(movers: Iterable[ResidentView]) -> list[Left]:
    """The families of those who go."""
    going = {one.id for one in movers}
    families = {one.family_id: None for one in movers if one.family_id}
    found = []
    for family_id in families:
        members = registry.members(family_id)
        split = [tuple(one for one in members if (one.id in going) is goes) for goes in (True, False)]
        found.append(Left(family_id, *split))
    return found


def refuse_children_alone(families: Iterable[Left], *, on: date) -> None:
    """Say nothing when no child stays without a grown-up; a family of children alone may stay what it was.

    Refuses: flows.deed.children_alone.
    Law: perpres-96-2018
    """
    for left in families:
        had_grown_up = people.has_grown_up(left.going, on=on)
        if left.staying and had_grown_up and not people.has_grown_up(left.staying, on=on):
            raise ChildrenAlone(who=", ".join(people.called(one, on=on) for one in left.staying))


def options(persons: Iterable[ResidentView]) -> tuple[tuple[str, str], ...]:
    """People as a question offers them."""
    return tuple((str(one.id), one.printed_name) for one in persons)


def questions(families: Iterable[Left], *, on: date, wished: str = "") -> tuple[Question, ...]:
    """For each family whose head leaves: what everybody who stays is then; whoever is marked as head becomes it.

    Facts: `wished` is the NIK of the head whom the applicant named; where children would stay alone nothing is asked.
    """
    found = []
    for left in families:
        if left.needs_head and people.has_grown_up(left.staying, on=on):
            names = [one.printed_name for one in left.staying if one.nik and one.nik == wished]
            said = f" Pemohon menyebut {names[0]}." if names else ""
            help = f"Kepala keluarga ikut keluar. Pilih satu yang tinggal sebagai kepala keluarga.{said}"
            found.append(relations_question(f"{_KEY}{left.family_id}", "Yang tinggal", options(left.staying), help))
    return tuple(found)


def numbers(application: ApplicationCard) -> tuple[NumberAsked, ...]:
    """A nomor KK for each family that gets a new head, by what the office decided."""
    families = [UUID(key.removeprefix(_KEY)) for key in application.decision if key.startswith(_KEY)]
    return tuple(number_for(family_id) for family_id in families)


def number_for(family_id: UUID) -> NumberAsked:
    """The new nomor KK of a family that is here."""
    facts = {"kecamatan": registry.family(family_id).kecamatan}
    return NumberAsked(f"family:{family_id}", NumberKind.FAMILY_CARD, facts)


def new_family_number(kecamatan: str) -> NumberAsked:
    """The nomor KK of a family that begins."""
    return NumberAsked("new", NumberKind.FAMILY_CARD, {"kecamatan": kecamatan})


def successions(order: Order, families: Iterable[Left]) -> dict[UUID, Succession]:
    """Who follows the heads who leave.

    Refuses: registry.family.head_missing, registry.family.second_head, registry.life.relations_missing.
    """
    return {left.family_id: _succession(order, left) for left in families if left.needs_head}


def _succession(order: Order, left: Left) -> Succession:
    said = relations(order, f"{_KEY}{left.family_id}", left.staying)
    rules.check_one_head(said.values())
    head_id = next(one for one, relation in said.items() if relation == Relation.HEAD)
    others = {one: relation for one, relation in said.items() if one != head_id}
    return Succession(head_id, order.numbers.get(f"family:{left.family_id}", ""), others)


def relations(order: Order, key: str, persons: Sequence[ResidentView]) -> dict[UUID, str]:
    """What the office said that each of these people is to the head.

    Refuses: registry.life.relations_missing: the family is another than when the office decided.
    """
    said = order.mapped(key)
    if any(str(one.id) not in said for one in persons):
        raise RelationsMissing
    return {one.id: said[str(one.id)] for one in persons}
