"""A live frame of a slap judged: how many fingers, which hand, whether the glass is dark or dirty.

A hand laid on the glass, seen from below and shown the way it lies: the little finger is the lowest and at the outside.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from dekat.adapters.quality.checks import check, percent
from dekat.adapters.quality.fingers import ridges_of
from dekat.adapters.quality.images import Greys, greys_of
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.quality import Look
from dekat.kernel.canonical import Json

ALGORITHM = "dekat-hand/1"
_WIDTH = 320  # a frame is looked at this small: counting needs no ridges
_LEAST_FINGER = 0.012  # of the frame
_INK = 28  # darker than the glass by this much is skin


@dataclass(frozen=True)
class Finger:
    """One thing on the glass, in shares of the frame."""

    across: float
    top: float
    width: float
    height: float


def look_at_hand(frame: bytes, *, limits: Limits) -> Look:
    """What lies on the glass; how many fingers there should be is the caller's question."""
    grey = greys_of(frame)
    by = _WIDTH / grey.shape[1]
    small = np.asarray(cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA), np.uint8)
    glass = float(np.percentile(small, 90))
    found = fingers_on(small, glass)
    dirty = _dirt(small, glass, found)
    clear = ridges_of(grey).direction if found else 0.0
    dark = glass < limits["hand.dark"]
    checks = (
        check("hand.light", "too_dark" if dark else "dirty" if dirty > limits["hand.dirty"] else "", glass),
        check("hand.count", "" if found else "empty", len(found)),
        check("hand.clear", "unclear" if found and clear < limits["hand.clear"] else "", clear),
    )
    measures: dict[str, Json] = {
        "algorithm": ALGORITHM,
        "count": len(found),
        "side": side_of(found),
        "glass": round(glass),
        "dirt": percent(dirty),
        "clear": percent(clear),
    }
    return Look(checks, measures, round(100 * clear))


def fingers_on(small: Greys, glass: float) -> list[Finger]:
    """The fingers from left to right."""
    soft = cv2.GaussianBlur(small, (0, 0), 3)
    skin = np.asarray(soft.astype(np.float32) < glass - _INK, np.uint8)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(skin)
    height, width = small.shape
    found = []
    for left, top, wide, tall, area in boxes[1:count]:
        if area < _LEAST_FINGER * small.size or tall < 0.6 * wide:
            continue
        found.append(Finger((left + wide / 2) / width, top / height, wide / width, tall / height))
    return sorted(found, key=lambda finger: finger.across)


def side_of(found: list[Finger]) -> str:
    """LEFT, RIGHT, or nothing where the heights do not tell.

    Facts: of four fingers the outer two are the index and the little one, and the little one lies clearly lower.
    """
    if len(found) != 4:
        return ""
    first, last = found[0].top, found[-1].top
    typical = sum(finger.height for finger in found) / 4
    if abs(first - last) < 0.06 * typical:
        return ""
    return "LEFT" if first > last else "RIGHT"


def _dirt(small: Greys, glass: float, found: list[Finger]) -> float:
    """The share of the glass beside the fingers that is no longer bright."""
    height, width = small.shape
    free = np.ones(small.shape, bool)
    for finger in found:
        left, right = finger.across - finger.width * 0.6, finger.across + finger.width * 0.6
        top, bottom = finger.top - 0.06, finger.top + finger.height + 0.06
        free[int(max(0, top) * height) : int(bottom * height), int(max(0, left) * width) : int(right * width)] = False
    if not free.any():
        return 0.0
    return float((small[free].astype(np.float32) < glass - 10).mean())
