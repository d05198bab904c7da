"""A signature judged: ink, extent and strokes. It must be somebody's writing, not beautiful."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

import numpy as np

from dekat.adapters.quality.checks import check, percent
from dekat.adapters.quality.images import greys_of
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.quality import Look
from dekat.kernel.canonical import Json

ALGORITHM = "dekat-signature/1"
_PAPER = 160  # brighter is paper


def look_at_signature(png: bytes, *, strokes: Sequence[Json], limits: Limits) -> Look:
    """Ink on the pad, the size of what was drawn, and how long the pen went."""
    grey = greys_of(png)
    down, across = np.nonzero(grey < _PAPER)
    diagonal = hypot(*grey.shape)
    ink = len(down) / grey.size
    extent = hypot(np.ptp(down), np.ptp(across)) / diagonal if len(down) else 0.0
    lines = list(_lines(strokes))
    length = sum(hypot(x - was_x, y - was_y) for line in lines for (was_x, was_y), (x, y) in pairwise(line)) / diagonal
    checks = (
        check("signature.ink", "faint" if ink < limits["signature.ink"] else "", ink),
        check("signature.extent", "tiny" if extent < limits["signature.extent"] else "", extent),
        check("signature.strokes", "short" if length < limits["signature.length"] else "", length),
    )
    measures: dict[str, Json] = {
        "algorithm": ALGORITHM,
        "ink_per_10000": round(ink * 10_000),
        "extent": percent(extent),
        "strokes": len(lines),
        "length": percent(length),
    }
    return Look(checks, measures, round(100 * sum(one.is_good for one in checks) / len(checks)))


def _lines(strokes: Sequence[Json]) -> Iterator[list[tuple[float, float]]]:
    """The strokes' points; a stroke is a list of points, or signature_pad's group that holds one."""
    for stroke in strokes:
        points = stroke.get("points") if isinstance(stroke, dict) else stroke
        if isinstance(points, list):
            yield [place for point in points if (place := _place(point)) is not None]


def _place(point: Json) -> tuple[float, float] | None:
    if not isinstance(point, dict):
        return None
    x, y = point.get("x"), point.get("y")
    return (float(x), float(y)) if isinstance(x, int | float) and isinstance(y, int | float) else None
