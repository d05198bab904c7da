"""A device's own quality score, counted from the image and never made up."""

import math

import numpy as np
from PIL import Image

from dekat.adapters.samples.marks import Field, Grey

_BLOCK = 20  # pixels at 500 dpi: about two ridges


def finger_score(image: Grey) -> int:
    """0-100: how clearly the ridges run, over how much of a fingertip touches the glass."""
    light = image.astype(np.float32)
    down, across = (np.asarray(part, np.float32) for part in np.gradient(light))
    xx, yy, xy = (_blocks(part) for part in (across * across, down * down, across * down))
    energy = xx + yy
    clear = np.hypot(xx - yy, 2 * xy) / (energy + 1e-6)
    is_skin = _blocks(light) < 232
    strong = np.clip(energy / 900, 0, 1)  # ridges of a clean print reach 2,000 and more
    if not is_skin.any():
        return 0
    area = min(1.0, float(is_skin.mean()) / 0.45)
    return round(100 * float((clear * strong)[is_skin].mean()) * area)


def iris_score(image: Grey, centre: tuple[int, int], diameter: int) -> int:
    """0-100: how sharp the iris is, and how much of its upper half is free of the lid."""
    half = diameter // 2
    x, y = centre
    ring = image[max(0, y - half) : y + half, max(0, x - half) : x + half].astype(np.float32)
    fine = np.abs(ring[1:-1, 1:-1] * 4 - ring[:-2, 1:-1] - ring[2:, 1:-1] - ring[1:-1, :-2] - ring[1:-1, 2:])
    sharp = min(1.0, float(np.clip(fine, 0, 20).mean()) / 5.5)
    free = min(1.0, float((ring[: half // 2] < 150).mean()) / 0.45)
    return round(100 * sharp * (0.4 + 0.6 * free))


def face_score(image: Image.Image) -> int:
    """0-100: light, contrast and edges of the middle of the picture, where the face is."""
    grey = np.asarray(image.convert("L"), np.float32)
    height, width = grey.shape
    face = grey[height // 5 : height * 3 // 4, width // 4 : width * 3 // 4]
    light = 1 - min(1.0, abs(float(face.mean()) - 130) / 110)
    contrast = min(1.0, float(face.std()) / 30)
    edges = min(1.0, float(np.percentile(np.abs(np.diff(face, axis=1)), 98)) / 14)
    return round(100 * math.sqrt(light) * contrast * (0.5 + 0.5 * edges))


def _blocks(field: Field) -> Field:
    height, width = (side - side % _BLOCK for side in field.shape)
    cut = field[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK)
    return np.asarray(cut.mean(axis=(1, 3)), np.float32)
