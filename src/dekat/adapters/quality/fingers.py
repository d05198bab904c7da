"""A finger judged: clear ridges over their area in a few milliseconds, then the extractor's own confidence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from dekat.adapters.quality.checks import check
from dekat.adapters.quality.images import Field, Greys, PictureUnreadable, greys_of_record
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Look
from dekat.kernel.canonical import Json

RIDGES = "dekat-ridges/1"
EXTRACTOR = "LEADER (afis 1.2.7)"
# 50,000 pixels of clear ridges at 500 dpi are 1.3 cm²: a whole plain fingertip, 100 points.
_WHOLE_PRINT_PIXELS = 50_000
# Forty sure minutiae are a whole print (measured: synthetic clean prints have 40 to 50), 100 points.
_WHOLE_CONFIDENCE = 40
Extract = Callable[[bytes], Field]
_BLOCK, _STEP = 24, 8  # pixels: two to three ridges; how often a block is looked at


@dataclass(frozen=True)
class Ridges:
    """Facts: `clear_pixels` run clearly in one direction with contrast; `direction` 0-1 is the mean over all skin."""

    clear_pixels: float
    direction: float

    @property
    def score(self) -> float:
        return min(100.0, 100 * self.clear_pixels / _WHOLE_PRINT_PIXELS)


def look_at_fingers(
    images: Mapping[Position, bytes], *, minutiae: Extract | None, limits: Limits
) -> Mapping[Position, Look]:
    """Each finger whose picture can be opened; without `minutiae` only the ridges are looked at."""
    looks = {}
    for position, record in images.items():
        try:
            looks[position] = _look(record, minutiae, limits)
        except PictureUnreadable:
            continue
    return looks


def _look(record: bytes, minutiae: Extract | None, limits: Limits) -> Look:
    ridges = ridges_of(greys_of_record(record))
    clear = check("finger.clear", "unclear" if ridges.score < limits["finger.clear"] else "", ridges.score)
    measures: dict[str, Json] = {"algorithm": RIDGES, "clear": round(ridges.score)}
    if minutiae is None:
        return Look((clear,), measures, round(ridges.score, 1))
    found = minutiae(record)
    score = min(100.0, 100 * float(found[:, 3].sum()) / _WHOLE_CONFIDENCE)
    good = check("finger.good", "faint" if score < limits["finger.good"] else "", score)
    measures |= {"algorithm": f"{RIDGES}, {EXTRACTOR}", "minutiae": len(found), "confidence": round(score)}
    return Look((clear, good), measures, round(score, 1))


def ridges_of(image: Greys) -> Ridges:
    """How clearly the ridges run, and over how much skin (3-4 ms for one finger)."""
    light = np.asarray(cv2.GaussianBlur(image.astype(np.float32), (0, 0), 0.8), np.float32)
    right, down = cv2.Sobel(light, cv2.CV_32F, 1, 0), cv2.Sobel(light, cv2.CV_32F, 0, 1)
    xx, yy, xy = _blocks(right * right), _blocks(down * down), _blocks(right * down)
    direction = np.hypot(xx - yy, 2 * xy) / (xx + yy + 1e-3)
    mean = _blocks(light)
    spread = np.sqrt(np.maximum(_blocks(light * light) - mean * mean, 0))
    is_skin = (spread > 12) & (direction > 0.15)
    is_clear = is_skin & (direction > 0.5) & (spread > 22)
    all_of_it = float(direction[is_skin].mean()) if is_skin.any() else 0.0
    return Ridges(float(is_clear.mean()) * image.size, all_of_it)


def _blocks(values: Field) -> Field:
    mean = cv2.boxFilter(np.asarray(values, np.float32), -1, (_BLOCK, _BLOCK))
    return np.asarray(mean[_STEP // 2 :: _STEP, _STEP // 2 :: _STEP], np.float32)
