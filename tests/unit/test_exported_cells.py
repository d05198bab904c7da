"""What leaves in a file: no text runs as a formula, no letter breaks the book, a deadline is on the regency's day."""

from datetime import UTC, date, datetime
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.utils.timezone import get_default_timezone
from openpyxl import Workbook, load_workbook

from dekat.faces.central.equipment import workbooks
from dekat.faces.oversight.exports import as_csv, as_xlsx
from dekat.faces.oversight.figures import Cell, Column, Report, table
from dekat.faces.oversight.sheets import devices
from dekat.kernel.rupiah import Rupiah
from dekat.reports.oversight import Line

ADDRESS = "https://dekat.contoh.go.id/pengawasan/alat/"


def report(text):
    made = table("t", "Alat", [Column("Merk")], [[Cell(text)]])
    at = datetime(2026, 5, 11, 3, tzinfo=UTC)
    return Report("alat", "Daftar alat", "", "Mei", "Kabupaten", at, (made,))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_runs_as_a_formula(text):
    lines = as_csv(report(text), ADDRESS).decode("utf-8-sig")
    sheet = load_workbook(BytesIO(as_xlsx(report(text), ADDRESS))).worksheets[0]

    assert f"'{text}" in lines
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_a_letter_that_no_sheet_holds_does_not_stop_the_book():
    sheet = load_workbook(BytesIO(as_xlsx(report("Set\x01 A"), ADDRESS))).worksheets[0]
    cell = Workbook().worksheets[0].cell(1, 1)

    assert "Set A" in {cell.value for row in sheet.iter_rows() for cell in row}
    assert workbooks._put(cell, "=1\x02").value == "=1"
    assert cell.data_type == "s"


def test_a_deadline_in_the_morning_of_the_east_is_on_its_own_day(settings):
    """08.00 WIT is 23.00 UTC of the day before."""
    settings.TIME_ZONE = "Asia/Jayapura"
    due_at = datetime(2026, 5, 11, 23, tzinfo=UTC)
    turn = {"code": "NO_INSTRUCTION", "party": "DISPENDUKCAPIL", "desk": "", "via": "RULE", "missed": ()}
    figures = (True, 3, 1, Rupiah(1), Rupiah(1), 0, 20, ())
    line = Line("R-1", "RECORDER", "35.11.12", "Wringin", SimpleNamespace(due_at=due_at, **turn), "Dinas", *figures)

    assert date(2026, 5, 12) in [cell.value for cell in devices._row(line) if isinstance(cell, Cell)]


@pytest.fixture(autouse=True)
def zone_is_put_back():
    yield
    get_default_timezone.cache_clear()
