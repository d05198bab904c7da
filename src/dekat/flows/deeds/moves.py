"""Deeds about moves: within the regency, out of it with a letter (SKPWNI), and into it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

from dekat.cases.offered.family_cards import relations_question
from dekat.cases.offered.moves import NEWCOMER, REASONS
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds import people, staying
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.family_cards import members
from dekat.flows.deeds.leaving import ENTERS, Leaving
from dekat.flows.deeds.papers import ended_cards, family_card, family_cards
from dekat.flows.deeds.policy import office_day, policy
from dekat.kernel.errors import DekatError
from dekat.registry import papers
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.life.events import MoveIn, MoveOut, Rehouse
from dekat.registry.life.household import Address
from dekat.registry.life.writing import record_event
from dekat.registry.registering import NewResident
from dekat.registry.states import CertificateKind, ResidentState, Sex
from dekat.registry.views import ResidentView

_ACTS = ("birth_certificate", "marriage_certificate", "divorce_certificate")
_TOLD = tuple(one.key for one in NEWCOMER if one.key != "sex")


class LivesHere(DekatError):
    """Whoever is to arrive is in the register and lives here."""

    code = "flows.deed.lives_here"


class KnownHere(DekatError):
    """Whoever is described as new is in the register."""

    code = "flows.deed.known_here"


class NobodyArrives(DekatError):
    """An arrival names nobody."""

    code = "flows.deed.nobody_arrives"


class MoveWithin(Leaving):
    """A family or a part of it lives elsewhere in the regency: no letter, a KK at once. Law: perpres-96-2018"""

    def movers(self, application: ApplicationCard) -> tuple[ResidentView, ...]:
        head = (application.said("head"),) if application.said("family") == "NEW" else ()
        return members(application, *head, *application.listed("members"))

    def new_home(self, application: ApplicationCard) -> Address | None:
        return None if application.said("family") == "JOIN" else people.address_in(application)

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        return () if _is_whole(application) else super().asks_office(application)

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return () if _is_whole(application) else super().numbers(application)

    def act(self, order: Order) -> tuple[Paper, ...]:
        if not _is_whole(order.application):
            return super().act(order)
        recorded = record_event(
            event=Rehouse(people.own_family(order.application), people.address_in(order.application)),
            application_id=order.application.id,
            actor=order.actor,
            on=office_day(order.now),
            now=order.now,
        )
        return family_cards(recorded)


class Depart(Deed):
    """People leave the regency: a letter for them, a KK for those who stay; the KTP-el is not taken here.

    Law: perpres-96-2018, art. 25
    """

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        try:
            families = staying.left_by(members(application, *application.listed("members")))
        except DekatError:
            return ()
        return staying.questions(families, on=office_day(application.submitted_at), wished=application.said("head"))

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return staying.numbers(application)

    def act(self, order: Order) -> tuple[Paper, ...]:
        on, movers = office_day(order.now), members(order.application, *order.listed("members"))
        families = staying.left_by(movers)
        staying.refuse_children_alone(families, on=on)
        kecamatan = registry.family(people.own_family(order.application)).kecamatan
        # The letter says whose family they leave, so it is written before they left.
        letter = self._letter(order, movers, on, kecamatan)
        event = MoveOut(tuple(one.id for one in movers), staying.successions(order, families))
        recorded = record_event(
            event=event, application_id=order.application.id, actor=order.actor, on=on, now=order.now
        )
        first = Paper(DocumentKind.MOVE_LETTER, f"resident:{movers[0].id}", kecamatan, letter, ended_cards(recorded))
        return (first, *(family_card(family_id) for family_id in recorded.living_families))

    def _letter(self, order: Order, movers: tuple[ResidentView, ...], on: date, kecamatan: str) -> papers.Content:
        numbered = register.register_certificate(
            application_id=order.application.id,
            kind=CertificateKind.MOVE,
            resident_id=movers[0].id,
            region=region_of(kecamatan),
            reported_on=office_day(order.application.submitted_at),
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


class Arrive(Deed):
    """People come with a move letter: some for the first time, some who had left. Law: perpres-96-2018, art. 25"""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """What those who come back are to the head; newcomers said it themselves."""
        try:
            back = _returning(application)
        except DekatError:
            return ()
        label = "Yang kembali, hubungan dengan kepala keluarga"
        return (relations_question(ENTERS, label, staying.options(back)),) if back else ()

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return () if _joins(application) else (staying.new_family_number(people.address_in(application).kecamatan),)

    def act(self, order: Order) -> tuple[Paper, ...]:
        application = order.application
        back, new = _returning(application), tuple(_newcomer(application, row) for row in application.rows("people"))
        if not (back or new):
            raise NobodyArrives
        joins = _joins(application)
        event = MoveIn(
            family_id=people.family(order.said("host_card_no")).id if joins else uuid5(application.id, "family"),
            newcomers=new,
            returning=staying.relations(order, ENTERS, back),
            new_number="" if joins else order.numbers.get("new", ""),
            address=None if joins else people.address_in(application),
        )
        recorded = record_event(
            event=event, application_id=application.id, actor=order.actor, on=office_day(order.now), now=order.now
        )
        return family_cards(recorded)


def region_of(kecamatan: str) -> str:
    """The regency's four digits: `35.11.19` → `3511`."""
    return kecamatan.replace(".", "")[:4]


def _is_whole(application: ApplicationCard) -> bool:
    return application.said("family") == "SAME"


def _joins(application: ApplicationCard) -> bool:
    return application.said("family") == "JOIN"


def _target(order: Order) -> papers.MoveTarget:
    parts = ("address", "rt", "rw", "village", "kecamatan", "regency", "province", "postal_code")
    said = {part: order.said(f"to_{part}") for part in parts}
    return papers.MoveTarget(**{**said, "rt": said["rt"] or "-", "rw": said["rw"] or "-"})


def _returning(application: ApplicationCard) -> list[ResidentView]:
    on = office_day(application.submitted_at)
    found = {one.id: one for one in map(people.anybody, application.listed("members"))}
    for one in found.values():
        if one.state == ResidentState.ACTIVE:
            raise LivesHere(name=people.called(one, on=on))
        if one.state != ResidentState.MOVED:
            raise people.PersonNotHere(name=people.called(one, on=on), state=one.state.label)
    return list(found.values())


def _newcomer(application: ApplicationCard, row: Mapping[str, str]) -> NewResident:
    if _is_known(row["nik"]):
        raise KnownHere(name=row["full_name"])
    described = NewResident(
        id=uuid5(application.id, f"person:{row['nik']}"),
        nik=row["nik"],
        relation=row["relation"],
        full_name=row["full_name"],
        sex=Sex(row["sex"]),
        birth_place=row["birth_place"],
        born_on=row["born_on"],
        previous_address=application.said("from_regency"),
    )
    acts = {f"has_{act}": bool(row.get(f"{act}_no")) for act in _ACTS}
    return replace(described, **{name: row[name] for name in _TOLD if row.get(name)}, **acts)


def _is_known(nik: str) -> bool:
    try:
        people.anybody(nik)
    except people.PersonUnknown:
        return False
    return True
