"""Population files for tests."""

import csv
from collections.abc import Iterable
from pathlib import Path

from dekat.registry.population_file import COLUMNS
from dekat.registry.registering import NewFamily

ROW = {
    "nik": "9911191703900001",
    "no_kk": "9911190101150001",
    "nama_lengkap": "Moh. Hasan Basri",
    "jenis_kelamin": "LAKI-LAKI",
    "tempat_lahir": "Bondowoso",
    "tanggal_lahir": "17-03-1990",
    "agama": "ISLAM",
    "status_perkawinan": "KAWIN TERCATAT",
    "hubungan": "KEPALA KELUARGA",
    "pendidikan": "TAMAT SD / SEDERAJAT",
    "pekerjaan": "PETANI/PEKEBUN",
    "alamat": "Dusun Krajan",
    "rt": "003",
    "rw": "001",
    "kode_desa": "35.11.19.2001",
}


def row(**changes: str) -> dict[str, str]:
    """A head of family in Sempol."""
    return {**ROW, **changes}


def wife(**changes: str) -> dict[str, str]:
    """His wife."""
    facts = {"nik": "9911195204930001", "nama_lengkap": "Siti Aminah", "jenis_kelamin": "P", "hubungan": "3"}
    return row(**{**facts, "tanggal_lahir": "12-04-1993", "pekerjaan": "2", **changes})


def written(path: Path, rows: Iterable[dict[str, str]], delimiter: str = ",") -> Path:
    """A CSV file with all columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows_of(families: Iterable[NewFamily]) -> Iterable[dict[str, str]]:
    """Sample families as rows of a file."""
    for family in families:
        for one in family.members:
            yield row(
                nik=one.nik or "",
                no_kk=family.family_card_no,
                nama_lengkap=one.full_name,
                jenis_kelamin="L" if one.sex == "MALE" else "P",
                tempat_lahir=one.birth_place,
                tanggal_lahir=one.born_on,
                agama=one.religion,
                status_perkawinan=one.marital_status,
                hubungan=one.relation,
                pendidikan=one.education,
                pekerjaan=one.occupation,
                alamat=family.address,
                rt=family.rt,
                rw=family.rw,
                kode_desa=family.village,
            )
