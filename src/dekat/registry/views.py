"""What the register answers with. None of it prints itself: a person's data never reach a log by accident."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.nik import mask
from dekat.kernel.partial_date import PartialDate
from dekat.registry.code_lists import Coded
from dekat.registry.states import ResidentState, Sex, VersionReason

ADULT_FROM = 17
# Youngest age of each band and its name.
_BANDS = (
    (100, "100 tahun ke atas"),
    (60, "60–99 tahun"),
    (40, "40–59 tahun"),
    (25, "25–39 tahun"),
    (17, "17–24 tahun"),
    (5, "5–16 tahun"),
)


@dataclass(frozen=True, repr=False)
class ResidentView:
    """A resident in full. Facts: `nik` is empty while it is awaited; `address` and below are the family's."""

    id: UUID
    nik: str
    state: ResidentState
    family_id: UUID | None
    family_card_no: str
    relation: Coded
    full_name: str
    title_before: str
    title_after: str
    sex: Sex
    birth_place: str
    born_on: PartialDate
    blood_type: Coded
    religion: Coded
    marital_status: Coded
    married_on: str
    divorced_on: str
    education: Coded
    occupation: Coded
    disability: Coded
    citizenship: Coded
    passport_no: str
    kitap_no: str
    father_name: str
    father_nik: str
    mother_name: str
    mother_nik: str
    address: str
    rt: str
    rw: str
    hamlet: str
    village: str
    village_name: str
    kecamatan: str
    kecamatan_name: str
    postal_code: str

    @property
    def printed_name(self) -> str:
        return printed_name(self.title_before, self.full_name, self.title_after)


@dataclass(frozen=True)
class MaskedResident:
    """What may be seen of a resident before a purpose is given."""

    id: UUID
    nik: str
    name: str
    age_band: str
    sex: Sex
    village_name: str
    hamlet: str
    state: ResidentState
    is_minor: bool


@dataclass(frozen=True, repr=False)
class FamilyView:
    """A family, its address and its head (None while a family has nobody)."""

    id: UUID
    family_card_no: str
    head_id: UUID | None
    head_name: str
    address: str
    rt: str
    rw: str
    hamlet: str
    village: str
    kecamatan: str
    postal_code: str
    member_count: int
    version_no: int


@dataclass(frozen=True, repr=False)
class CardVersion:
    """What a family's card said between two instants (`valid_to` None: still says)."""

    family_id: UUID
    number: int
    family_card_no: str
    reason: VersionReason
    content: Mapping[str, Json]
    valid_from: datetime
    valid_to: datetime | None


@dataclass(frozen=True)
class ImportResult:
    """What came of reading a population file."""

    import_id: UUID
    read: int
    added: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class RowFault:
    """Why a row of a file was not taken; `code` is that of a refusal, `column` as the file calls it."""

    row: int
    column: str
    code: str


def printed_name(before: str, name: str, after: str) -> str:
    """A name as documents write it: capitals, titles around it."""
    return f"{before} {name.upper()}".strip() + (f", {after}" if after else "")


def masked(resident: ResidentView, *, on: date) -> MaskedResident:
    """Hide what nobody needs to find a person: NIK, birth date, and the names of minors."""
    age = resident.born_on.age_on(on)
    return MaskedResident(
        id=resident.id,
        nik=mask(resident.nik),
        name=initials(resident.full_name) if age < ADULT_FROM else resident.full_name,
        age_band=next((name for least, name in _BANDS if age >= least), "0–4 tahun"),
        sex=resident.sex,
        village_name=resident.village_name,
        hamlet=resident.hamlet,
        state=resident.state,
        is_minor=age < ADULT_FROM,
    )


def initials(name: str) -> str:
    """`Siti Aminah` → `S. A.`"""
    return " ".join(f"{word[0].upper()}." for word in name.split())
