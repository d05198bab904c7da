"""An older asset list as rows of named cells: XLSX, or CSV as spreadsheets save it. KIB B itself is such a list."""

import csv
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from dekat.equipment.list_cells import Cell
from dekat.kernel.errors import DekatError

MOST_BYTES = 8 * 1024 * 1024
_MOST_UNPACKED = 120 * 1024 * 1024
MOST_ROWS = 20_000
# One cell at the far right, or a wrong word about the size, would make every row 16,384 cells wide.
_MOST_COLUMNS = 200
_HEADER_WITHIN, _HEADER_DEPTH = 25, 3
# What openpyxl and its archive raise on a workbook that is none, as the fuzzer met it.
_BROKEN = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, SyntaxError, EOFError, RuntimeError,
    AssertionError, BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column that we read: its key, what our template calls it, and what lists call it (letters and digits only)."""

    key: str
    label: str
    names: str
    is_required: bool = False


COLUMNS = (
    Column("asset_code", "Kode Barang", "kodebarang nomorkodebarang nokodebarang"),
    Column(
        "kind",
        "Nama Barang",
        "namabarang namabarangjenisbarang jenisbarangnamabarang namajenisbarang jenisbarang",
        True,
    ),
    Column("register_no", "Nomor Register", "nomorregister register noregister noreg"),
    Column("model", "Merk/Type", "merktype merktipe merkmodel merk merek merektipe"),
    Column("size", "Ukuran/CC", "ukurancc ukuran"),
    Column("material", "Bahan", "bahan"),
    Column("year", "Tahun Pembelian", "tahunpembelian tahunperolehan tahun tahunpembuatanpembelian"),
    Column("serial", "Nomor Pabrik", "nomorpabrik pabrik nomorseri noseri noseripabrik nomorseripabrik nopabrik", True),
    Column("source", "Asal Usul", "asalusul asalusulcaraperolehan caraperolehan asalusulperolehan"),
    Column("price", "Harga (Rp)", "harga hargarp hargabeli hargaperolehan hargabeliperolehan nilaiperolehan", True),
    Column("condition", "Kondisi (B/RR/RB)", "kondisi kondisibrrrb keadaanbarang keadaan kondisibarang"),
    Column("owner", "Pengguna Barang", "penggunabarang pemilik skpd opd"),
    Column("contract", "Nomor Kontrak", "nomorkontrak kontrak nokontrak spk nomorspk"),
    Column("delivery_bast", "BAST Pemasok", "bastpemasok nomorbastpemasok"),
    Column("delivery_on", "Tanggal BAST Pemasok", "tanggalbastpemasok tglbastpemasok"),
    Column("place", "Kecamatan", "kecamatan lokasi kodekecamatan"),
    Column("bast", "BAST ke Kecamatan", "bastkekecamatan bast nomorbast bastkecamatan"),
    Column("bast_on", "Tanggal BAST ke Kecamatan", "tanggalbastkekecamatan tanggalbast tglbast tanggalbastkecamatan"),
    Column("note", "Keterangan", "keterangan ket"),
)
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
_KEYS = {name: column.key for column in COLUMNS for name in column.names.split()}


class ListUnreadable(DekatError):
    """Neither an XLSX workbook nor a CSV text, or too large."""

    code = "equipment.list.unreadable"


class HeaderMissing(DekatError):
    """No row of the sheet names the columns that are needed."""

    code = "equipment.list.header_missing"


class TooManyRows(DekatError):
    """The list has more rows than one import takes."""

    code = "equipment.list.too_many_rows"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, and its cells by column key."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class AssetList:
    """The rows, and whether the price column counts in thousands (as KIB B on paper does)."""

    rows: tuple[Row, ...]
    is_price_in_thousands: bool


def read_list(content: bytes) -> AssetList:
    """Read a list; headers may stand anywhere in the first rows and may be spread over merged rows.

    Refuses: equipment.list.unreadable, equipment.list.header_missing, equipment.list.too_many_rows.
    """
    if len(content) > MOST_BYTES:
        raise ListUnreadable
    rows = list(_xlsx(content) if content.startswith(b"PK") else _csv(content))
    if len(rows) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)
    first, places, is_thousands = _header(rows)
    found = []
    for number, cells in enumerate(rows[first:], start=first + 1):
        row = {key: cells[place] if place < len(cells) else None for key, place in places.items()}
        if not _is_blank(row) and not _is_numbering(cells) and not _is_total(cells):
            found.append(Row(number, row))
    return AssetList(tuple(found), is_thousands)


def _header(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int], bool]:
    wanted = {column.key for column in COLUMNS if column.is_required}
    best: set[str] = set()
    for first in range(min(len(rows), _HEADER_WITHIN)):
        for depth in range(1, _HEADER_DEPTH + 1):
            head = rows[first : first + depth]
            places, is_thousands = _places(head)
            if wanted <= places.keys():
                return first + depth, places, is_thousands
            best = max(best, wanted & places.keys(), key=len)
    raise HeaderMissing(columns=", ".join(BY_KEY[key].label for key in sorted(wanted - best)))


def _places(head: Sequence[Sequence[Cell]]) -> tuple[dict[str, int], bool]:
    """Where each column stands: the lowest text of merged header rows names it."""
    places: dict[str, int] = {}
    is_thousands = False
    for place in range(max((len(cells) for cells in head), default=0)):
        names = [str(cells[place]) for cells in head if place < len(cells) and cells[place] not in (None, "")]
        for name in reversed(names):
            key = _KEYS.get(_squeezed(name))
            if key and key not in places:
                places[key] = place
                is_thousands |= key == "price" and bool(re.search(r"(?i)ribu|\.000|0{3}", name))
                break
    return places, is_thousands


def _squeezed(name: str) -> str:
    letters = re.sub(r"\((ribuan|dalam ribuan|rp|rp\.? ?\.?000|dalam ribuan rp|ribuan rp)\)", "", name.lower())
    return re.sub(r"[^a-z0-9]", "", letters)


def _is_blank(row: Mapping[str, Cell]) -> bool:
    return all(cell is None or not str(cell).strip() for cell in row.values())


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether it is the row 1, 2, 3 … under a printed header."""
    texts = [re.sub(r"[()\s]|\.0$", "", str(cell)) for cell in cells if cell not in (None, "")]
    return len(texts) > 3 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _is_total(cells: Sequence[Cell]) -> bool:
    first = next((str(cell).strip().lower() for cell in cells if cell not in (None, "")), "")
    return first.rstrip(" :") in ("jumlah", "total", "jumlah harga", "jumlah seluruhnya")


def _xlsx(content: bytes) -> Iterator[list[Cell]]:
    try:
        with ZipFile(BytesIO(content)) as packed:
            # A workbook of a few kilobytes may unfold to gigabytes.
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise ListUnreadable
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    except _BROKEN as error:
        raise ListUnreadable from error
    try:
        for place, row in enumerate(book.worksheets[0].iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
            if place > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            yield [_plain(value) for value in row]
    except _BROKEN as error:
        raise ListUnreadable from error
    finally:
        book.close()


def _plain(value: object) -> Cell:
    if isinstance(value, bool) or (not isinstance(value, int | float | str) and not hasattr(value, "isoformat")):
        return None if value is None else str(value)
    return value  # type: ignore[return-value]  # a time of day has isoformat too; `text` writes it as it stands


def _csv(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    if "\0" in text:
        raise ListUnreadable
    sample = "\n".join(text.splitlines()[:_HEADER_WITHIN])
    delimiter = max(";\t,", key=sample.count)
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            yield list(row)
    except csv.Error as error:
        raise ListUnreadable from error


def _decoded(content: bytes) -> str:
    """Excel saves CSV as UTF-8 with a mark, as UTF-16, or in the old code page of the machine."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise ListUnreadable from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
