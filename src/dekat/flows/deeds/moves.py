"""Deeds about moves: within the regency, and out of it with a letter (SKPWNI). Arrivals: `arrivals`."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.timezone import localdate

from dekat.cases.offered.moves import REASONS
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds import people, staying
from dekat.flows.deeds.addresses import address_in
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.leaving import Leaving
from dekat.flows.deeds.office import of_resident, region, reported_on
from dekat.flows.deeds.papers import ended_cards, family_card, family_cards
from dekat.flows.deeds.policy import policy
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.registry import papers
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.life.events import MoveOut, Rehouse
from dekat.registry.life.household import Address
from dekat.registry.life.writing import record_event
from dekat.registry.states import CertificateKind
from dekat.registry.views import ResidentView


class MoveWithin(Leaving):
    """A family or a part of it lives elsewhere in the regency: no letter, a KK at once. Law: perpres-96-2018"""

    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        head = (application.said("head"),) if application.said("family") == "NEW" else ()
        return people.members(application, *head, *application.listed("members"))

    def new_home(self, application: ApplicationCard) -> Address | None:
        return None if application.said("family") == "JOIN" else address_in(application)

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        return () if _is_whole(application) else super().asks_office(application)

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return () if _is_whole(application) else super().numbers(application)

    def act(self, order: Order) -> tuple[Paper, ...]:
        if not _is_whole(order.application):
            return super().act(order)
        recorded = record_event(
            event=Rehouse(people.own_family(order.application), address_in(order.application)),
            application_id=order.application.id,
            actor=order.actor,
            on=localdate(order.now),
            now=order.now,
        )
        return family_cards(recorded)


class Depart(Deed):
    """People leave the regency: a letter for them, a KK for those who stay; the KTP-el is not taken here.

    Law: perpres-96-2018, art. 25
    """

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        try:
            families = staying.left_by(people.members(application, *application.listed("members")))
        except DekatError:
            return ()
        return staying.questions(families, on=reported_on(application), wished=application.said("head"))

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return staying.numbers(application)

    def act(self, order: Order) -> tuple[Paper, ...]:
        on, movers = localdate(order.now), people.members(order.application, *order.listed("members"))
        families = staying.left_by(movers)
        staying.refuse_children_alone(families, on=on)
        kecamatan = registry.family(people.own_family(order.application)).kecamatan
        # The letter says whose family they leave, so it is written before they left.
        letter = self._letter(order, movers, on, kecamatan)
        event = MoveOut(tuple(one.id for one in movers), staying.successions(order, families))
        recorded = record_event(
            event=event, application_id=order.application.id, actor=order.actor, on=on, now=order.now
        )
        first = Paper(DocumentKind.MOVE_LETTER, of_resident(movers[0].id), kecamatan, letter, ended_cards(recorded))
        return (first, *(family_card(family_id) for family_id in recorded.living_families))

    def _letter(self, order: Order, movers: tuple[ResidentView, ...], on: date, kecamatan: str) -> Mapping[str, Json]:
        numbered = register.register_certificate(
            application_id=order.application.id,
            kind=CertificateKind.MOVE,
            resident_id=movers[0].id,
            region=region(),
            reported_on=reported_on(order.application),
            registered_on=on,
            actor=order.actor,
            now=order.now,
        )
        facts = papers.MoveFacts(
            number=numbered.number,
            applicant_id=order.application.resident_id or movers[0].id,
            target=_target(order),
            reason=dict(REASONS)[order.said("why")],
            leaves_on=date.fromisoformat(order.said("leaves_on")),
            valid_until=on + timedelta(days=policy().move_letter_days),
        )
        return papers.move_letter_content([one.id for one in movers], facts)


def _is_whole(application: ApplicationCard) -> bool:
    return application.said("family") == "SAME"


def _target(order: Order) -> papers.MoveTarget:
    parts = ("address", "rt", "rw", "village", "kecamatan", "regency", "province", "postal_code")
    said = {part: order.said(f"to_{part}") for part in parts}
    return papers.MoveTarget(**{**said, "rt": said["rt"] or "-", "rw": said["rw"] or "-"})
