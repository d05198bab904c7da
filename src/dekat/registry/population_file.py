"""A population file as rows of cells: CSV (comma or semicolon) or XLSX, read piece by piece."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import load_workbook

from dekat.kernel.errors import DekatError

REQUIRED = (
    "nik", "no_kk", "nama_lengkap", "jenis_kelamin", "tempat_lahir", "tanggal_lahir", "agama", "status_perkawinan",
    "hubungan", "pendidikan", "pekerjaan", "alamat", "rt", "rw", "kode_desa",
)  # fmt: skip
OPTIONAL = (
    "golongan_darah", "kewarganegaraan", "tanggal_perkawinan", "tanggal_perceraian", "disabilitas", "gelar_depan",
    "gelar_belakang", "no_paspor", "no_kitap", "nama_ayah", "nik_ayah", "nama_ibu", "nik_ibu", "no_akta_lahir",
    "no_akta_kawin", "no_akta_cerai", "alamat_sebelumnya", "dusun", "kode_pos",
)  # fmt: skip
COLUMNS = (*REQUIRED, *OPTIONAL)

Cell = str | None  # None: the spreadsheet kept a number where text must stand
NumberedRow = tuple[int, list[Cell]]


class ColumnsMissing(DekatError):
    """The first line does not name the columns that are needed."""

    code = "registry.file.columns_missing"


class FileUnreadable(DekatError):
    """Neither a CSV file in UTF-8 nor an XLSX workbook."""

    code = "registry.file.unreadable"


class NumbersRounded(DekatError):
    """Nearly all NIKs of the file end in zero: a spreadsheet has rounded them before the file was written."""

    code = "registry.file.numbers_rounded"


@contextmanager
def population_rows(path: Path) -> Iterator[Iterator[NumberedRow]]:
    """Open a file; give (row number in the file, cells in the order of `COLUMNS`), without empty rows.

    Refuses: registry.file.unreadable, registry.file.columns_missing.
    """
    if path.suffix.lower() == ".xlsx":
        yield _xlsx(path)
        return
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=";" if first.count(";") > first.count(",") else ",")
            yield _arranged(_numbered(reader))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileUnreadable from error


def file_sha256(path: Path) -> str:
    """The digest by which an import names its source.

    Refuses: registry.file.unreadable.
    """
    digest = sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as error:
        raise FileUnreadable from error
    return digest.hexdigest()


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, Sequence[Cell]]]:
    yield from enumerate(reader, 1)


def _xlsx(path: Path) -> Iterator[NumberedRow]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise FileUnreadable from error
    try:
        sheet = book.worksheets[0]
        rows = (([_cell(value) for value in row]) for row in sheet.iter_rows(values_only=True))
        yield from _arranged(enumerate(rows, 1))
    finally:
        book.close()


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if hasattr(value, "strftime"):
        return str(value)[:10]
    # A small whole number is a code; a long one was a NIK and has lost its last digit.
    is_code = isinstance(value, int) and value < 10**9
    return str(value) if is_code else None


def _arranged(rows: Iterator[tuple[int, Sequence[Cell]]]) -> Iterator[NumberedRow]:
    _, header = next(rows, (0, ()))
    names = [(cell or "").strip().lower().replace(" ", "_") for cell in header]
    missing = [column for column in REQUIRED if column not in names]
    if missing:
        raise ColumnsMissing(columns=", ".join(missing))
    places = [names.index(column) if column in names else -1 for column in COLUMNS]
    width = len(names)
    for number, row in rows:
        if any(cell is None or cell.strip() for cell in row):
            padded = [*row, *[""] * (width - len(row))]
            yield number, [padded[place] if place >= 0 else "" for place in places]
