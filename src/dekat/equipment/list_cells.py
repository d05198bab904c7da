"""What stands in a cell of an asset list, with the traps of spreadsheets. Pure."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from dekat.kernel.rupiah import Rupiah

Cell = str | int | float | date | None

_MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november",
    "desember",
)  # fmt: skip
# Day 60 of Excel's calendar is 29 February 1900, which never was; after it, day 1 counts from here.
_EXCEL_EPOCH = date(1899, 12, 30)
_EXACT_DIGITS = 15  # what a spreadsheet's number holds exactly
_MOST_SEN = 10**17  # ten thousand regency budgets; below what a column holds
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)


class Why(StrEnum):
    """What is wrong with a cell, or what its writer should know."""

    EMPTY = "EMPTY"
    TOO_LONG = "TOO_LONG"
    NOT_A_SERIAL = "NOT_A_SERIAL"
    SERIAL_ROUNDED = "SERIAL_ROUNDED"
    SERIAL_AS_NUMBER = "SERIAL_AS_NUMBER"
    SERIAL_TWICE = "SERIAL_TWICE"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    UNKNOWN_CONDITION = "UNKNOWN_CONDITION"
    UNKNOWN_SOURCE = "UNKNOWN_SOURCE"
    UNKNOWN_PLACE = "UNKNOWN_PLACE"
    UNKNOWN_CONTRACT = "UNKNOWN_CONTRACT"
    NOT_A_PRICE = "NOT_A_PRICE"
    PRICE_UNCLEAR = "PRICE_UNCLEAR"
    NOT_A_YEAR = "NOT_A_YEAR"
    NOT_A_DATE = "NOT_A_DATE"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    DATE_WITHOUT_BAST = "DATE_WITHOUT_BAST"
    BAST_WITHOUT_DATE = "BAST_WITHOUT_DATE"
    BAST_WITHOUT_PLACE = "BAST_WITHOUT_PLACE"
    PLACE_WITHOUT_BAST = "PLACE_WITHOUT_BAST"
    DIFFERS = "DIFFERS"


class CellWrong(ValueError):
    """A cell that cannot be taken as it stands."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def text(cell: Cell, *, most: int = 120) -> str:
    """A cell as text; whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, date):
        cell = cell.isoformat()
    found = " ".join(str(cell).split())
    if len(found) > most:
        raise CellWrong(Why.TOO_LONG)
    return found


def serial(cell: Cell) -> tuple[str, bool]:
    """A serial number, and whether the spreadsheet kept it as a number (its leading zeros are gone)."""
    is_number = isinstance(cell, int | float)
    found = text(cell)
    if not found:
        raise CellWrong(Why.EMPTY)
    if (is_number and len(found.lstrip("-")) > _EXACT_DIGITS) or _SCIENTIFIC.fullmatch(found):
        raise CellWrong(Why.SERIAL_ROUNDED)
    if not re.fullmatch(r"[A-Za-z0-9._/-]{1,60}", found):
        raise CellWrong(Why.NOT_A_SERIAL)
    return found, is_number


def price(cell: Cell, *, is_thousands: bool) -> Rupiah:
    """A price: `128.500.000`, `Rp128.500.000,00`, `128,500,000` or a number; in thousands where the column says so."""
    if isinstance(cell, int | float):
        amount = Decimal(repr(cell))
    else:
        amount = _amount(re.sub(r"(?i)rp\.?|,-|\s", "", text(cell)), is_thousands=is_thousands)
    sen = amount * (100_000 if is_thousands else 100)
    if not 0 <= sen <= _MOST_SEN or sen != sen.to_integral_value():
        raise CellWrong(Why.NOT_A_PRICE)
    return Rupiah(int(sen))


def _amount(found: str, *, is_thousands: bool) -> Decimal:
    if not found:
        raise CellWrong(Why.EMPTY)
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", found):
        raise CellWrong(Why.NOT_A_PRICE)
    groups = re.split(r"[.,]", found)
    marks = re.findall(r"[.,]", found)
    if not marks:
        return Decimal(found)
    whole_by_threes = all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3
    if len(set(marks)) == 1 and whole_by_threes and (len(marks) > 1 or not is_thousands or marks[0] == "."):
        return Decimal("".join(groups))
    # The last mark begins the sen; marks before it must all be the other one.
    if marks.count(marks[-1]) == 1 and (len(groups[-1]) == 2 or is_thousands) and _threes(groups[:-1]):
        return Decimal(f"{''.join(groups[:-1])}.{groups[-1]}")
    raise CellWrong(Why.PRICE_UNCLEAR)


def _threes(groups: list[str]) -> bool:
    return len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))


def year(cell: Cell, *, today: date) -> int | None:
    """A year of purchase, also from a whole date; None for an empty cell."""
    if isinstance(cell, date):
        return cell.year
    found = text(cell)
    if not found:
        return None
    if not re.fullmatch(r"(19|20)[0-9]{2}", found):
        raise CellWrong(Why.NOT_A_YEAR)
    if int(found) > today.year:
        raise CellWrong(Why.IN_THE_FUTURE)
    return int(found)


def day(cell: Cell, *, today: date) -> date | None:
    """A day: a date, Excel's count of days, `05/02/2021` (day first), `2021-02-05` or `5 Februari 2021`."""
    found = _day(cell)
    if found and found > today:
        raise CellWrong(Why.IN_THE_FUTURE)
    return found


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = text(cell).lower()
    if not written:
        return None
    try:
        if re.fullmatch(r"[0-9]{5}", written):
            return _EXCEL_EPOCH + timedelta(days=int(written))
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?", written):
            return date.fromisoformat(written[:10])
        if parts := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", written):
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        if parts := re.fullmatch(r"([0-9]{1,2}) ([a-z]+) ([0-9]{4})", written):
            return date(int(parts[3]), _MONTHS.index(parts[2]) + 1, int(parts[1]))
    except ValueError as error:
        raise CellWrong(Why.NOT_A_DATE) from error
    raise CellWrong(Why.NOT_A_DATE)
