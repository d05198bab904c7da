"""The deed of a birth: the child enters the register with its NIK, akta, KK and KIA together.

No court is needed at any age of the child (Constitutional Court 18/PUU-XI/2013).
Law: uu-23-2006 (art. 27, 32, 55), permendagri-109-2019
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.timezone import localdate

from dekat.cases.queries import ApplicationCard
from dekat.cases.questions import Kind, Question
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds.deed import Deed, NumberAsked, Order, Paper
from dekat.flows.deeds.office import day_said, of_resident, region, reported_on
from dekat.flows.deeds.papers import family_card
from dekat.flows.deeds.people import Named, check_witnesses, find, member, named, own_family
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate
from dekat.national.statuses import NumberKind
from dekat.registry import papers
from dekat.registry import queries as registry
from dekat.registry import services as register
from dekat.registry.certificates import BIRTH_REPORTED_WITHIN_DAYS
from dekat.registry.life.events import Birth
from dekat.registry.life.household import Relation
from dekat.registry.life.writing import record_event
from dekat.registry.papers import PHOTO_FROM, UNREGISTERED_MARRIAGE, BirthFacts
from dekat.registry.rules import check_new_name
from dekat.registry.services import NewResident
from dekat.registry.states import CertificateKind, Sex
from dekat.registry.views import ResidentView

NIK = "nik"
_CHILDREN_OF_HEAD = frozenset({Relation.CHILD, Relation.CHILD_IN_LAW})


class ChildKnown(DekatError):
    """A child of this name and birth day is on the family's card already."""

    code = "flows.deed.child_known"


class NoFamily(DekatError):
    """Neither parent lives here, so there is no card that the child could be written on."""

    code = "flows.deed.no_family"


@dataclass(frozen=True, repr=False)
class _Parents:
    """Who the akta names. Facts: `father` None makes it the akta of a mother's child."""

    mother: Named
    father: Named | None

    @property
    def both(self) -> tuple[Named, ...]:
        return (self.mother, self.father) if self.father else (self.mother,)

    def family(self, asked_by: UUID | None) -> UUID:
        """The card that the child is written on: the applicant's, where a parent is on it, else a parent's.

        Refuses: flows.deed.no_family.
        """
        theirs = [one.family_id for one in self.both if one.family_id]
        if not theirs:
            raise NoFamily
        return asked_by if asked_by in theirs else theirs[0]


class RegisterBirth(Deed):
    """A child is born. Twins are two applications: each asks for a NIK of its own."""

    def asks_office(self, application: ApplicationCard) -> tuple[Question, ...]:
        """Reported after sixty days, the head of the office decides; the number of that decision is written down."""
        if not _is_late(application):
            return ()
        text = "Lewat 60 hari: dicatat dengan keputusan Kepala Dinas, tanpa pengadilan."
        return (Question("late_decision", Kind.TEXT, "Nomor keputusan Kepala Dinas", help=text),)

    def numbers(self, application: ApplicationCard) -> tuple[NumberAsked, ...]:
        if _is_on_card(application):
            return ()
        parents = _parents(application)
        home = registry.family(parents.family(application.family_id))
        facts = {
            "kecamatan": home.kecamatan,
            "full_name": application.said("name"),
            "sex": application.said("sex"),
            "born_on": application.said("born_on"),
            "mother_nik": parents.mother.nik,
        }
        return (NumberAsked(NIK, NumberKind.NIK, facts),)

    def act(self, order: Order) -> tuple[Paper, ...]:
        if _is_on_card(order.application):
            check_witnesses(order.application)
            return _certified(_child_on_card(order).id, order)
        parents = _parents(order.application)
        check_witnesses(order.application, *zip(("ibu", "ayah"), (one.nik for one in parents.both), strict=False))
        family_id = parents.family(order.application.family_id)
        child = _child(order, parents, family_id)
        record_event(
            event=Birth(child, family_id),
            application_id=order.application.id,
            actor=order.actor,
            on=localdate(order.now),
            now=order.now,
        )
        akta, *others = _certified(child.id, order)
        return (akta, family_card(family_id), *others)


def _certified(child_id: UUID, order: Order) -> tuple[Paper, ...]:
    """The akta with its number; the KIA with it while it needs no photo."""
    application, today = order.application, localdate(order.now)
    certificate = register.register_certificate(
        application_id=application.id,
        kind=CertificateKind.BIRTH,
        resident_id=child_id,
        region=region(),
        reported_on=reported_on(application),
        registered_on=today,
        actor=order.actor,
        now=order.now,
    )
    child, subject = registry.resident(child_id), of_resident(child_id)
    facts = BirthFacts(certificate.number, int(order.said("child_order")), _note(application))
    content = papers.birth_certificate_content(child_id, facts)
    akta = Paper(DocumentKind.BIRTH_CERTIFICATE, subject, child.kecamatan, content)
    if child.born_on.age_on(today) >= PHOTO_FROM or not child.nik:
        return (akta,)
    card = papers.child_card_content(child_id, on=today)
    return (akta, Paper(DocumentKind.CHILD_CARD, subject, child.kecamatan, card))


def _is_on_card(application: ApplicationCard) -> bool:
    """Whether the child is on a KK already and lacks its akta only."""
    return application.said("is_on_card") == "True"


def _child_on_card(order: Order) -> ResidentView:
    """The child whom the family's card shows already.

    Refuses: flows.deed.person_unknown, flows.deed.person_not_here, flows.deed.not_in_family.
    """
    return member(order.said("child"), own_family(order.application), on=localdate(order.now))


def _parents(application: ApplicationCard) -> _Parents:
    """Without any proof of a marriage the child is its mother's alone.

    Refuses: flows.deed.person_unknown, flows.deed.wrong_sex, flows.deed.named_twice.
    """
    mother = named(application, "mother", "ibu", Sex.FEMALE)
    if application.said("marriage_proof") == "NONE":
        return _Parents(mother, None)
    father = named(application, "father", "ayah", Sex.MALE)
    return _Parents(mother, father)


def _child(order: Order, parents: _Parents, family_id: UUID) -> NewResident:
    application, name = order.application, " ".join(order.said("name").split())
    check_new_name(name)
    born_on = day_said(application, "born_on", today=localdate(order.now))
    child_id = uuid5(application.id, "child")
    for other in registry.members(family_id):
        if other.id != child_id and (other.full_name.upper(), other.born_on.iso) == (name.upper(), born_on):
            raise ChildKnown
    known = next(one.resident for one in parents.both if one.resident)
    return NewResident(
        id=child_id,
        nik=order.numbers[NIK],
        relation=_relation(parents, family_id),
        full_name=name,
        sex=Sex(order.said("sex")),
        birth_place=order.said("birth_place"),
        born_on=born_on,
        religion=known.religion.code,
        father_name=parents.father.name if parents.father else "",
        father_nik=parents.father.nik if parents.father else "",
        mother_name=parents.mother.name,
        mother_nik=parents.mother.nik,
    )


def _relation(parents: _Parents, family_id: UUID) -> str:
    """What the child is to the head of the card, by what its parent is."""
    relations = {one.resident.relation.code for one in parents.both if one.resident and one.family_id == family_id}
    if relations & {Relation.HEAD, Relation.WIFE, Relation.HUSBAND}:
        return Relation.CHILD
    return Relation.GRANDCHILD if relations & _CHILDREN_OF_HEAD else Relation.OTHER_FAMILY


def _is_late(application: ApplicationCard) -> bool:
    known = find(application.said("child")) if _is_on_card(application) else None
    text = application.said("born_on")
    born_on = known.born_on if known else PartialDate.parse(text) if text else None
    if born_on is None:
        return False
    return (reported_on(application) - born_on.birthday(0)).days > BIRTH_REPORTED_WITHIN_DAYS


def _note(application: ApplicationCard) -> str:
    """What stands under the facts of the akta."""
    decision = application.said("late_decision")
    late = f"Dicatat berdasarkan Keputusan Kepala Dinas Nomor {decision}." if decision else ""
    proofs = {application.said("marriage_proof"), application.said("parents_proof")}
    unregistered = UNREGISTERED_MARRIAGE if "SPTJM" in proofs else ""
    return " ".join(note for note in (unregistered, late) if note)
