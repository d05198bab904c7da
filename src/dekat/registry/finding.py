"""Finding anybody in the regency, for the office: people by number or name, families by number, head or address.

What is found is masked; nothing here opens a record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from dekat.areas.queries import places
from dekat.kernel.nik import mask
from dekat.registry.models import HEAD, Family, FamilyCardVersion, Resident
from dekat.registry.reading import resident_views
from dekat.registry.views import MaskedResident, ResidentView, masked

_NUMBER_DIGITS = 16
# Shorter words stand in nearly every address.
_LEAST_ADDRESS = 4


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who may be meant, masked."""

    person: MaskedResident
    kecamatan_name: str


@dataclass(frozen=True)
class FoundFamily:
    """A family that may be meant; its head as `masked` writes people."""

    id: UUID
    family_card_no: str
    head_name: str
    village_name: str
    kecamatan_name: str
    member_count: int


def find_people(text: str, *, on: date, limit: int = 12) -> list[FoundPerson]:
    """Whom a NIK, a nomor KK or a name in whatever spelling may mean, in the whole regency, the likeliest first."""
    # Numpy and rapidfuzz come with the first search.
    from dekat.registry import search

    ids = search.matching_ids(text, search.WHOLE_REGENCY, limit)
    views = {view.id: view for view in resident_views(Resident.objects.filter(id__in=ids))}
    return [FoundPerson(masked(views[one], on=on), views[one].kecamatan_name) for one in ids if one in views]


def find_families(text: str, *, people: Sequence[FoundPerson], on: date, limit: int = 6) -> list[FoundFamily]:
    """The families that a nomor KK (also a former one), a head's name or an address may mean.

    Facts: `people` are those found for the same text: a head among them stands for the family.
    """
    digits = text.replace(" ", "").replace(".", "")
    if len(digits) == _NUMBER_DIGITS and digits.isascii() and digits.isdigit():
        former = FamilyCardVersion.objects.filter(family_card_no=digits).values_list("family_id", flat=True)
        return _families(Q(family_card_no=digits) | Q(id__in=list(former)), on, limit)
    heads = Resident.objects.filter(id__in=[one.person.id for one in people], relation=HEAD, family__isnull=False)
    by_head = dict(heads.order_by("id").values_list("id", "family_id"))
    families = [by_head[one.person.id] for one in people if one.person.id in by_head]
    found = _families(Q(id__in=families[:limit]), on, limit)
    found.sort(key=lambda one: families.index(one.id))
    if len(found) < limit and len(text) >= _LEAST_ADDRESS:
        by_address = _families(Q(address__icontains=text) & ~Q(id__in=families), on, limit - len(found))
        return [*found, *by_address]
    return found


def _families(condition: Q, on: date, limit: int) -> list[FoundFamily]:
    rows = list(Family.objects.filter(condition).order_by("family_card_no")[:limit])
    homes = places(row.village for row in rows)
    members = resident_views(Resident.objects.filter(family_id__in=[row.id for row in rows]).order_by("position", "id"))
    return [
        FoundFamily(
            id=row.id,
            family_card_no=mask(row.family_card_no),
            head_name=_head_name((one for one in members if one.family_id == row.id and one.relation.code == HEAD), on),
            village_name=homes[row.village].village if row.village in homes else "",
            kecamatan_name=homes[row.village].kecamatan if row.village in homes else "",
            member_count=sum(1 for one in members if one.family_id == row.id),
        )
        for row in rows
    ]


def _head_name(heads: Iterable[ResidentView], on: date) -> str:
    return next((masked(head, on=on).name for head in heads), "")
