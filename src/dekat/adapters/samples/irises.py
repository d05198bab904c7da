"""Near-infrared eyes of nobody: a rubber-sheet texture wrapped between pupil and limbus, under two lids."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from dekat.adapters.samples.marks import Field, Grey, marked, smooth

WIDTH, HEIGHT = 640, 480
_DEPTH, _AROUND = 64, 720  # of the texture: from the pupil outwards, and once round


@dataclass(frozen=True)
class Eye:
    """An eye image and where its iris is, in pixels."""

    image: Grey
    centre_x: int
    centre_y: int
    diameter: int


@lru_cache(maxsize=16)
def texture(person: int, eye: int) -> Field:
    """The pattern of one iris, the same for the same person and eye."""
    rng = np.random.default_rng([person, eye, 11])
    woven = np.zeros((_DEPTH, _AROUND), np.float32)
    for radial, around, amount in ((32, 60, 0.5), (22, 24, 0.8), (16, 12, 0.9), (8, 6, 0.7), (4, 3, 0.4)):
        stripes = smooth(rng, (_DEPTH * 16 // radial, _AROUND), around, amount)
        woven += np.asarray(Image.fromarray(stripes).resize((_AROUND, _DEPTH), Image.Resampling.BICUBIC), np.float32)
    seam = np.linspace(0, 1, 40, dtype=np.float32)[None, :]  # the last columns run into the first: an iris is a ring
    woven[:, -40:] = woven[:, -40:] * (1 - seam) + woven[:, :40][:, ::-1] * seam
    return woven


def photograph(person: int, eye: int, *, touch: int = 0, dirt: float = 0.0, shut: float = 0.0) -> Eye:
    """One picture of the eye.

    Facts: `touch` varies place, pupil and lids; `dirt` from 0 to 1 blurs it and lowers the lid; `shut` from 0 (open) to
    1 (closed) lowers the lid alone, as in a blink.
    """
    rng = np.random.default_rng([person, eye, touch, 13])
    radius = rng.normal(118, 3)
    pupil = radius * float(np.clip(rng.normal(0.38, 0.05), 0.27, 0.52))
    middle = (WIDTH / 2 + rng.normal(0, 12), HEIGHT / 2 + rng.normal(0, 9))
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x, y = across - middle[0], down - middle[1]
    light = _open_eye(texture(person, eye), x, y, radius, pupil)
    light = _under_lids(light, x, y, radius, rng, 0.5 * dirt + 1.9 * shut)
    image = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    _lashes(image, middle, radius, rng, shut)
    image = image.filter(ImageFilter.GaussianBlur(0.7 + 4.5 * dirt))
    return Eye(np.asarray(marked(image)), round(middle[0]), round(middle[1]), round(2 * radius))


def _open_eye(pattern: Field, x: Field, y: Field, radius: float, pupil: float) -> Field:
    far = np.hypot(x, y)
    depth = (far - pupil) / (radius - pupil)
    row = np.clip(depth * (_DEPTH - 1), 0, _DEPTH - 1).astype(np.intp)
    column = ((np.arctan2(y, x) / (2 * math.pi)) % 1 * _AROUND).astype(np.intp) % _AROUND
    iris = 112 + 15 * pattern[row, column] - 12 * np.clip(depth, 0, 1)
    white = 206 - 0.0003 * x**2
    eye = np.where(far < radius, iris, white)
    edge = 1 / (1 + np.exp(np.clip((far - radius) / 1.8, -30, 30)))
    eye = iris * edge + white * (1 - edge)
    hole = 1 / (1 + np.exp(np.clip((far - pupil) / 1.1, -30, 30)))
    eye = eye * (1 - hole) + 26 * hole
    glint = np.hypot(x + 9, y + 7) < 5
    return np.asarray(np.where(glint, 250, eye), np.float32)


def _under_lids(light: Field, x: Field, y: Field, radius: float, rng: np.random.Generator, low: float) -> Field:
    upper = -radius * (rng.uniform(0.72, 0.92) - low) + (x / radius) ** 2 * radius * 0.33
    lower = radius * rng.uniform(0.88, 1.04) - (x / radius) ** 2 * radius * 0.25
    skin = 176 + 5 * np.sin(y / 17) + 4 * np.sin(x / 60)
    for lid, side in ((upper, 1), (lower, -1)):
        cover = 1 / (1 + np.exp(np.clip(side * (y - lid) / 2.2, -30, 30)))
        light = np.asarray(light * (1 - cover) + skin * cover, np.float32)
    return light


def _lashes(
    image: Image.Image, middle: tuple[float, float], radius: float, rng: np.random.Generator, shut: float
) -> None:
    draw = ImageDraw.Draw(image)
    for _ in range(26):
        aside = rng.uniform(-1.15, 1.15)
        x, y = middle[0] + aside * radius, middle[1] - radius * (0.84 - 0.33 * aside**2 - 1.9 * shut)
        draw.line((x, y, x + rng.normal(aside * 16, 4), y + (shut * 1.5 - 1) * rng.uniform(14, 30)), fill=62, width=2)
