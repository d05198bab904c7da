"""Commands: put families and their members into the register, one or very many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas.queries import village as area_of
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import FamilyCardNo, Nik
from dekat.kernel.partial_date import PartialDate
from dekat.ledger.services import record
from dekat.registry import bulk, rules
from dekat.registry.models import Family, Resident
from dekat.registry.revisions import next_revision
from dekat.registry.states import ResidentState, Sex, VersionReason
from dekat.registry.versions import write_current

# SQLite takes at most 32,766 values in one statement; the ids of a chunk must fit.
_CHUNK_FAMILIES = 2000


class FamilyCardNoTaken(DekatError):
    """Another family has this nomor KK."""

    code = "registry.family.card_no_taken"


class NikTaken(DekatError):
    """Another person has this NIK."""

    code = "registry.resident.nik_taken"


@dataclass(frozen=True, repr=False)
class NewResident:
    """A person as the national register knows them; coded values are codes, days ISO text."""

    id: UUID
    nik: str | None
    relation: str
    full_name: str
    sex: Sex
    birth_place: str
    born_on: str
    blood_type: str = "13"
    religion: str = "1"
    marital_status: str = "1"
    married_on: str = ""
    divorced_on: str = ""
    education: str = "1"
    occupation: str = "1"
    disability: str = ""
    citizenship: str = "WNI"
    title_before: str = ""
    title_after: str = ""
    passport_no: str = ""
    kitap_no: str = ""
    father_name: str = ""
    father_nik: str = ""
    mother_name: str = ""
    mother_nik: str = ""
    has_birth_certificate: bool = False
    birth_certificate_no: str = ""
    has_marriage_certificate: bool = False
    marriage_certificate_no: str = ""
    has_divorce_certificate: bool = False
    divorce_certificate_no: str = ""
    previous_address: str = ""
    protected_note: str = ""


@dataclass(frozen=True, repr=False)
class NewFamily:
    """A family with its members in the order of its card."""

    id: UUID
    family_card_no: str
    address: str
    rt: str
    rw: str
    village: str
    members: tuple[NewResident, ...]
    hamlet: str = ""
    postal_code: str = ""

    @property
    def kecamatan(self) -> str:
        return self.village[:8]


FAMILY_COLUMNS = (
    "id", "family_card_no", "address", "rt", "rw", "hamlet", "village", "kecamatan", "postal_code",
    "version_no", "version_from", "version_reason", "version_cause", "revision",
)  # fmt: skip
PERSON_COLUMNS = tuple(NewResident.__dataclass_fields__)
RESIDENT_COLUMNS = (*PERSON_COLUMNS, "family", "position", "state", "row_digest", "revision")


def register_family(*, new: NewFamily, actor: Actor, now: datetime) -> UUID:
    """Put one family into the register, with the first version of its card.

    Again: the same family id changes nothing.
    Refuses: registry.family.card_no_taken, registry.family.head_missing, registry.family.second_head,
    registry.resident.nik_taken, areas.area.unknown, and what `kernel.nik` refuses.
    """
    check(new)
    area_of(new.village)
    with transaction.atomic():
        if Family.objects.filter(id=new.id).exists():
            return new.id
        _refuse_taken_numbers(new)
        _write([new], revision=next_revision(), now=now)
        write_current(new.id, change_id=None, now=now)
        record(
            name="registry.family.registered",
            subject=f"family:{new.id}",
            actor=actor.label,
            data={"kecamatan": new.kecamatan, "members": [str(person.id) for person in new.members]},
            now=now,
        )
        return new.id


def register_families(*, new: Iterable[NewFamily], actor: Actor, now: datetime) -> int:
    """Put many families into the register (seeds, first loads); give how many people were added.

    Facts: one event for each two thousand families; the first version of a card is written when it first changes.
    Again: families whose id is held already are skipped.
    Refuses: what `register_family` refuses, without the questions to the database (constraints answer them).
    """
    added, families = 0, iter(new)
    while chunk := list(islice(families, _CHUNK_FAMILIES)):
        with transaction.atomic():
            known = set(Family.objects.filter(id__in=[f.id for f in chunk]).values_list("id", flat=True))
            fresh = [family for family in chunk if family.id not in known]
            for family in fresh:
                check(family)
            if not fresh:
                continue
            count = _write(fresh, revision=next_revision(), now=now)
            added += count
            record(
                name="registry.families.registered",
                subject=f"node:{actor.node}",
                actor=actor.label,
                data={"families": len(fresh), "residents": count},
                now=now,
            )
    return added


def check(new: NewFamily) -> None:
    """Say nothing when the family could exist.

    Refuses: registry.family.head_missing, registry.family.second_head, and what `kernel.nik` and days refuse.
    """
    FamilyCardNo.parse(new.family_card_no)
    rules.check_one_head(person.relation for person in new.members)
    for person in new.members:
        check_person(person)


def check_person(new: NewResident) -> None:
    """Say nothing when the person could exist.

    Refuses: what `kernel.nik` and days refuse.
    """
    if new.nik is not None:
        Nik.parse(new.nik)
    PartialDate.parse(new.born_on)


def _refuse_taken_numbers(new: NewFamily) -> None:
    if Family.objects.filter(family_card_no=new.family_card_no).exists():
        raise FamilyCardNoTaken
    niks = [person.nik for person in new.members if person.nik]
    if len(set(niks)) < len(niks) or Resident.objects.filter(nik__in=niks).exists():
        raise NikTaken


def _write(families: list[NewFamily], *, revision: int, now: datetime) -> int:
    reason = VersionReason.REGISTERED
    rows = [family_row(family, cause=None, revision=revision, now=now, reason=reason) for family in families]
    bulk.insert(Family, FAMILY_COLUMNS, rows)
    people = list(_member_rows(families, revision))
    bulk.insert(Resident, RESIDENT_COLUMNS, people)
    return len(people)


def family_row(
    family: NewFamily, *, cause: UUID | None, revision: int, now: datetime, reason: VersionReason
) -> bulk.Row:
    """The family as a row of `FAMILY_COLUMNS`."""
    return (
        family.id, family.family_card_no, family.address, family.rt, family.rw, family.hamlet, family.village,
        family.kecamatan, family.postal_code, 1, now, str(reason), cause, revision,
    )  # fmt: skip


def person_row(person: NewResident, *, family_id: UUID, position: int, digest: bytes, revision: int) -> bulk.Row:
    """The person as a row of `RESIDENT_COLUMNS`."""
    values = [getattr(person, column) for column in PERSON_COLUMNS]
    return (*values, family_id, position, str(ResidentState.ACTIVE), digest, revision)


def _member_rows(families: list[NewFamily], revision: int) -> Iterator[bulk.Row]:
    for family in families:
        for position, person in enumerate(family.members, 1):
            yield person_row(person, family_id=family.id, position=position, digest=b"", revision=revision)
