"""Who held the turn, as bars: numbers for SVG attributes."""

from dataclasses import dataclass
from datetime import date

from dekat.duties.days import Run
from dekat.faces.ui.words import long_date
from dekat.reports.device_page import DevicePage

WIDTH, ROW, LEFT, RIGHT = 1210, 46, 196, 76


@dataclass(frozen=True)
class Piece:
    """One bar of one party."""

    x: str
    y: str
    width: str
    text_x: str
    text_y: str
    label: str
    tone: str
    title: str


@dataclass(frozen=True)
class Row:
    """One party."""

    name: str
    y: str
    text_y: str
    total: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Mark:
    """A day on the time line."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """The whole picture; `label` says it in words."""

    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    view_box: str
    bottom: str
    mark_y: str
    track_x: str
    track_width: str
    right: str
    label: str


def chart(page: DevicePage) -> Chart | None:
    """Draw the idle days of a device by party; None when it never stood idle."""
    if not page.runs:
        return None
    first, last = page.runs[0].first_day, page.runs[-1].last_day
    span = (last - first).days + 1
    scale = (WIDTH - LEFT - RIGHT) / span
    rows = []
    for place, share in enumerate(page.shares):
        y = place * ROW + 6
        pieces = tuple(_piece(run, first, scale, y) for run in share.runs)
        rows.append(Row(share.name, str(y), str(y + 22), f"{share.days} hari", pieces))
    height = len(rows) * ROW
    said = ", ".join(f"{share.name} {share.days} hari" for share in page.shares)
    return Chart(
        rows=tuple(rows),
        marks=tuple(_marks(page.runs, first, last, scale)),
        view_box=f"0 0 {WIDTH} {height + 34}",
        bottom=str(height + 4),
        mark_y=str(height + 24),
        track_x=str(LEFT),
        track_width=str(WIDTH - LEFT - RIGHT),
        right=str(WIDTH),
        label=f"Giliran selama {span} hari: {said}",
    )


def _piece(run: Run, first: date, scale: float, y: int) -> Piece:
    x = LEFT + (run.first_day - first).days * scale
    width = max(run.days * scale - 2, 1.5)
    return Piece(
        x=f"{x:.1f}",
        y=str(y),
        width=f"{width:.1f}",
        text_x=f"{x + 10:.1f}",
        text_y=str(y + 22),
        label=f"{run.days} hari" if width > 66 else "",
        tone={"ESCALATION": "late", "OBLIGATION": "called", "QUESTION": "asked"}.get(run.via, "rule"),
        title=f"{long_date(run.first_day)} sampai {long_date(run.last_day)}: {run.days} hari",
    )


def _marks(runs: tuple[Run, ...], first: date, last: date, scale: float) -> list[Mark]:
    marks = [Mark(f"{LEFT:.1f}", _short(first), "start")]
    placed = float(LEFT)
    end = LEFT + ((last - first).days + 1) * scale
    for run in runs[1:]:
        x = LEFT + (run.first_day - first).days * scale
        if x - placed > 90 and end - x > 90:
            marks.append(Mark(f"{x:.1f}", _short(run.first_day), "middle"))
            placed = x
    return [*marks, Mark(f"{end:.1f}", "hari ini", "end")]


def _short(day: date) -> str:
    number, month, year = long_date(day).split()
    return f"{int(number)} {month[:3]} {year}"
