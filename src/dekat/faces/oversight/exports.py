"""A report as CSV, XLSX and PDF: the same values as on the page, and the same bytes whenever they are made."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as Square
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from dekat.documents.kinds import SheetKind
from dekat.documents.making import render_sheet
from dekat.faces.oversight.figures import CLOSED, Cell, Column, Kind, Report, Table, in_words
from dekat.faces.ui.words import date_and_time
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.rupiah import Rupiah

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_NUMBER_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.DAYS: "#,##0",
    Kind.PERCENT: "0%",
    Kind.MONEY: "#,##0.00",
    Kind.DISTANCE: "#,##0.0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.INSTANT: "yyyy-mm-dd hh:mm",
}
# Excel runs what begins like a formula; a text from a file of ours is never one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def export(report: Report, form: str, *, address: str) -> bytes:
    """The file of a report in one of `FORMATS`.

    Facts: `address` of the page with its filters, for the links back to the evidence.
    """
    return {"csv": as_csv, "xlsx": as_xlsx, "pdf": as_pdf}[form](report, address)


def closing_words(report: Report) -> list[str]:
    """What the report says of itself: closed counts, and whatever its maker noted."""
    notes = [str(note) for note in report.notes]
    if not report.is_exact:
        notes.append(
            _(
                "%(mark)s berarti ditutup: kurang dari 5 warga, atau angka yang dapat dihitung balik darinya. Sekda, "
                "Inspektorat, DPRD dan kepala Dispendukcapil melihat angka persis setelah masuk."
            )
            % {"mark": CLOSED}
        )
    return notes


def as_csv(report: Report, address: str) -> bytes:
    """Every table under its name, values as a machine reads them, with the address of the evidence of each row."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows(_head_rows(report, address))
    for table in report.tables:
        writer.writerow([])
        writer.writerow([_safe(str(table.title))])
        writer.writerow([*(_safe(str(column.label)) for column in table.columns), _("Bukti")])
        for line in (*table.lines, *([table.total_line] if table.total else [])):
            values = [_plain(column, cell) for column, cell in line]
            links = [_absolute(cell.link, address) for _column, cell in line if cell.link]
            writer.writerow([*values, " ".join(dict.fromkeys(links))])
        if table.note:
            writer.writerow([_safe(str(table.note))])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(report: Report, address: str) -> bytes:
    """A workbook: one sheet for each table, typed values, each figure linked to its evidence."""
    book = Workbook()
    first = book.active
    for place, table in enumerate(report.tables):
        title = f"{place + 1} {table.title!s}"
        sheet = first if place == 0 and first else book.create_sheet()
        sheet.title = "".join(letter for letter in title if letter not in "[]:*?/\\")[:31]
        if isinstance(sheet, Worksheet):
            _fill(sheet, report, table, address)
    made = report.as_of.replace(tzinfo=None, microsecond=0)
    book.properties.title, book.properties.creator = str(report.title), "Dekat"
    book.properties.created = book.properties.modified = made
    raw = BytesIO()
    book.save(raw)
    return _same_bytes(raw.getvalue(), made)


def as_pdf(report: Report, address: str) -> bytes:
    """The report on paper, with the address of the page in its code."""
    content: dict[str, Json] = {
        "title": str(report.title),
        "lead": str(report.lead),
        "regency": settings.REGENCY.removeprefix("Kabupaten "),
        "period": report.period,
        "place": str(report.place),
        "as_of": date_and_time(report.as_of),
        "source": report.source,
        "notes": [*closing_words(report)],
        "tables": [_pdf_table(table) for table in report.tables],
    }
    return render_sheet(
        kind=SheetKind.REPORT, content=content, code=address, is_sample=settings.ENV.is_sample, now=report.as_of
    )


def _pdf_table(table: Table) -> Json:
    columns: list[Json] = [
        {"label": str(column.label), "is_number": "1" if column.kind.is_number else ""} for column in table.columns
    ]
    rows: list[Json] = [[in_words(column, cell) for column, cell in line] for line in table.lines]
    total: list[Json] = ["" if cell.is_empty else in_words(column, cell) for column, cell in table.total_line]
    return {"title": str(table.title), "note": str(table.note), "columns": columns, "rows": rows, "total": total}


def _head_rows(report: Report, address: str) -> Iterator[list[str]]:
    yield [str(report.title)]
    yield [_("Periode"), report.period]
    yield [_("Wilayah"), str(report.place)]
    yield [_("Keadaan per"), iso(report.as_of)]
    yield [_("Sumber"), report.source]
    yield [_("Alamat"), address]
    for note in closing_words(report):
        yield [_safe(note)]


def _fill(sheet: Worksheet, report: Report, table: Table, address: str) -> None:
    for row in _head_rows(report, address):
        sheet.append(row)
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append([str(table.title)])
    sheet.cell(sheet.max_row, 1).font = Font(bold=True)
    sheet.append([str(column.label) for column in table.columns])
    header = sheet.max_row
    for place in range(1, len(table.columns) + 1):
        heading = sheet.cell(header, place)
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="EAF1FC")
        heading.alignment = Alignment(wrap_text=True, vertical="top")
    for number, line in enumerate((*table.lines, *([table.total_line] if table.total else [])), start=header + 1):
        for place, (column, cell) in enumerate(line, start=1):
            found = sheet.cell(number, place)
            if isinstance(found, Square):
                _write(found, column, cell, address)
    for place in range(1, len(table.total) + 1):
        sheet.cell(sheet.max_row, place).font = Font(bold=True)
    if table.note:
        sheet.append([])
        sheet.append([str(table.note)])
    sheet.freeze_panes = f"A{header + 1}"
    for place, column in enumerate(table.columns, start=1):
        widest = max([len(in_words(column, row[place - 1])) for row in table.rows], default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(widest, 12) + 2, 60)


def _write(square: Square, column: Column, cell: Cell, address: str) -> None:
    value = cell.value
    if cell.is_closed:
        square.value = CLOSED
        return
    match value:
        case Rupiah():
            square.value = value.sen / 100
        case datetime():
            square.value = value.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(tzinfo=None, microsecond=0)
        case int():
            square.value = {Kind.PERCENT: value / 100, Kind.DISTANCE: value / 1000}.get(column.kind, value)
        case date() | None:
            square.value = value
        case _:
            # A sheet holds no control characters; the library refuses the whole book for one.
            square.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
            square.data_type = "s"
    if column.kind in _NUMBER_FORMATS and value not in (None, "") and not isinstance(value, str):
        square.number_format = _NUMBER_FORMATS[column.kind]
    if cell.link:
        square.hyperlink = _absolute(cell.link, address)
        square.font = Font(color="0B4FB3", underline="single")


def _plain(column: Column, cell: Cell) -> str:
    value = cell.value
    if cell.is_closed:
        return CLOSED
    match value:
        case None:
            return ""
        case Rupiah():
            whole, sen = divmod(value.sen, 100)
            return f"{whole}.{sen:02}"
        case datetime():
            return iso(value)
        case date():
            return value.isoformat()
        case int():
            return f"{value / 1000:.3f}" if column.kind is Kind.DISTANCE else str(value)
        case _:
            return _safe(str(value))


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _absolute(href: str, address: str) -> str:
    scheme, _colon, rest = address.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}{href}"


def _same_bytes(raw: bytes, at: datetime) -> bytes:
    """The archive again with one instant for all its parts: a workbook made twice is the same file."""
    made = BytesIO()
    with ZipFile(BytesIO(raw)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            part = ZipInfo(name, date_time=(max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
            part.compress_type = ZIP_DEFLATED
            after.writestr(part, _dated(name, before.read(name), at))
    return made.getvalue()


def _dated(name: str, content: bytes, at: datetime) -> bytes:
    # The library writes the clock of the machine as the day of the last change, whatever it was told.
    if name != "docProps/core.xml":
        return content
    stamp = f"{at:%Y-%m-%dT%H:%M:%S}Z".encode()
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
