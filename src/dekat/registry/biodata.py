"""The biodata of a citizen: the 31 elements of a resident's record, as far as paper may show them."""

from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.kernel.partial_date import PartialDate
from dekat.registry import paper_sources as sources
from dekat.registry.code_lists import CodeTable, code_table
from dekat.registry.content import AWAITED, NOTHING, biodata_words
from dekat.registry.models import Resident
from dekat.registry.paper_facts import Recorded
from dekat.registry.states import ListName

# Said on one line of their own, or already at the head of the form.
_TOGETHER = frozenset(("Nomor KK", "Nama lengkap", "Tempat lahir", "Tanggal lahir"))
_IS_RECORDED = {True: "SUDAH DIREKAM", False: "BELUM DIREKAM"}
_KEPT_CLOSED = "DILINDUNGI, TIDAK DICETAK"


def biodata_content(resident_id: UUID, recorded: Recorded | None = None) -> sources.Content:
    """All 31 elements of a citizen's biodata; what the law protects is named and not shown.

    Facts: without `recorded` the paper does not say whether there are biometrics.
    Refuses: registry.resident.unknown.
    Law: uu-24-2013, art. 58(2) and 84
    """
    row = sources.person(resident_id)
    codes, words = code_table(), biodata_words(row)
    parts = {
        "Data diri": _about(row, codes, words),
        "Orang tua": {
            "NIK ibu": row.mother_nik or NOTHING,
            "Nama ibu": row.mother_name.upper() or NOTHING,
            "NIK ayah": row.father_nik or NOTHING,
            "Nama ayah": row.father_name.upper() or NOTHING,
        },
        "Alamat": {
            "Alamat sebelumnya": row.previous_address.upper() or NOTHING,
            "Alamat sekarang": sources.whole_address(words),
        },
        "Akta": _certificates(row),
        "Perekaman dan catatan": {**_recorded(recorded), "Catatan yang dilindungi": _KEPT_CLOSED},
    }
    shown: list[Json] = [{"title": title, "rows": sources.lines(rows)} for title, rows in parts.items()]
    return {"name": sources.name_of(row), "nik": row.nik or AWAITED, "parts": shown}


def family_form_lines(row: Resident) -> dict[str, str]:
    """What F-1.01 asks of a member, with related elements on one line so that a family fits few pages."""
    codes, words = code_table(), biodata_words(row)
    about, acts = _about(row, codes, words), _certificates(row)
    together = {
        "Tempat, tanggal lahir": words["birth"],
        "Nomor akta kelahiran": acts["Nomor akta kelahiran"],
        "Akta dan tanggal perkawinan": _both(acts["Nomor akta perkawinan"], acts["Tanggal perkawinan"]),
        "Akta dan tanggal perceraian": _both(acts["Nomor akta perceraian"], acts["Tanggal perceraian"]),
        "Nomor paspor": row.passport_no or NOTHING,
        "Ibu": _both(row.mother_name.upper(), row.mother_nik),
        "Ayah": _both(row.father_name.upper(), row.father_nik),
    }
    alone = {key: value for key, value in about.items() if key not in _TOGETHER}
    return {**alone, **together}


def _both(first: str, second: str) -> str:
    return ", ".join(part for part in (first, second) if part and part != NOTHING) or NOTHING


def _about(row: Resident, codes: CodeTable, words: dict[str, str]) -> dict[str, str]:
    return {
        "Nomor KK": row.family.family_card_no if row.family else NOTHING,
        "NIK": row.nik or AWAITED,
        "Nama lengkap": sources.name_of(row),
        "Jenis kelamin": words["sex"],
        "Tempat lahir": row.birth_place.upper(),
        "Tanggal lahir": PartialDate.parse(row.born_on).printed,
        "Golongan darah": words["blood_type"],
        "Agama/kepercayaan": words["religion"],
        "Status perkawinan": sources.label(codes, ListName.MARITAL_STATUS, row.marital_status),
        "Status hubungan dalam keluarga": sources.label(codes, ListName.RELATION, row.relation),
        "Kelainan fisik dan mental": sources.label(codes, ListName.DISABILITY, row.disability),
        "Pendidikan terakhir": sources.label(codes, ListName.EDUCATION, row.education),
        "Jenis pekerjaan": words["occupation"],
    }


def _certificates(row: Resident) -> dict[str, str]:
    return {
        "Kepemilikan akta kelahiran": _held(row.has_birth_certificate),
        "Nomor akta kelahiran": row.birth_certificate_no or NOTHING,
        "Kepemilikan akta perkawinan": _held(row.has_marriage_certificate),
        "Nomor akta perkawinan": row.marriage_certificate_no or NOTHING,
        "Tanggal perkawinan": _day(row.married_on),
        "Kepemilikan akta perceraian": _held(row.has_divorce_certificate),
        "Nomor akta perceraian": row.divorce_certificate_no or NOTHING,
        "Tanggal perceraian": _day(row.divorced_on),
    }


def _recorded(recorded: Recorded | None) -> dict[str, str]:
    names = {"Sidik jari": "fingerprints", "Iris mata": "irises", "Tanda tangan": "signature"}
    if recorded is None:
        return dict.fromkeys(names, NOTHING)
    return {label: _IS_RECORDED[bool(getattr(recorded, name))] for label, name in names.items()}


def _held(is_held: bool) -> str:
    return "ADA" if is_held else "TIDAK ADA"


def _day(text: str) -> str:
    return PartialDate.parse(text).printed if text else NOTHING
