"""What a paper says that only its application knows; everything else comes from the register."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

UNREGISTERED_MARRIAGE = (
    "Perkawinan orang tua belum tercatat sesuai dengan ketentuan peraturan perundang-undangan "
    "(surat pernyataan tanggung jawab mutlak)."
)


@dataclass(frozen=True, repr=False)
class BirthFacts:
    """Facts: `number` of the akta (`register_certificate`); `note` stands under the facts, such as
    UNREGISTERED_MARRIAGE or the decision that allowed a late recording."""

    number: str
    child_order: int
    note: str = ""


@dataclass(frozen=True, repr=False)
class DeathFacts:
    """Facts: `died_on` ISO text, partly unknown as any day of the register (`2026-11-00`).

    `spouse_name` only where the paper is made after the death was written: until then the family tells.
    """

    number: str
    died_on: str
    death_place: str
    spouse_name: str = ""


@dataclass(frozen=True)
class MoveTarget:
    """Where people move to, outside the regency, as the applicant says it."""

    address: str
    rt: str
    rw: str
    village: str
    kecamatan: str
    regency: str
    province: str
    postal_code: str = ""


@dataclass(frozen=True, repr=False)
class MoveFacts:
    """Facts: `valid_until` is the last day to report at the destination, by the office's setting."""

    number: str
    applicant_id: UUID
    target: MoveTarget
    reason: str
    leaves_on: date
    valid_until: date


@dataclass(frozen=True, repr=False)
class StatementFacts:
    """Facts: `says` is one whole sentence or more; `lines` are label and value beside those of the register."""

    title: str
    number: str
    says: str
    valid_until: date | None = None
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Recorded:
    """Which biometrics of a resident are recorded; the biometrics themselves are on no paper."""

    fingerprints: bool
    irises: bool
    signature: bool
