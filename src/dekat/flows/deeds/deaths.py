"""The deed of a death: off the card, the spouse widowed, akta and KK; with a dead head another and a new nomor KK.

Law: uu-23-2006 (art. 44), permendagri-109-2019
"""

from uuid import UUID

from django.utils.timezone import localdate

from dekat.cards.services import leave_queue
from dekat.cases.offered.family_cards import relations_question
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Kind, Question
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.office import day_said, of_resident, region, reported_on, withdraw
from dekat.flows.deeds.papers import family_card
from dekat.flows.deeds.people import Named, PersonNotHere, anybody, called, check_witnesses, find, named
from dekat.kernel.errors import DekatError
from dekat.national.statuses import NumberKind
from dekat.registry import papers
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.life.events import Death
from dekat.registry.life.household import GROWN_UP_FROM, Relation
from dekat.registry.life.parts import Succession
from dekat.registry.life.writing import record_event
from dekat.registry.papers import DeathFacts
from dekat.registry.states import CertificateKind
from dekat.registry.views import ResidentView

FAMILY_CARD_NO = "family_card_no"
_CARD_ANSWERS = (
    ("WITHDRAWN", "Sudah ditarik"), ("LOST", "Tidak ditemukan, ada pernyataan"), ("NONE", "Belum pernah punya"),
)  # fmt: skip


class SuccessorMissing(DekatError):
    """Who becomes head of the family was not said, or two were named."""

    code = "flows.deed.successor_missing"


class RegisterDeath(Deed):
    """Somebody of this register died."""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """What became of the KTP-el; where the head died, what everybody who stays is to the new head."""
        gone = find(application.said("person"))
        if gone is None:
            return ()
        asked: list[Question] = []
        if gone.born_on.age_on(localdate(application.steps[-1].at)) >= GROWN_UP_FROM:
            asked.append(Question("card_withdrawn", Kind.CHOICE, "KTP-el almarhum", options=_CARD_ANSWERS))
        if stay := _left_without_head(gone):
            people = tuple((str(one.id), one.printed_name) for one in stay)
            asked.append(relations_question("relations", "Hubungan dengan kepala keluarga yang baru", people))
        return tuple(asked)

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        gone = find(application.said("person"))
        if gone is None or not _left_without_head(gone):
            return ()
        facts = {"kecamatan": gone.kecamatan, "recorded_on": reported_on(application).isoformat()}
        return (NumberAsked(FAMILY_CARD_NO, NumberKind.FAMILY_CARD, facts),)

    def act(self, order: Order) -> tuple[Paper, ...]:
        application, gone = order.application, _gone(order.application)
        today = localdate(order.now)
        died_on = day_said(application, "died_on", today=today, born_on=gone.born_on)
        check_witnesses(application, ("almarhum", gone.nik))
        spouse = named(application, "spouse", "pasangan") if application.said("spouse") else None
        succession = _succession(order, gone)
        certificate = register.register_certificate(
            application_id=application.id,
            kind=CertificateKind.DEATH,
            resident_id=gone.id,
            region=region(),
            reported_on=reported_on(application),
            registered_on=today,
            actor=order.actor,
            now=order.now,
        )
        facts = DeathFacts(certificate.number, died_on, order.said("death_place"), spouse.name if spouse else "")
        # Once the death is written, the family tells of no spouse any more.
        akta = papers.death_certificate_content(gone.id, facts)
        recorded = record_event(
            event=Death(gone.id, succession, _elsewhere(spouse)),
            application_id=application.id,
            actor=order.actor,
            on=today,
            now=order.now,
        )
        _end_papers(order, gone, recorded.living_families)
        paper = Paper(DocumentKind.DEATH_CERTIFICATE, of_resident(gone.id), gone.kecamatan, akta)
        return (paper, *(family_card(family_id) for family_id in recorded.living_families))


def _gone(application: ApplicationCard) -> ResidentView:
    """Who died, still among the living of the register.

    Refuses: flows.deed.person_unknown, flows.deed.person_not_here.
    """
    gone = anybody(application.said("person"))
    if gone.family_id is None:
        raise PersonNotHere(who=called(gone, on=reported_on(application)), state=str(gone.state.label))
    return gone


def _left_without_head(gone: ResidentView) -> list[ResidentView]:
    """Who stays in a family whose head died; nobody where another is head, or where the head was the last."""
    if gone.family_id is None or gone.relation.code != Relation.HEAD:
        return []
    return [one for one in registry.members(gone.family_id) if one.id != gone.id]


def _succession(order: Order, gone: ResidentView) -> Succession | None:
    stay = _left_without_head(gone)
    if not stay:
        return None
    relations = {UUID(key): code for key, code in order.mapped("relations").items()}
    heads = [one.id for one in stay if relations.get(one.id) == Relation.HEAD]
    if len(heads) != 1:
        raise SuccessorMissing
    others = {person_id: code for person_id, code in relations.items() if person_id != heads[0]}
    return Succession(heads[0], order.numbers[FAMILY_CARD_NO], others)


def _elsewhere(spouse: Named | None) -> tuple[UUID, ...] | None:
    """The spouse on another card; None lets the family tell."""
    return spouse.id_here if spouse else None


def _end_papers(order: Order, gone: ResidentView, living_families: tuple[UUID, ...]) -> None:
    """No card is printed for the dead, the KIA of a child ends, and the KK of a family that is no more."""
    leave_queue(resident_id=gone.id, actor=order.actor, now=order.now)
    withdraw(DocumentKind.CHILD_CARD, of_resident(gone.id), order)
    if gone.family_id not in living_families:
        withdraw(DocumentKind.FAMILY_CARD, f"family:{gone.family_id}", order)
