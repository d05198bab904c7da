"""Tables of figures as values: the page, the XLSX, the CSV and the PDF show the same ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dekat.faces.ui import words
from dekat.kernel.rupiah import Rupiah

Text = str | Promise
Value = Text | int | Rupiah | date | datetime | None
CLOSED = "•"


class Kind(StrEnum):
    """How a column's values are written."""

    TEXT = "TEXT"
    SERIAL = "SERIAL"
    COUNT = "COUNT"
    DAYS = "DAYS"
    PERCENT = "PERCENT"
    MONEY = "MONEY"
    DISTANCE = "DISTANCE"
    DAY = "DAY"
    INSTANT = "INSTANT"

    @property
    def is_number(self) -> bool:
        return self not in (Kind.TEXT, Kind.SERIAL, Kind.DAY, Kind.INSTANT)

    @property
    def is_unbroken(self) -> bool:
        """Whether its values stay on one line."""
        return self is not Kind.TEXT


@dataclass(frozen=True)
class Column:
    """One column; its unit stands in its label."""

    label: Text
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Cell:
    """One value.

    Facts: `href` leads to the evidence it was counted from; `is_closed` means that too few people are behind it.
    """

    value: Value
    href: str = ""
    is_closed: bool = False
    tone: str = ""

    @property
    def link(self) -> str:
        """The address, unless nothing is behind the value: a zero leads nowhere."""
        return "" if self.value in (None, "", 0, Rupiah(0)) else self.href

    @property
    def is_empty(self) -> bool:
        return self.value in (None, "") and not self.is_closed


Row = Sequence[Cell | Value]


@dataclass(frozen=True)
class Table:
    """One table; `note` says how its figures come about. `total` is a last row."""

    key: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Text = ""
    total: tuple[Cell, ...] = ()

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def total_line(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.total, strict=True)) if self.total else []


@dataclass(frozen=True)
class Report:
    """Some tables that belong together, with the span, the instant and the source they speak of."""

    key: str
    title: Text
    lead: Text
    period: str
    place: Text
    as_of: datetime
    tables: tuple[Table, ...]
    is_exact: bool = True
    notes: tuple[Text, ...] = field(default=())

    @property
    def source(self) -> str:
        return _("Catatan bertanda tangan Dekat; setiap sel menunjuk kejadian yang dihitung.")

    def table(self, key: str) -> Table:
        return next(table for table in self.tables if table.key == key)


def table(
    key: str,
    title: Text,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    note: Text = "",
    total: Row = (),
) -> Table:
    """A table from plain values and cells."""
    return Table(
        key, title, tuple(columns), tuple(_cells(row) for row in rows), note=note, total=_cells(total) if total else ()
    )


def linked(value: Value, href: str, **more: str) -> Cell:
    """A value that leads to its evidence."""
    return Cell(value, href=href, tone=more.get("tone", ""))


def closed(cell: Cell) -> Cell:
    """The same cell, told to nobody."""
    return replace(cell, value=None, href="", is_closed=True)


def in_words(column: Column, cell: Cell) -> str:
    """What a page or a PDF writes."""
    value = cell.value
    if cell.is_closed:
        return CLOSED
    if value is None or value == "":
        return "–"
    match value:
        case Rupiah():
            return words.money(value).removeprefix("Rp ")
        case datetime():
            return f"{words.short_date(value)} {words.clock_time(value)[:5]}"
        case date():
            return words.short_date(value)
        case int():
            return {
                Kind.PERCENT: f"{value}%",
                Kind.DISTANCE: f"{words.number(round(value / 1000))} km",
            }.get(column.kind, words.number(value))
        case _:
            return str(value)


def _cells(row: Row) -> tuple[Cell, ...]:
    return tuple(value if isinstance(value, Cell) else Cell(value) for value in row)
