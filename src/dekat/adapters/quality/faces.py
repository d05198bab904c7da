"""A portrait judged: one face, its place, size and pose, eyes, light, sharpness, and the cloth behind it.

Left and right are the picture's own, as the operator sees it on the screen.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dekat.adapters.quality.checks import check, percent
from dekat.adapters.quality.face_nets import FaceNets, Found
from dekat.adapters.quality.images import Colours, Greys, colours_of
from dekat.adapters.quality.limits import Limits
from dekat.enrolment.portrait import CLOTH_HUES, LEAST_SATURATION, LEAST_VALUE
from dekat.enrolment.quality import Check, Look
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json

ALGORITHM = "dekat-face/1 (mediapipe 0.10.21 models)"
Points = NDArray[np.float32]
# Numbers of the 468 points as the model's own mesh has them.
_FOREHEAD, _CHIN, _NOSE = 10, 152, 1
_LEFT_EYE, _RIGHT_EYE = (33, 160, 158, 133, 153, 144), (362, 385, 387, 263, 373, 380)
_BURNT = 250
_SHARE_ABOVE = 0.7  # below, a background is shoulders


@dataclass(frozen=True)
class Seen:
    """What was measured on one face; lengths as shares of the picture unless named."""

    across: float
    down: float
    size: float
    eye_distance_px: float
    roll: float
    turn: float
    eyes: float
    light: float
    evenness: float
    darker: str
    glare: float
    sharp: float

    @property
    def measures(self) -> dict[str, Json]:
        shares = ("across", "down", "size", "turn", "eyes", "evenness", "glare", "sharp")
        return {
            **{name: percent(getattr(self, name)) for name in shares},
            "eye_distance": round(self.eye_distance_px),
            "roll": round(self.roll),
            "light": round(self.light),
            "darker": self.darker,
        }


def look_at_face(jpeg: bytes, *, background: Background, nets: FaceNets, limits: Limits) -> Look:
    """Everything a portrait must fulfil, in the order in which it is mended."""
    picture = colours_of(jpeg)
    found = nets.detect(picture, least=limits["face.found"])
    cloth = _cloth(picture, nets, background, limits)
    count = check("face.count", _count_advice(len(found)), len(found))
    measures: dict[str, Json] = {"algorithm": ALGORITHM, "faces": len(found), "cloth": percent(cloth.value)}
    if len(found) != 1:
        return Look((count, cloth), measures, 0)
    seen = _measure(picture, found[0], nets)
    checks = (count, *_checks(seen, limits), cloth)
    measures |= seen.measures
    return Look(checks, measures, round(100 * sum(one.is_good for one in checks) / len(checks)))


def _count_advice(count: int) -> str:
    return "" if count == 1 else "many" if count else "none"


def _checks(seen: Seen, limits: Limits) -> tuple[Check, ...]:
    off = seen.across - 0.5
    aside = "" if abs(off) <= limits["face.across"] else "move_left" if off > 0 else "move_right"
    lean = "" if abs(seen.roll) <= limits["face.roll"] else "lean_left" if seen.roll > 0 else "lean_right"
    turned = "" if abs(seen.turn) <= limits["face.turn"] else "turn_left" if seen.turn > 0 else "turn_right"
    high, low = seen.down < limits["face.highest"], seen.down > limits["face.lowest"]
    small, large = seen.size < limits["face.least_size"], seen.size > limits["face.most_size"]
    dark, bright = seen.light < limits["face.least_light"], seen.light > limits["face.most_light"]
    uneven = "" if seen.evenness >= limits["face.evenness"] else f"dark_{seen.darker}"
    return (
        check("face.size", "too_far" if small else "too_near" if large else "", seen.size),
        check("face.turn", turned, seen.turn),
        check("face.across", aside, seen.across),
        check("face.height", "too_high" if high else "too_low" if low else "", seen.down),
        check("face.roll", lean, seen.roll),
        check("face.light", "too_dark" if dark else "too_bright" if bright else "", seen.light),
        check("face.evenness", uneven, seen.evenness),
        check("face.glare", "glare" if seen.glare > limits["face.glare"] else "", seen.glare),
        check("face.sharp", "blurred" if seen.sharp < limits["face.sharp"] else "", seen.sharp),
        check("face.eyes", "closed" if seen.eyes < limits["face.eyes"] else "", seen.eyes),
        check("face.detail", "too_coarse" if seen.eye_distance_px < limits["face.eye_distance"] else "",
               seen.eye_distance_px),
    )  # fmt: skip


def _measure(picture: Colours, found: Found, nets: FaceNets) -> Seen:
    crop, points = nets.landmarks(picture, found)
    height, width = picture.shape[:2]
    on_picture = crop.back(points)
    middle = on_picture.mean(axis=0)
    left, right = (on_picture[list(eye)].mean(axis=0) for eye in (_LEFT_EYE, _RIGHT_EYE))
    between = right - left
    apart = float(np.hypot(*between))
    grey = np.asarray(cv2.cvtColor(crop.picture, cv2.COLOR_RGB2GRAY), np.uint8)
    mine, theirs = _halves(grey, points)
    skin = np.concatenate([mine, theirs])
    darker, brighter = sorted((float(mine.mean()), float(theirs.mean())))
    nose = float((on_picture[_NOSE] - (left + right) / 2) @ between) / apart**2
    return Seen(
        across=float(middle[0]) / width,
        down=float(middle[1]) / height,
        size=float(np.hypot(*(on_picture[_FOREHEAD] - on_picture[_CHIN]))) / height,
        eye_distance_px=apart,
        roll=math.degrees(math.atan2(float(between[1]), float(between[0]))),
        turn=nose,
        eyes=min(_openness(points, _LEFT_EYE), _openness(points, _RIGHT_EYE)),
        light=float(skin.mean()),
        evenness=darker / max(brighter, 1),
        darker="left" if mine.mean() < theirs.mean() else "right",
        glare=float((skin >= _BURNT).mean()),
        sharp=_sharpness(grey, points),
    )


def _openness(points: Points, eye: tuple[int, ...]) -> float:
    corner, first, second, other, third, fourth = (points[number] for number in eye)
    height = float(np.hypot(*(first - fourth)) + np.hypot(*(second - third))) / 2
    return height / max(float(np.hypot(*(corner - other))), 1e-6)


def _halves(grey: Greys, points: Points) -> tuple[Greys, Greys]:
    """The face's pixels left and right of the line from the forehead to the chin."""
    hull = cv2.convexHull(points).astype(np.int32)
    inside = np.zeros(grey.shape, np.uint8)
    cv2.fillConvexPoly(inside, hull, 1)
    down, across = np.nonzero(inside)
    top, bottom = points[_FOREHEAD], points[_CHIN]
    line = top[0] + (down - top[1]) * (bottom[0] - top[0]) / max(float(bottom[1] - top[1]), 1.0)
    values = grey[down, across]
    return values[across < line], values[across >= line]


def _sharpness(grey: Greys, points: Points) -> float:
    """How much of the detail about the eyes is of the finest kind; light and contrast cancel out."""
    eyes = points[[*_LEFT_EYE, *_RIGHT_EYE]]
    left, top = np.maximum(eyes.min(axis=0) - 8, 0).astype(int)
    right, bottom = (eyes.max(axis=0) + 8).astype(int)
    part = grey[top:bottom, left:right].astype(np.float32)
    if part.size < 64:
        return 0.0
    fine = np.abs(part - cv2.GaussianBlur(part, (0, 0), 1.0)).mean()
    coarse = np.abs(part - cv2.GaussianBlur(part, (0, 0), 4.0)).mean()
    return float(fine / max(float(coarse), 1e-3))


def _cloth(picture: Colours, nets: FaceNets, wanted: Background, limits: Limits) -> Check:
    height = picture.shape[0]
    behind = nets.background(picture)
    behind[int(height * _SHARE_ABOVE) :] = False
    pixels = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2HSV), np.uint8)[behind]
    share = _share_of(pixels, wanted)
    return check("face.cloth", "" if share >= limits["face.cloth"] else f"want_{wanted.lower()}", share)


def _share_of(pixels: Greys, cloth: Background) -> float:
    if not len(pixels):
        return 0.0
    first, last = (degrees / 2 for degrees in CLOTH_HUES[cloth])  # OpenCV halves the colour circle
    hue = pixels[:, 0]
    is_hue = (hue >= first) & (hue < last) if first < last else (hue >= first) | (hue < last)
    is_cloth = is_hue & (pixels[:, 1] >= 255 * LEAST_SATURATION) & (pixels[:, 2] >= 255 * LEAST_VALUE)
    return float(is_cloth.mean())
