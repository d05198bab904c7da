"""One row of a population file as a person and the family they live in, or everything that is wrong with it."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from dekat.kernel.errors import DekatError
from dekat.kernel.nik import FamilyCardNo, Nik, SpreadsheetRounded
from dekat.kernel.partial_date import PartialDate
from dekat.registry.code_lists import CodeTable
from dekat.registry.models import Family, Resident
from dekat.registry.population_file import COLUMNS, REQUIRED, Cell
from dekat.registry.states import ListName, Sex
from dekat.registry.views import RowFault

Read = Callable[[str], str]


class ValueMissing(DekatError):
    """A cell that must not be empty is empty."""

    code = "registry.row.value_missing"


class ValueTooLong(DekatError):
    """A cell holds more than its place in the register takes."""

    code = "registry.row.value_too_long"


class NotPrintable(DekatError):
    """A cell holds control characters, as broken exports do."""

    code = "registry.row.not_printable"


class VillageUnknown(DekatError):
    """No village here has this code."""

    code = "registry.row.village_unknown"


@dataclass(frozen=True, repr=False)
class PopulationRow:
    """A row in the register's terms: `person` and `home` are columns of `Resident` and `Family`."""

    number: int
    nik: str
    family_card_no: str
    person: dict[str, str | bool]
    home: dict[str, str]
    digest: bytes


class RowReader:
    """Reads rows against the code lists and villages that are held now; made once for a file."""

    def __init__(self, codes: CodeTable, villages: set[str]) -> None:
        self._villages = villages
        self._codes = codes
        self._required = frozenset(REQUIRED)
        self._readers = [(column, self._reader(column)) for column in COLUMNS]

    def read(self, number: int, cells: Sequence[Cell]) -> PopulationRow | list[RowFault]:
        """The row, or its faults."""
        values, faults = dict[str, str](), list[RowFault]()
        for (column, read), cell in zip(self._readers, cells, strict=True):
            try:
                values[column] = read(self._text(column, cell))
            except DekatError as refusal:
                faults.append(RowFault(number, column, refusal.code))
        return faults or self._row(number, values)

    def _text(self, column: str, cell: Cell) -> str:
        if cell is None:
            raise SpreadsheetRounded
        text = _clean(cell)
        if not text and column in self._required:
            raise ValueMissing
        if not text.isprintable():
            raise NotPrintable
        return text

    def _row(self, number: int, values: dict[str, str]) -> PopulationRow:
        home = {field: values[column] for column, field in _HOME.items()}
        home["kecamatan"] = home["village"][:8]
        person: dict[str, str | bool] = {field: values[column] for column, field in _PERSON.items()}
        for event in ("birth", "marriage", "divorce"):
            person[f"has_{event}_certificate"] = bool(person[f"{event}_certificate_no"])
        digest = blake2b("\x1f".join(values.values()).encode(), digest_size=16).digest()
        return PopulationRow(number, values["nik"], values["no_kk"], person, home, digest)

    def _reader(self, column: str) -> Read:
        special: dict[str, Read] = {
            "nik": lambda text: Nik.parse(text).text,
            "no_kk": lambda text: FamilyCardNo.parse(text).text,
            "jenis_kelamin": lambda text: _sex(self._codes.read(ListName.SEX, text)),
            "kode_desa": self._village,
        }
        if column in special:
            return special[column]
        if column in _LISTS:
            return _coded(self._codes, _LISTS[column], _WHEN_EMPTY.get(column, ""))
        if column.startswith("tanggal_"):
            return _day
        if column.startswith("nik_"):
            return lambda text: Nik.parse(text).text if text else ""
        return _within(_length(column))

    def _village(self, text: str) -> str:
        code = text if "." in text or len(text) != 10 else f"{text[:2]}.{text[2:4]}.{text[4:6]}.{text[6:]}"
        if code not in self._villages:
            raise VillageUnknown
        return code


_HOME = {
    "alamat": "address", "rt": "rt", "rw": "rw", "dusun": "hamlet", "kode_desa": "village", "kode_pos": "postal_code",
}  # fmt: skip
_PERSON = {
    "nik": "nik", "nama_lengkap": "full_name", "gelar_depan": "title_before", "gelar_belakang": "title_after",
    "jenis_kelamin": "sex", "tempat_lahir": "birth_place", "tanggal_lahir": "born_on", "golongan_darah": "blood_type",
    "agama": "religion", "status_perkawinan": "marital_status", "tanggal_perkawinan": "married_on",
    "tanggal_perceraian": "divorced_on", "hubungan": "relation", "pendidikan": "education", "pekerjaan": "occupation",
    "disabilitas": "disability", "kewarganegaraan": "citizenship", "no_paspor": "passport_no", "no_kitap": "kitap_no",
    "nama_ayah": "father_name", "nik_ayah": "father_nik", "nama_ibu": "mother_name", "nik_ibu": "mother_nik",
    "no_akta_lahir": "birth_certificate_no", "no_akta_kawin": "marriage_certificate_no",
    "no_akta_cerai": "divorce_certificate_no", "alamat_sebelumnya": "previous_address",
}  # fmt: skip
_LISTS = {
    "golongan_darah": ListName.BLOOD_TYPE, "agama": ListName.RELIGION, "status_perkawinan": ListName.MARITAL_STATUS,
    "hubungan": ListName.RELATION, "pendidikan": ListName.EDUCATION, "pekerjaan": ListName.OCCUPATION,
    "disabilitas": ListName.DISABILITY, "kewarganegaraan": ListName.CITIZENSHIP,
}  # fmt: skip
_WHEN_EMPTY = {"golongan_darah": "13", "kewarganegaraan": "WNI"}


def _clean(cell: str) -> str:
    if not cell:
        return ""
    text = " ".join(cell.split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _coded(codes: CodeTable, name: ListName, when_empty: str) -> Read:
    @lru_cache(maxsize=1000)
    def read(text: str) -> str:
        return codes.read(name, text) if text else when_empty

    return read


def _sex(code: str) -> str:
    return Sex.MALE.value if code == "1" else Sex.FEMALE.value


@lru_cache(maxsize=50_000)
def _day(text: str) -> str:
    return PartialDate.parse(text).iso if text else ""


def _within(most: int) -> Read:
    def read(text: str) -> str:
        if len(text) > most:
            raise ValueTooLong
        return text

    return read


def _length(column: str) -> int:
    model, name = (Family, _HOME[column]) if column in _HOME else (Resident, _PERSON[column])
    return model._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
