"""The resident's data as they were confirmed: what the card will say."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from dekat.registry import queries as registry


@dataclass(frozen=True, repr=False)
class Biodata:
    """What is read out to the resident; it never prints itself.

    Facts: `born_on` is ISO text whose day or month may be `00`; `resident_id` is the register's id.
    """

    resident_id: str
    nik: str
    full_name: str
    birth_place: str
    born_on: str
    sex: str
    blood_type: str
    address: str
    rt: str
    rw: str
    village: str
    kecamatan: str
    religion: str
    marital_status: str
    occupation: str
    citizenship: str

    @property
    def birth_year(self) -> int:
        return int(self.born_on[:4])

    @property
    def is_foreigner(self) -> bool:
        return self.citizenship not in ("", "WNI")

    def as_map(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_map(cls, values: Mapping[str, str]) -> "Biodata":
        return cls(**values)


def biodata_of(resident_id: UUID) -> Biodata:
    """The register's words for a resident, as their card would say them today.

    Refuses: registry.resident.unknown.
    """
    view = registry.resident(resident_id)
    return Biodata(
        resident_id=str(view.id),
        nik=view.nik,
        full_name=view.printed_name,
        birth_place=view.birth_place,
        born_on=view.born_on.iso,
        sex=view.sex.label,
        blood_type=view.blood_type.label,
        address=view.address,
        rt=view.rt,
        rw=view.rw,
        village=view.village_name,
        kecamatan=view.kecamatan_name,
        religion=view.religion.label,
        marital_status=view.marital_status.label,
        occupation=view.occupation.label,
        citizenship=view.citizenship.label,
    )
