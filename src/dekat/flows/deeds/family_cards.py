"""Deeds about a Kartu Keluarga."""

from uuid import UUID

from django.utils.timezone import localdate

from dekat.cases.offered.family_cards import relations_question
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.flows.deeds import people, staying
from dekat.flows.deeds.addresses import address_in, address_of
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.leaving import Leaving
from dekat.flows.deeds.office import reported_on
from dekat.flows.deeds.papers import family_card, family_cards
from dekat.kernel.errors import DekatError
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.life.events import HeadChange
from dekat.registry.life.household import Address, Relation
from dekat.registry.life.parts import Succession
from dekat.registry.life.writing import record_event
from dekat.registry.states import Element
from dekat.registry.views import ResidentView


class HeadAlready(DekatError):
    """Whoever is to become head is head already."""

    code = "flows.deed.head_already"


class ChangeElement(Deed):
    """One element of one member changes. Law: permendagri-109-2019"""

    def act(self, order: Order) -> tuple[Paper, ...]:
        resident_id, family_id = _owner(order)
        register.change_element(
            application_id=order.application.id,
            resident_id=resident_id,
            element=Element(order.said("element")),
            value=order.said("new_value"),
            actor=order.actor,
            now=order.now,
        )
        return (family_card(family_id),)


class Replace(Deed):
    """A lost or damaged KK is issued anew; nothing else changes."""

    def act(self, order: Order) -> tuple[Paper, ...]:
        return (family_card(_owner(order)[1]),)


class Found(Leaving):
    """A new family begins, of people of one or several KK of this regency (membentuk keluarga baru)."""

    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        on, own = reported_on(application), people.own_family(application)
        numbers = (application.said("head"), *application.listed("members"))
        found = people.with_the_unnumbered(people.living(nik, on=on) for nik in numbers)
        if not any(one.family_id == own for one in found):
            raise people.NotInFamily(who=people.called(found[0], on=on))
        return found

    def new_home(self, application: ApplicationCard) -> Address | None:
        if application.said("is_elsewhere") == "True":
            return address_in(application)
        return address_of(registry.family(people.own_family(application)))


class Split(Leaving):
    """Some members make a KK of their own at the same address (pisah KK)."""

    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        return people.members(application, application.said("head"), *application.listed("members"))

    def new_home(self, application: ApplicationCard) -> Address | None:
        return address_of(registry.family(people.own_family(application)))


class Join(Leaving):
    """Members go over to the KK of another family (menumpang)."""

    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        return people.members(application, *application.listed("members"))

    def new_home(self, application: ApplicationCard) -> Address | None:
        return None


class NewHead(Deed):
    """Another member becomes head; only this gives the family a new number. Law: permendagri-109-2019"""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        try:
            head, others = _head_and_others(application)
        except DekatError:
            return ()
        help = f"Hubungan dengan kepala keluarga yang baru, {head.printed_name}."
        return (relations_question("relations", "Anggota", staying.options(others), help),) if others else ()

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return (staying.number_for(people.own_family(application)),)

    def act(self, order: Order) -> tuple[Paper, ...]:
        family_id, (head, others) = people.own_family(order.application), _head_and_others(order.application)
        people.refuse_child_as_head(head, on=localdate(order.now))
        number = order.numbers.get(f"family:{family_id}", "")
        succession = Succession(head.id, number, staying.relations(order, "relations", others))
        recorded = record_event(
            event=HeadChange(family_id, succession),
            application_id=order.application.id,
            actor=order.actor,
            on=localdate(order.now),
            now=order.now,
        )
        return family_cards(recorded)


def _head_and_others(application: ApplicationCard) -> tuple[ResidentView, list[ResidentView]]:
    own, on = people.own_family(application), reported_on(application)
    head = people.member(application.said("head"), own, on=on)
    if head.relation.code == Relation.HEAD:
        raise HeadAlready(name=people.called(head, on=on))
    return head, [one for one in registry.members(own) if one.id != head.id]


def _owner(order: Order) -> tuple[UUID, UUID]:
    application = order.application
    if application.resident_id is None or application.family_id is None:
        raise registry.ResidentUnknown
    return application.resident_id, application.family_id
