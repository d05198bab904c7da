"""The tile map and the small bars as numbers for SVG attributes; no page computes."""

from collections.abc import Sequence
from dataclasses import dataclass

from dekat.faces.oversight.figures import Cell, Column, Kind, in_words
from dekat.reports.oversight import Line, Overview

# Column and row of each kecamatan: neighbours stay neighbours, distances mean nothing.
POSITIONS = {
    "35.11.01": (1, 4), "35.11.02": (2, 4), "35.11.03": (4, 4), "35.11.04": (4, 2), "35.11.05": (3, 3),
    "35.11.06": (1, 3), "35.11.07": (1, 2), "35.11.08": (2, 2), "35.11.09": (3, 2), "35.11.10": (4, 1),
    "35.11.11": (1, 1), "35.11.12": (1, 0), "35.11.13": (2, 1), "35.11.14": (3, 0), "35.11.15": (5, 1),
    "35.11.16": (4, 0), "35.11.17": (0, 1), "35.11.18": (5, 3), "35.11.19": (6, 4), "35.11.20": (0, 2),
    "35.11.21": (3, 1), "35.11.22": (5, 2), "35.11.23": (2, 3),
}  # fmt: skip
WIDTH, HEIGHT, GAP = 104, 84, 6
SHORT = {
    "35.11.23": "Jambesari", "35.11.21": "Tmn. Krocok", "35.11.18": "Sbr. Wringin", "35.11.19": "Ijen",
}  # fmt: skip


@dataclass(frozen=True)
class Tile:
    """One kecamatan on the map; `tone` is `idle`, `none` or `use-1` … `use-4`."""

    x: str
    y: str
    middle: str
    name_y: str
    value_y: str
    name: str
    value: str
    tone: str
    title: str
    href: str


@dataclass(frozen=True)
class Bar:
    """One bar of a small chart."""

    x: str
    y: str
    height: str
    is_empty: bool


def tiles(page: Overview) -> list[Tile]:
    """The map of a kind of device."""
    lines = {line.kecamatan: line for line in page.lines}
    return [
        _tile(code, page.names.get(code, code), lines.get(code), place)
        for code, place in POSITIONS.items()
        if code in page.names
    ]


def sparks(weeks: Sequence[int]) -> list[Bar]:
    """Weekly uses as bars in a box of 150 by 34."""
    top, step = max(*weeks, 1), 150 / len(weeks)
    return [
        Bar(
            x=f"{place * step + 1.5:.1f}",
            y=f"{34 - max(2.0, count / top * 34):.1f}",
            height=f"{max(2.0, count / top * 34):.1f}",
            is_empty=count == 0,
        )
        for place, count in enumerate(weeks)
    ]


@dataclass(frozen=True)
class MonthBar:
    """One month's bar with what is said of it; closed months have no height."""

    label: str
    short: str
    said: str
    x: str
    middle: str
    y: str
    height: str
    value_y: str
    is_empty: bool


def month_bars(months: Sequence[tuple[str, Cell]]) -> list[MonthBar]:
    """A year of months as bars in a box of 660 by 250."""
    counts = [cell.value if isinstance(cell.value, int) else 0 for _label, cell in months]
    top = max(*counts, 1)
    found = []
    for place, ((label, cell), count) in enumerate(zip(months, counts, strict=True)):
        height, x = max(3.0, count / top * 200), place * 55 + 6
        found.append(
            MonthBar(
                label=label,
                short=label[:3],
                said=in_words(Column("", Kind.COUNT), cell),
                x=str(x),
                middle=str(x + 21),
                y=f"{224 - height:.1f}",
                height=f"{height:.1f}",
                value_y=f"{218 - height:.1f}",
                is_empty=not count,
            )
        )
    return found


def _tile(code: str, name: str, line: Line | None, place: tuple[int, int]) -> Tile:
    x, y = place[0] * (WIDTH + GAP), place[1] * (HEIGHT + GAP)
    value, tone, title = "", "none", f"{name}: belum punya alat"
    if line and line.is_idle:
        value, tone, title = f"{line.idle_days} hari", "idle", f"{name}: menganggur {line.idle_days} hari"
    elif line:
        value = f"{line.used_percent}%"
        tone = f"use-{min(4, 1 + line.used_percent // 25)}"
        title = f"{name}: dipakai pada {line.used_percent}% hari kerja"
    return Tile(
        x=str(x),
        y=str(y),
        middle=str(x + WIDTH // 2),
        name_y=str(y + (36 if line else 47)),
        value_y=str(y + 62),
        name=SHORT.get(code, name),
        value=value,
        tone=tone,
        title=title,
        href=f"/pengawasan/alat/{line.serial}/" if line else "",
    )
