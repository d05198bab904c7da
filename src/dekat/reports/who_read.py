"""Who has not read what: each kecamatan beside each instruction in force, and the events behind each cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dekat.areas.working_calendar import regency_day
from dekat.duties import queries as duties
from dekat.duties.evidence import may_say
from dekat.duties.queries import Issued, Receipt
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.reports.parties import places

_TRACED = [f"duties.instruction.{step}" for step in ("delivered", "shown", "acknowledged", "withdrawn")]


@dataclass(frozen=True)
class Row:
    """One kecamatan: a receipt for each column, None where the instruction does not address it."""

    code: str
    name: str
    cells: tuple[Receipt | None, ...]

    @property
    def open_count(self) -> int:
        return sum(1 for cell in self.cells if cell and not cell.is_complete)


@dataclass(frozen=True)
class Matrix:
    """All kecamatan beside all instructions; `asked` cells are addressed, `done` of them read by everybody asked."""

    columns: tuple[Issued, ...]
    rows: tuple[Row, ...]
    asked: int
    done: int

    @property
    def lacking(self) -> int:
        return self.asked - self.done


def who_read(*, now: datetime, kecamatan: str = "", instruction: str = "", lacking: str = "") -> Matrix:
    """The matrix of what is in force.

    Facts: `lacking` is a role, or DELIVERY: only kecamatan and instructions where that is missing; a withdrawn
    instruction is shown only when asked for by its id.
    """
    receipts = duties.all_receipts()
    columns = [one for one in duties.issued(also_withdrawn=bool(instruction)) if instruction in ("", one.id)]
    found = {(cell.kecamatan, cell.instruction): cell for one in columns for cell in receipts[one.id]}
    names = {code: name for code, name in places(regency_day(now)).items() if kecamatan in ("", code)}
    cells = [cell for (code, _), cell in found.items() if code in names]
    if lacking:
        shown = [cell for cell in cells if _lacks(cell, lacking)]
        columns = [one for one in columns if any(cell.instruction == one.id for cell in shown)]
        names = {code: names[code] for code in names if any(cell.kecamatan == code for cell in shown)}
        cells = [
            cell for cell in cells if cell.kecamatan in names and any(one.id == cell.instruction for one in columns)
        ]
    rows = (Row(code, name, tuple(found.get((code, one.id)) for one in columns)) for code, name in names.items())
    return Matrix(tuple(columns), tuple(rows), len(cells), sum(1 for cell in cells if cell.is_complete))


def lines(matrix: Matrix) -> Iterator[tuple[Issued, Row, Receipt]]:
    """Every addressed cell with its instruction and kecamatan: what a table holds."""
    for row in matrix.rows:
        for column, cell in zip(matrix.columns, row.cells, strict=True):
            if cell:
                yield column, row, cell


def behind(*, instruction: str, kecamatan: str) -> list[SignedEvent]:
    """The events behind a cell, in every version, oldest first; questions of the kecamatan about it too."""
    said: Sequence[SignedEvent] = [
        event
        for event in ledger.events(names=_TRACED, subject=f"kecamatan:{kecamatan}")
        if event.data.get("instruction") == instruction
    ]
    issued = ledger.events(names=["duties.instruction.issued"], subject=f"instruction:{instruction}")
    asked = [
        event
        for event in ledger.events(names=["duties.question.asked"])
        if event.data.get("instruction") == instruction and event.data.get("by") == f"KECAMATAN:{kecamatan}"
    ]
    keys = {event.data.get("question") for event in asked}
    answered = [one for one in ledger.events(names=["duties.question.answered"]) if one.data.get("question") in keys]
    addressed = [event for event in issued if kecamatan in _texts(event.data.get("to"))]
    every = filter(may_say, [*addressed, *said, *asked, *answered])
    return sorted(every, key=lambda event: (event.occurred_at, event.node, event.seq))


def said_at_issue(*, instruction: str, version: int) -> SignedEvent | None:
    """The event that published this version, with the hash of its text."""
    found = ledger.events(names=["duties.instruction.issued"], subject=f"instruction:{instruction}")
    return next((event for event in found if event.data.get("version") == version), None)


def _lacks(cell: Receipt, what: str) -> bool:
    return not cell.delivered_at if what == "DELIVERY" else what in cell.lacking


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
