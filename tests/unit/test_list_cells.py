"""What spreadsheets do to serial numbers, prices and days, and what we make of it."""

from datetime import UTC, date, datetime

import pytest

from dekat.equipment import list_cells as cells
from dekat.equipment.list_cells import CellWrong, Why
from dekat.kernel.rupiah import Rupiah

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("128.500.000", 128_500_000),
        ("Rp128.500.000,00", 128_500_000),
        ("Rp. 128.500.000,-", 128_500_000),
        ("128,500,000", 128_500_000),
        ("128,500,000.00", 128_500_000),
        ("128500000", 128_500_000),
        (128500000, 128_500_000),
        (128500000.0, 128_500_000),
        ("6.250", 6_250),
    ],
)
def test_a_price_is_read_as_people_write_it(cell, rupiah):
    assert cells.price(cell, is_thousands=False) == Rupiah.of(rupiah)


@pytest.mark.parametrize(
    ("cell", "rupiah"), [(128500, 128_500_000), ("128.500", 128_500_000), ("128500,5", 128_500_500), (0.5, 500)]
)
def test_a_column_in_thousands_is_read_so(cell, rupiah):
    assert cells.price(cell, is_thousands=True) == Rupiah.of(rupiah)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", Why.EMPTY),
        ("gratis", Why.NOT_A_PRICE),
        ("128.5", Why.PRICE_UNCLEAR),
        ("1.28.500", Why.PRICE_UNCLEAR),
        (-5, Why.NOT_A_PRICE),
        (0.001, Why.NOT_A_PRICE),
        (float("inf"), Why.NOT_A_PRICE),
        (1e300, Why.NOT_A_PRICE),
        ("9" * 30, Why.NOT_A_PRICE),
    ],
)
def test_a_price_that_has_two_meanings_or_none_is_refused(cell, why):
    with pytest.raises(CellWrong) as refused:
        cells.price(cell, is_thousands=False)
    assert refused.value.why == why


@pytest.mark.parametrize("cell", [1.23457e17, 1234567890123456, "1.23457E+15", "1,23E+16"])
def test_a_serial_number_that_excel_rounded_is_refused(cell):
    with pytest.raises(CellWrong) as refused:
        cells.serial(cell)
    assert refused.value.why == Why.SERIAL_ROUNDED


def test_a_serial_number_kept_as_a_number_is_taken_and_noticed():
    assert cells.serial(20190042.0) == ("20190042", True)
    assert cells.serial("0020190042") == ("0020190042", False)


@pytest.mark.parametrize(
    "cell",
    [45_344, "45344", datetime(2024, 2, 22, tzinfo=UTC), "22/02/2024", "22-2-2024", "2024-02-22", "22 Februari 2024"],
)
def test_a_day_is_read_from_every_form_it_comes_in(cell):
    assert cells.day(cell, today=TODAY) == date(2024, 2, 22)


@pytest.mark.parametrize(
    ("cell", "why"), [("31/02/2024", Why.NOT_A_DATE), ("kemarin", Why.NOT_A_DATE), ("01/01/2031", Why.IN_THE_FUTURE)]
)
def test_a_day_that_never_was_is_refused(cell, why):
    with pytest.raises(CellWrong) as refused:
        cells.day(cell, today=TODAY)
    assert refused.value.why == why
