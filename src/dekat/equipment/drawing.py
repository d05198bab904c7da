"""A signature as drawn on the screen: strokes in, one small SVG out; nothing else of what a browser sends is kept."""

import re
from hashlib import sha256

from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json

_MOST_POINTS, _MOST_LETTERS = 600, 400_000
_WIDTH, _HEIGHT = 600, 200
_BEFORE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}">'
    '<path d="'
)
_AFTER = '" fill="none" stroke="#10243e" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>'


class DrawingUnreadable(DekatError):
    """What came from the signature pad is no drawing."""

    code = "equipment.signature.unreadable"


def as_svg(strokes: str) -> str:
    """Draw strokes (`[[{"x":…,"y":…}]]`) into a box of 600 by 200; empty when nothing was drawn.

    Refuses: equipment.signature.unreadable.
    """
    if not strokes.strip():
        return ""
    lines = _lines(strokes)
    points = [point for line in lines for point in line]
    if not points:
        return ""
    left, top = (min(values) for values in zip(*points, strict=True))
    right, bottom = (max(values) for values in zip(*points, strict=True))
    scale = min((_WIDTH - 20) / max(right - left, 1), (_HEIGHT - 20) / max(bottom - top, 1))
    path = "".join(
        _path([(round((x - left) * scale) + 10, round((y - top) * scale) + 10) for x, y in line]) for line in lines
    )
    return f"{_BEFORE}{path}{_AFTER}"


def is_drawing(svg: str) -> bool:
    """Whether a text is a drawing that `as_svg` made, and not whatever else an SVG may hold."""
    path = svg.removeprefix(_BEFORE).removesuffix(_AFTER)
    return svg == f"{_BEFORE}{path}{_AFTER}" and re.fullmatch(r"[ML0-9 ]{1,60000}", path) is not None


def digest(svg: str) -> str:
    """The SHA-256 by which the log names a drawing."""
    return sha256(svg.encode()).hexdigest()


def _lines(strokes: str) -> list[list[tuple[float, float]]]:
    try:
        if len(strokes) > _MOST_LETTERS:
            raise DrawingUnreadable
        lines = [[(float(point["x"]), float(point["y"])) for point in line] for line in read_json(strokes.encode())]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise DrawingUnreadable from error
    count = sum(map(len, lines))
    if any(abs(value) > 100_000 or value != value for line in lines for point in line for value in point):
        raise DrawingUnreadable
    every = -(-count // _MOST_POINTS) or 1
    return [[*line[:-1:every], line[-1]] for line in lines if line]


def _path(points: list[tuple[int, int]]) -> str:
    first, rest = points[0], points[1:] or [points[0]]
    return f"M{first[0]} {first[1]}L" + " ".join(f"{x} {y}" for x, y in rest)
