"""An eye judged: where pupil and iris are, how sharp the iris is, and how much of it lids and glare leave free."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from dekat.adapters.quality.checks import check, percent
from dekat.adapters.quality.images import Field, Greys, PictureUnreadable, greys_of_record
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Look
from dekat.kernel.canonical import Json

ALGORITHM = "dekat-iris/1"
_SIDES = np.radians(np.r_[-40:41:4, 140:221:4]).astype(np.float32)  # left and right of the pupil, where no lid is
_ROUND = np.radians(np.arange(0, 360, 2)).astype(np.float32)
_FULL_FOCUS = 6.0  # mean fine detail of a sharp synthetic eye (measured): 100 points


@dataclass(frozen=True)
class Rings:
    """Pupil and iris as circles about one middle, in pixels."""

    x: float
    y: float
    pupil: float
    iris: float


def look_at_irises(images: Mapping[Position, bytes], *, limits: Limits) -> Mapping[Position, Look]:
    """Each eye whose picture can be opened."""
    looks = {}
    for position, record in images.items():
        try:
            looks[position] = look_at_eye(greys_of_record(record), limits=limits)
        except PictureUnreadable:
            continue
    return looks


def look_at_eye(image: Greys, *, limits: Limits) -> Look:
    """One eye."""
    rings = rings_of(image)
    if rings is None:
        return Look((check("iris.found", "none", 0),), {"algorithm": ALGORITHM}, 0)
    unrolled = _unrolled(image, rings)
    usable = _usable(unrolled)
    focus = _focus(unrolled)
    pupil, diameter = rings.pupil / rings.iris, 2 * rings.iris
    small, large = pupil < limits["iris.least_pupil"], pupil > limits["iris.most_pupil"]
    checks = (
        check("iris.found", "", 1),
        check("iris.diameter", "too_far" if diameter < limits["iris.diameter"] else "", diameter),
        check("iris.focus", "blurred" if focus < limits["iris.focus"] else "", focus),
        check("iris.usable", "covered" if usable < limits["iris.usable"] else "", usable),
        check("iris.pupil", "too_small" if small else "too_large" if large else "", pupil),
    )
    measures: dict[str, Json] = {
        "algorithm": ALGORITHM,
        "focus": round(focus),
        "usable": percent(usable),
        "pupil": percent(pupil),
        "diameter": round(diameter),
    }
    return Look(checks, measures, round(focus * min(1.0, usable), 1))


def rings_of(image: Greys) -> Rings | None:
    """Find the pupil as the darkest round thing, then the iris as the strongest edge about it."""
    soft = cv2.GaussianBlur(image, (0, 0), 2)
    dark = np.asarray(soft < np.percentile(soft, 0.4) + 30, np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8)), np.uint8)
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)), np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dark)
    if count < 2:
        return None
    # Area counts, and a box that is not square counts against: lashes and brows are long.
    roundness = boxes[1:, 4] / (1 + np.abs(boxes[1:, 2] / np.maximum(boxes[1:, 3], 1) - 1) * 4)
    chosen = int(np.argmax(roundness)) + 1
    down, across = np.nonzero(labels == chosen)
    if len(down) < 200:
        return None
    x, y, radius = float(np.median(across)), float(np.median(down)), float(np.sqrt(len(down) / math.pi))
    if not 0.4 < boxes[chosen, 2] / max(boxes[chosen, 3], 1) < 2.5:
        return None
    far = np.arange(radius * 1.3, min(image.shape) / 2, dtype=np.float32)
    if len(far) < 12:
        return None
    rows = _sampled(soft.astype(np.float32), x, y, far, _SIDES)
    profile = np.median(rows, axis=1)
    edge = profile[6:] - profile[:-6]
    return Rings(x, y, radius, float(far[int(np.argmax(edge)) + 3]))


def _unrolled(image: Greys, rings: Rings) -> Field:
    far = np.linspace(rings.pupil + 4, rings.iris - 4, 48, dtype=np.float32)
    return _sampled(image.astype(np.float32), rings.x, rings.y, far, _ROUND)


def _sampled(image: Field, x: float, y: float, far: Field, turns: Field) -> Field:
    across = np.asarray(x + np.outer(far, np.cos(turns)), np.float32)
    down = np.asarray(y + np.outer(far, np.sin(turns)), np.float32)
    return np.asarray(cv2.remap(image, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _usable(unrolled: Field) -> float:
    """The share that is neither lid nor lash nor glint: near the brightness of the sides, where no lid reaches."""
    sides = np.concatenate([unrolled[:, :20], unrolled[:, -20:], unrolled[:, 70:110]], axis=1)
    middle = float(np.median(sides))
    spread = float(np.median(np.abs(sides - middle))) * 1.48 + 1
    is_iris = np.abs(unrolled - middle) < np.maximum(3.2 * spread, 20)
    return float(is_iris.mean())


def _focus(unrolled: Field) -> float:
    sides = np.concatenate([unrolled[:, :24], unrolled[:, -24:], unrolled[:, 66:114]], axis=1)
    fine = np.abs(sides - cv2.GaussianBlur(sides, (0, 0), 1.5))
    return min(100.0, 100 * float(np.clip(fine, 0, 20).mean()) / _FULL_FOCUS)
