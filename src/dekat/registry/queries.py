"""Questions to the register."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from dekat.areas.queries import is_known_region
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.nik import Doubt, Nik
from dekat.registry import content
from dekat.registry.code_lists import Coded, code_table
from dekat.registry.content import contents
from dekat.registry.models import ElementChange, Extract, Family, FamilyCardVersion, Resident
from dekat.registry.progress import extract_progress
from dekat.registry.reading import family_views, resident_views
from dekat.registry.states import ListName, ResidentState, Sex, VersionReason
from dekat.registry.views import CardVersion, FamilyView, MaskedResident, ResidentView, masked

__all__ = ["FamilyUnknown", "ResidentUnknown", "extract_progress", "masked"]


class ResidentUnknown(DekatError):
    """Nobody here has this id or number."""

    code = "registry.resident.unknown"


class FamilyUnknown(DekatError):
    """No family here has this id or number."""

    code = "registry.family.unknown"


def resident(resident_id: UUID) -> ResidentView:
    """A resident in full; the face asks for a purpose first.

    Refuses: registry.resident.unknown.
    """
    return _one_resident(id=resident_id)


def resident_by_nik(nik: str) -> ResidentView:
    """A resident by the sixteen digits of their NIK.

    Refuses: registry.resident.unknown.
    """
    return _one_resident(nik=nik)


def nik_doubts(resident: ResidentView, *, today: date) -> tuple[Doubt, ...]:
    """What looks odd in a resident's NIK beside the register; to be shown, never to refuse anybody."""
    if not resident.nik:
        return ()
    nik = Nik.parse(resident.nik)
    found = nik.doubts(born_on=resident.born_on, is_female=resident.sex is Sex.FEMALE, today=today)
    return found if is_known_region(nik.region) else (*found, Doubt.REGION_UNKNOWN)


def masked_resident(resident_id: UUID, *, on: date) -> MaskedResident | None:
    """What a desk may see of a resident; None when this machine holds nobody of the id (recorded out of domicile)."""
    found = resident_views(Resident.objects.filter(id=resident_id))
    return masked(found[0], on=on) if found else None


def is_known(resident_id: UUID) -> bool:
    """Whether somebody in the register has this id."""
    return Resident.objects.filter(id=resident_id).exists()


def goes_on_as(resident_id: UUID) -> UUID:
    """The record by which somebody is known now: another one when this was merged, perhaps more than once."""
    while into := Resident.objects.filter(id=resident_id).values_list("merged_into", flat=True).first():
        resident_id = into
    return resident_id


def records_of(resident_id: UUID) -> list[UUID]:
    """Somebody's own record and every one that was merged into it: documents, cards and recordings may name any."""
    found, open_ones = [resident_id], [resident_id]
    while open_ones:
        open_ones = list(Resident.objects.filter(merged_into__in=open_ones).order_by("id").values_list("id", flat=True))
        found += open_ones
    return found


def biodata_words(resident_id: UUID) -> dict[str, str]:
    """What a KTP-el says of a resident besides NIK and name, in capitals; the marital status in its four values.

    Refuses: registry.resident.unknown.
    """
    row = Resident.objects.select_related("family").filter(id=resident_id).first()
    if row is None:
        raise ResidentUnknown
    return content.biodata_words(row)


def family(family_id: UUID) -> FamilyView:
    """A family with its address and head.

    Refuses: registry.family.unknown.
    """
    return _one_family(id=family_id)


def family_by_card_no(family_card_no: str) -> FamilyView:
    """A family by its present nomor KK.

    Refuses: registry.family.unknown.
    """
    return _one_family(family_card_no=family_card_no)


def members(family_id: UUID) -> list[ResidentView]:
    """The members of a family in the order of its card."""
    return resident_views(Resident.objects.filter(family_id=family_id).order_by("position", "born_on", "id"))


def children_of(mother_nik: str) -> list[ResidentView]:
    """Whom the register names as children of the woman with this NIK, the oldest first."""
    ids = Resident.objects.filter(mother_nik=mother_nik).order_by("born_on", "id").values_list("id", flat=True)
    return [resident(one) for one in ids] if mother_nik else []


def family_card_content(family_id: UUID) -> Mapping[str, Json]:
    """What the family's card says now, as text ready to print; the caller adds `issued_on` and `official`.

    Refuses: registry.family.unknown.
    """
    found = contents([family_id])
    if family_id not in found:
        raise FamilyUnknown
    return found[family_id]


def card_versions(family_id: UUID) -> list[CardVersion]:
    """What the family's card said through time, the first version first; the last has no end.

    Refuses: registry.family.unknown.
    """
    versions = [version_view(row) for row in FamilyCardVersion.objects.filter(family_id=family_id).order_by("number")]
    row = Family.objects.filter(id=family_id).first()
    if row is None:
        raise FamilyUnknown
    if not versions or versions[-1].number < row.version_no:
        versions.append(_unwritten(row))
    return versions


def version_view(row: FamilyCardVersion) -> CardVersion:
    """A kept version as a value."""
    return CardVersion(
        family_id=row.family_id,
        number=row.number,
        family_card_no=row.family_card_no,
        reason=VersionReason(row.reason),
        content=json.loads(row.content),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def changes(resident_id: UUID) -> list[tuple[str, str, str, datetime]]:
    """The changed elements of a resident: element, before, after, when; the oldest first."""
    rows = ElementChange.objects.filter(resident_id=resident_id).order_by("changed_at", "id")
    return list(rows.values_list("element", "before", "after", "changed_at"))


def find(text: str, kecamatan: str, *, on: date, limit: int = 20) -> list[MaskedResident]:
    """The residents of one kecamatan whom a NIK, a nomor KK or a name may mean, the likeliest first, masked.

    Facts: sixteen digits are a number and must fit exactly; anything else is a name in whatever spelling.
    """
    # Numpy and rapidfuzz come with the first search: a station at rest does without their 14 MB.
    from dekat.registry import search

    ids = search.matching_ids(text, kecamatan, limit)
    # The search stays inside the kecamatan; asking again here would have SQLite read all its families.
    rows = Resident.objects.filter(id__in=ids)
    by_id = {view.id: view for view in resident_views(rows)}
    return [masked(by_id[found], on=on) for found in ids if found in by_id]


def resident_count(kecamatan: str = "") -> int:
    """How many active residents a kecamatan has (all, when empty)."""
    rows = Resident.objects.filter(state=ResidentState.ACTIVE)
    return (rows.filter(family__kecamatan=kecamatan) if kecamatan else rows).count()


def homes(resident_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The kecamatan in which each of these residents lives; those without a family are left out."""
    rows = Resident.objects.filter(id__in=set(resident_ids), family__isnull=False).order_by("id")
    return dict(rows.values_list("id", "family__kecamatan"))


def family_ids(kecamatan: str) -> list[UUID]:
    """The families of a kecamatan, by id."""
    return list(Family.objects.filter(kecamatan=kecamatan).order_by("id").values_list("id", flat=True))


def extract_age(kecamatan: str, *, now: datetime) -> timedelta | None:
    """How old this machine's copy of a kecamatan is; None when it holds none.

    Facts: from the centre's clock at the newest row to this machine's clock; show it, decide nothing by it.
    """
    row = Extract.objects.filter(kecamatan=kecamatan).first()
    return max(now - row.as_of, timedelta(0)) if row else None


def label(name: ListName, code: str) -> str:
    """What a code is called."""
    return code_table().coded(name, code).label


def choices(name: ListName) -> list[Coded]:
    """The entries of a code list, for forms."""
    return code_table().choices(name)


def _one_resident(**condition: object) -> ResidentView:
    found = resident_views(Resident.objects.filter(**condition))
    if not found:
        raise ResidentUnknown
    return found[0]


def _one_family(**condition: object) -> FamilyView:
    found = family_views(Family.objects.filter(**condition))
    if not found:
        raise FamilyUnknown
    return found[0]


def _unwritten(row: Family) -> CardVersion:
    return CardVersion(
        family_id=row.id,
        number=row.version_no,
        family_card_no=row.family_card_no,
        reason=VersionReason(row.version_reason),
        content=contents([row.id])[row.id],
        valid_from=row.version_from,
        valid_to=None,
    )
