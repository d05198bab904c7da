"""Workbooks that go out: the asset books in their official columns, and the template for an older list."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from dekat.equipment.asset_list import COLUMNS
from dekat.equipment.books import Book
from dekat.faces.central.equipment.columns import Column
from dekat.faces.ui.words import long_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLE = (
    "1.3.2.10.02.03", "Set perekaman", "0001", "Contoh Rekam 10", "", "", 2019, "CONTOH-0001", "Pembelian",
    "128.500.000", "B", "Dispendukcapil", "", "", "", "", "", "", "baris contoh, hapus sebelum diunggah",
)  # fmt: skip
_THIN = Side(style="thin", color="8EA3BB")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="EAF1FC")


def book_workbook(book: Book, columns: Sequence[Column], *, title: str, party: str, is_sample: bool) -> bytes:
    """A book as XLSX: title, party, day, the official columns with their numbers, the sum."""
    out = Workbook()
    sheet = _first(out, book.title)
    heads = [title, f"UPB: {party}", f"No. kode lokasi: {book.location_code or 'belum ditetapkan'}"]
    heads += (
        [f"Keadaan per {long_date(book.as_of)}", "SPESIMEN: data contoh"]
        if is_sample
        else [f"Keadaan per {long_date(book.as_of)}"]
    )
    for place, text in enumerate(heads, start=1):
        _put(sheet.cell(place, 1), text).font = Font(bold=place == 1, size=14 if place == 1 else 11)
    top = len(heads) + 2
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width * 1.45
        head: tuple[str | int, ...] = (column.head, place)
        for offset, words in enumerate(head):
            cell = _put(sheet.cell(top + offset, place), words)
            cell.font, cell.fill, cell.border = Font(bold=True, size=10), _SHADE, _GRID
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, line in enumerate(book.lines, start=top + 2):
        for place, column in enumerate(columns, start=1):
            cell = _put(sheet.cell(row, place), column.value(line))
            cell.border, cell.alignment = _GRID, Alignment(vertical="top", wrap_text=True)
            if column.is_thousands:
                cell.number_format = "#,##0.###"
    _sum(sheet, book, columns, row=top + 2 + len(book.lines))
    sheet.freeze_panes = f"A{top + 2}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return _bytes(out)


def template_workbook() -> bytes:
    """An empty list with the columns that an import reads; what needs text is text."""
    out = Workbook()
    sheet = _first(out, "Daftar aset")
    for place, column in enumerate(COLUMNS, start=1):
        cell = _put(sheet.cell(1, place), column.label)
        cell.font, cell.fill, cell.border = Font(bold=column.is_required), _SHADE, _GRID
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(column.label) + 2)
        for row in range(2, 502):
            sheet.cell(row, place).number_format = "@"
        _put(sheet.cell(2, place), _EXAMPLE[place - 1])
    sheet.freeze_panes = "A2"
    return _bytes(out)


def _first(out: Workbook, title: str) -> Worksheet:
    sheet = out.worksheets[0]
    sheet.title = title
    return sheet


def _put(cell: Cell | MergedCell, value: str | int | Decimal | None) -> Cell:
    """Write a value; a text stays a text, also where it begins like a formula, without what no sheet can hold."""
    if isinstance(cell, MergedCell):
        raise TypeError("our sheets merge nothing")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def _sum(sheet: Worksheet, book: Book, columns: Sequence[Column], *, row: int) -> None:
    place = next(place for place, column in enumerate(columns, start=1) if column.is_thousands)
    _put(sheet.cell(row, 1), "Jumlah").font = Font(bold=True)
    total = _put(sheet.cell(row, place), Decimal(book.total.sen) / 100_000)
    total.font, total.number_format = Font(bold=True), "#,##0.###"


def _bytes(out: Workbook) -> bytes:
    written = BytesIO()
    out.save(written)
    return written.getvalue()
