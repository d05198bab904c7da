"""The deed of an arrival: people who come from elsewhere, and people who had left and come back."""

from collections.abc import Mapping
from uuid import uuid5

from django.utils.timezone import localdate

from dekat.cases.offered.family_cards import relations_question
from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Question
from dekat.flows.deeds import people, staying
from dekat.flows.deeds.addresses import address_in
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.leaving import ENTERS
from dekat.flows.deeds.office import reported_on
from dekat.flows.deeds.papers import family_cards
from dekat.kernel.errors import DekatError
from dekat.registry.life.events import MoveIn
from dekat.registry.life.writing import record_event
from dekat.registry.registering import NewResident
from dekat.registry.states import ResidentState, Sex
from dekat.registry.views import ResidentView

BLOOD_UNKNOWN = "13"


class LivesHere(DekatError):
    """Whoever is to arrive is in the register and lives here."""

    code = "flows.deed.lives_here"


class KnownHere(DekatError):
    """Whoever is described as new is in the register."""

    code = "flows.deed.known_here"


class NobodyArrives(DekatError):
    """An arrival names nobody."""

    code = "flows.deed.nobody_arrives"


class Arrive(Deed):
    """People come with a move letter: some for the first time, some who had left. Law: perpres-96-2018, art. 25"""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """What those who come back are to the head; newcomers said it themselves."""
        try:
            back = _returning(application)
        except DekatError:
            return ()
        help = "Hubungan dengan kepala keluarga pada KK yang dimasuki."
        return (relations_question(ENTERS, "Yang kembali", staying.options(back), help),) if back else ()

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        return () if _joins(application) else (staying.new_family_number(address_in(application).kecamatan),)

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
            address=None if joins else address_in(application),
        )
        recorded = record_event(
            event=event, application_id=application.id, actor=order.actor, on=localdate(order.now), now=order.now
        )
        return family_cards(recorded)


def _joins(application: ApplicationCard) -> bool:
    return application.said("family") == "JOIN"


def _returning(application: ApplicationCard) -> list[ResidentView]:
    on = reported_on(application)
    found = {one.id: one for one in map(people.anybody, application.listed("members"))}
    for one in found.values():
        if one.state == ResidentState.ACTIVE:
            raise LivesHere(name=people.called(one, on=on))
        if one.state != ResidentState.MOVED:
            raise people.PersonNotHere(who=people.called(one, on=on), state=one.state.label)
    return list(found.values())


def _newcomer(application: ApplicationCard, row: Mapping[str, str]) -> NewResident:
    """Somebody as F-1.01 describes them."""
    if people.find(row["nik"]):
        raise KnownHere(name=row["full_name"])

    def said(column: str, otherwise: str = "") -> str:
        return row.get(column) or otherwise

    birth, marriage, divorce = (said(f"{act}_certificate_no") for act in ("birth", "marriage", "divorce"))
    return NewResident(
        id=uuid5(application.id, f"person:{row['nik']}"),
        nik=row["nik"],
        relation=row["relation"],
        full_name=row["full_name"],
        title_before=said("title_before"),
        title_after=said("title_after"),
        sex=Sex(row["sex"]),
        birth_place=row["birth_place"],
        born_on=row["born_on"],
        blood_type=said("blood_type", BLOOD_UNKNOWN),
        religion=row["religion"],
        marital_status=row["marital_status"],
        married_on=said("married_on"),
        divorced_on=said("divorced_on"),
        education=row["education"],
        occupation=row["occupation"],
        disability=said("disability"),
        passport_no=said("passport_no"),
        mother_name=row["mother_name"],
        mother_nik=said("mother_nik"),
        father_name=said("father_name"),
        father_nik=said("father_nik"),
        has_birth_certificate=bool(birth),
        birth_certificate_no=birth,
        has_marriage_certificate=bool(marriage),
        marriage_certificate_no=marriage,
        has_divorce_certificate=bool(divorce),
        divorce_certificate_no=divorce,
        previous_address=application.said("from_regency"),
    )
