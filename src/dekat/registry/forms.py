"""What the register can write into a form of Permendagri 109/2019, so that nobody is asked for what the office knows.

A value that the register lacks is empty: the form then has a line to write on.
"""

from collections.abc import Mapping
from uuid import UUID

from dekat.kernel.partial_date import PartialDate
from dekat.registry import paper_sources as sources
from dekat.registry.biodata import family_form_lines
from dekat.registry.code_lists import code_table
from dekat.registry.content import NOTHING, biodata_words
from dekat.registry.elements import DAYS, column_of
from dekat.registry.models import Resident
from dekat.registry.states import Element, ListName, Sex

Lines = Mapping[str, str]
_HOME = (
    "Nomor KK", "Nama kepala keluarga", "Alamat", "RT/RW", "Desa/kelurahan", "Kecamatan", "Kabupaten/kota", "Provinsi",
    "Kode pos",
)  # fmt: skip
# The name stands in a member's title where it is known.
_MEMBER = (
    "Nama lengkap", "NIK", "Jenis kelamin", "Tempat, tanggal lahir", "Golongan darah", "Agama/kepercayaan",
    "Status perkawinan", "Status hubungan dalam keluarga", "Kelainan fisik dan mental", "Pendidikan terakhir",
    "Jenis pekerjaan", "Nomor akta kelahiran", "Akta dan tanggal perkawinan", "Akta dan tanggal perceraian",
    "Nomor paspor", "Ibu", "Ayah",
)  # fmt: skip
BLANK_HOME: Lines = dict.fromkeys(_HOME, "")
BLANK_MEMBER: Lines = dict.fromkeys(_MEMBER, "")


def applicant_lines(resident_id: UUID) -> Lines:
    """Who applies.

    Refuses: registry.resident.unknown.
    """
    row = sources.person(resident_id)
    words = biodata_words(row)
    return _known(
        {
            "Nama lengkap": sources.name_of(row),
            "NIK": row.nik or "",
            "Nomor KK": row.family.family_card_no if row.family else "",
            "Alamat": sources.whole_address(words),
        }
    )


def home_lines(family_id: UUID) -> Lines:
    """The head of a form about a family: whose it is, and where it lives; empty lines for an unknown family."""
    row = Resident.objects.select_related("family").filter(family_id=family_id).order_by("position", "id").first()
    if row is None or row.family is None:
        return {}
    words = biodata_words(row)
    return _known(
        {
            "Nomor KK": row.family.family_card_no,
            "Nama kepala keluarga": sources.head_name(row.family),
            "Alamat": words["address"],
            "RT/RW": words["rt_rw"],
            "Desa/kelurahan": words["village"],
            "Kecamatan": words["kecamatan"],
            "Kabupaten/kota": words["regency"],
            "Provinsi": words["province"],
            "Kode pos": row.family.postal_code,
        }
    )


def member_parts(family_id: UUID) -> dict[str, Lines]:
    """For each member of a family, in the order of its card: a title and what F-1.01 asks of them."""
    rows = Resident.objects.select_related("family").filter(family_id=family_id).order_by("position", "born_on", "id")
    return {
        f"Anggota {number}: {sources.name_of(row)}": _known(family_form_lines(row))
        for number, row in enumerate(rows, 1)
    }


def member_name(family_id: UUID | None, nik: str) -> str:
    """The name of a member of this family by NIK; empty for anybody else, of whom a form must not tell."""
    row = Resident.objects.filter(family_id=family_id, nik=nik).first() if family_id else None
    return sources.name_of(row) if row else ""


def element_now(resident_id: UUID, element: Element) -> str:
    """What an element of a resident is now, in the words of its form.

    Refuses: registry.resident.unknown.
    """
    value = str(getattr(sources.person(resident_id), column_of(element)))
    if element is Element.SEX:
        return Sex(value).label.upper()
    if element.value in ListName.__members__:
        return code_table().coded(ListName(element.value), value).label
    return PartialDate.parse(value).printed if element in DAYS and value else value.upper()


def _known(facts: Lines) -> Lines:
    return {label: "" if value == NOTHING else value for label, value in facts.items()}
