"""Recording somebody outside their domicile: their data come from the KK in their hand, and nothing is changed.

Law: perpres-96-2018
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.enrolment import services
from dekat.enrolment.biodata import Biodata
from dekat.enrolment.models import Recording
from dekat.enrolment.states import Domicile, Place, Step
from dekat.enrolment.supplement import mark_supplement
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import Doubt, FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate
from dekat.registry import queries as registry

_SAME_PERSON = "dekat/elsewhere/1"


class NikTypedDifferently(DekatError):
    """The NIK was typed twice, and not alike: it has no check digit, so a slip would pass unseen."""

    code = "enrolment.elsewhere.nik_differs"


class FamilyCardNotSeen(DekatError):
    """Out of domicile a resident is recorded with the KK in hand, and the operator has not ticked that it was seen."""

    code = "enrolment.elsewhere.card_not_seen"


class LivesHere(DekatError):
    """The person is in this kecamatan's own extract; they are found by the search and need no KK."""

    code = "enrolment.elsewhere.lives_here"


class NikDoubtful(DekatError):
    """The digits of the NIK say another birth day or sex than the KK; it may be right and wants a second look."""

    code = "enrolment.elsewhere.nik_doubtful"


@dataclass(frozen=True, repr=False)
class FamilyCard:
    """What the operator copied from the resident's KK; it never prints itself.

    Facts: `is_compared` says that the operator held NIK and KK against each other once more after a warning;
    `is_meant_again` that somebody recorded here before shall be recorded once more.
    """

    nik: str
    nik_again: str
    family_card_no: str
    full_name: str
    birth_place: str
    born_on: str
    is_female: bool
    blood_type: str
    religion: str
    marital_status: str
    occupation: str
    citizenship: str
    address: str
    rt: str
    rw: str
    village: str
    kecamatan: str
    regency: str
    province: str
    is_seen: bool
    is_compared: bool = False
    is_meant_again: bool = False


def start_elsewhere(
    *,
    recording_id: UUID,
    card: FamilyCard,
    actor: Actor,
    now: datetime,
    place: Place = Place.COUNTER,
    supplement_of: UUID | None = None,
) -> UUID:
    """Begin the recording of a resident of another kecamatan, or give the one already open for this NIK.

    Refuses: enrolment.elsewhere.nik_differs, enrolment.elsewhere.card_not_seen, enrolment.elsewhere.lives_here,
    enrolment.elsewhere.nik_doubtful, enrolment.already_recorded, enrolment.too_young,
    enrolment.operator_not_competent, kernel.nik.*, kernel.partial_date.impossible.
    Law: perpres-96-2018
    """
    nik = _checked_nik(card, on=localdate(now), kecamatan=actor.kecamatan)
    with transaction.atomic():
        if known := _open_with(nik):
            return known
        started = services.start(
            recording_id=recording_id,
            biodata=_biodata(card, nik, resident_id=_same_for(nik)),
            actor=actor,
            now=now,
            domicile=Domicile.ELSEWHERE,
            place=place,
            asks_first=not (card.is_meant_again or supplement_of),
        )
        Recording.objects.filter(id=started).update(elsewhere=_beyond_biodata(card))
        if supplement_of:
            mark_supplement(recording_id=started, of=supplement_of)
        return started


def _checked_nik(card: FamilyCard, *, on: date, kecamatan: str) -> str:
    nik = Nik.parse(card.nik)
    if nik.text != Nik.parse(card.nik_again).text:
        raise NikTypedDifferently
    FamilyCardNo.parse(card.family_card_no)
    if not card.is_seen:
        raise FamilyCardNotSeen
    if _lives_in(nik.text, kecamatan):
        raise LivesHere
    # Where the number was given out says nothing about where somebody lives: its region is never looked at.
    doubts = nik.doubts(born_on=PartialDate.parse(card.born_on), is_female=card.is_female, today=on)
    if doubts and not card.is_compared:
        raise NikDoubtful(doubt=_DOUBTS[doubts[0]])
    return nik.text


_DOUBTS = {
    Doubt.SEX_DIFFERS: "jenis kelamin lain",
    Doubt.BIRTH_DATE_DIFFERS: "tanggal lahir lain",
    Doubt.REGION_UNKNOWN: "daerah yang tidak dikenal",
}


def _lives_in(nik: str, kecamatan: str) -> bool:
    try:
        return registry.resident_by_nik(nik).kecamatan == kecamatan
    except registry.ResidentUnknown:
        return False


def _same_for(nik: str) -> UUID:
    """The same id for the same person at this station, without keeping the NIK: after the seal only the id is left.

    It is made with this station's private key, so whoever sees the id learns no NIK from it.
    """
    keyed = own_identity().signing_key.sign(context=_SAME_PERSON, message=nik.encode())
    return UUID(bytes=sha256(keyed).digest()[:16], version=5)


def _open_with(nik: str) -> UUID | None:
    rows = Recording.objects.filter(domicile=Domicile.ELSEWHERE).exclude(step__in=[Step.SEALED, Step.DISCARDED])
    return next((row.id for row in rows.order_by("started_at", "id") if row.biodata.get("nik") == nik), None)


def _biodata(card: FamilyCard, nik: str, *, resident_id: UUID) -> Biodata:
    return Biodata(
        resident_id=str(resident_id),
        nik=nik,
        full_name=" ".join(card.full_name.split()).upper(),
        birth_place=card.birth_place,
        born_on=PartialDate.parse(card.born_on).iso,
        sex="Perempuan" if card.is_female else "Laki-laki",
        blood_type=card.blood_type,
        address=card.address,
        rt=card.rt,
        rw=card.rw,
        village=card.village,
        kecamatan=card.kecamatan,
        religion=card.religion,
        marital_status=card.marital_status,
        occupation=card.occupation,
        citizenship=card.citizenship,
    )


def _beyond_biodata(card: FamilyCard) -> Mapping[str, str]:
    return {
        "family_card_no": FamilyCardNo.parse(card.family_card_no).text,
        "regency": card.regency,
        "province": card.province,
    }
