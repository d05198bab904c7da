"""Fingerprints of nobody: an orientation field with cores and deltas, and ridges grown from noise along it.

The field is the zero-pole model (Sherlock and Monro, 1993); the growth is a bank of oriented band-pass filters applied
again and again. Grown at half size, because that is four times faster and a ridge still has 4.5 pixels.
"""

import math
from functools import lru_cache

import numpy as np
from PIL import Image

from dekat.adapters.samples.marks import Field, Grey, marked, smooth

WIDTH, HEIGHT = 300, 400  # at 500 dpi: 15 x 20 mm, one plain fingertip
PIXELS_PER_INCH = 500
_ROWS, _COLUMNS = HEIGHT // 2, WIDTH // 2
_DIRECTIONS = 16
_ROUNDS = 9
_PERIOD = 4.6  # pixels from ridge to ridge at half size; 9.2 at 500 dpi is an adult's 0.47 mm
_PATTERNS = ("arch", "left loop", "right loop", "whorl")
_SHARES = (0.06, 0.34, 0.34, 0.26)  # roughly how often each occurs among people


@lru_cache(maxsize=64)
def ridges(person: int, finger: int) -> Field:
    """The ridges of one finger from -1 (valley) to 1 (ridge), the same for the same person and finger."""
    rng = np.random.default_rng([person, finger])
    direction = _orientation(rng)
    chosen = np.round(direction / math.pi * _DIRECTIONS).astype(np.intp) % _DIRECTIONS
    bank = _filters(_PERIOD * rng.uniform(0.94, 1.06))
    rows, columns = np.indices((_ROWS, _COLUMNS))
    grown = rng.standard_normal((_ROWS, _COLUMNS)).astype(np.float32)
    for _ in range(_ROUNDS):
        answers = np.fft.irfft2(np.fft.rfft2(grown)[None] * bank, s=(_ROWS, _COLUMNS), axes=(1, 2))
        grown = answers[chosen, rows, columns].astype(np.float32)
        grown = np.tanh(grown / (grown.std() + 1e-6) * 1.4)
    full = Image.fromarray(grown).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    return np.asarray(full, np.float32)


def impression(person: int, finger: int, *, touch: int = 0, dirt: float = 0.0) -> Grey:
    """One print of the finger as a scanner sees it, dark ridges on white.

    Facts: `touch` varies placing and pressure; `dirt` from 0 (clean glass) to 1 (smeared) blurs and breaks the ridges.
    """
    rng = np.random.default_rng([person, finger, touch, 7])
    skin = _placed(ridges(person, finger), rng)
    wet = rng.normal(0, 0.08) + smooth(rng, (HEIGHT, WIDTH), 70, 0.10)
    ink = 1 / (1 + np.exp(-5 * (skin + wet)))
    ink *= _contact(rng) * (0.82 + smooth(rng, (HEIGHT, WIDTH), 110, 0.06))
    if dirt:
        ink = _smeared(ink, rng, dirt)
    light = 244 - 214 * ink + rng.normal(0, 1.2 + 14 * dirt, ink.shape) * (ink > 0.02)
    image = Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))
    return np.asarray(marked(image))


def _orientation(rng: np.random.Generator) -> Field:
    """The direction of the ridges at each point, 0 to pi."""
    down, across = np.mgrid[0:_ROWS, 0:_COLUMNS].astype(np.float32)
    x = across - _COLUMNS / 2 - rng.normal(0, 3)
    y = _ROWS * 0.44 + rng.normal(0, 5) - down
    pattern = str(rng.choice(_PATTERNS, p=_SHARES))
    turned = _arch(x, y, rng) if pattern == "arch" else _turned(x, y, *_poles(pattern, rng))
    return np.asarray((turned + smooth(rng, (_ROWS, _COLUMNS), 60, 0.09)) % math.pi, np.float32)


def _arch(x: Field, y: Field, rng: np.random.Generator) -> Field:
    steep = np.clip(rng.uniform(1.0, 1.5) - np.maximum(0, y + 20) / 110, 0.05, None)
    return np.asarray(-np.arctan(steep * np.sin(x / (_COLUMNS * 0.6) * math.pi)), np.float32)


Poles = list[tuple[float, float]]


def _poles(pattern: str, rng: np.random.Generator) -> tuple[Poles, Poles]:
    """Where the cores and the deltas lie around the middle of the finger."""
    low = -rng.uniform(48, 68)
    if pattern == "whorl":
        gap = rng.uniform(9, 24)
        side = rng.uniform(42, 60)
        return [(0, gap / 2), (rng.uniform(-3, 3), -gap / 2)], [(-side, low), (rng.uniform(42, 60), low)]
    side = rng.uniform(38, 56)
    return [(0, 0)], [(side if pattern == "left loop" else -side, low)]


def _turned(x: Field, y: Field, cores: Poles, deltas: Poles) -> Field:
    half = np.float32(0.5)
    turned = np.zeros_like(x)
    for at_x, at_y in cores:
        turned += half * np.arctan2(y - at_y, x - at_x)
    for at_x, at_y in deltas:
        turned -= half * np.arctan2(y - at_y, x - at_x)
    return turned


def _filters(period: float) -> Field:
    """One band-pass filter for each direction of ridges, in the frequency plane."""
    up = np.fft.fftfreq(_ROWS)[:, None]
    right = np.fft.rfftfreq(_COLUMNS)[None, :]
    wide, centre = 0.035, 1 / period
    bank = []
    for step in range(_DIRECTIONS):
        angle = step * math.pi / _DIRECTIONS
        at_right, at_up = centre * math.sin(angle), centre * math.cos(angle)
        lobes = [(right - sign * at_right) ** 2 + (up - sign * at_up) ** 2 for sign in (1, -1)]
        bank.append(sum(np.exp(-lobe / (2 * wide**2)) for lobe in lobes))
    return np.asarray(bank, np.float32)


def _placed(skin: Field, rng: np.random.Generator) -> Field:
    """The finger laid a little aside and a little turned."""
    turn = math.radians(rng.normal(0, 4))
    cosine, sine = math.cos(turn), math.sin(turn)
    middle_x, middle_y = WIDTH / 2, HEIGHT / 2
    off_x = middle_x - cosine * middle_x - sine * middle_y + rng.normal(0, 6)
    off_y = middle_y + sine * middle_x - cosine * middle_y + rng.normal(0, 8)
    affine = (cosine, sine, off_x, -sine, cosine, off_y)
    moved = Image.fromarray(skin).transform((WIDTH, HEIGHT), Image.Transform.AFFINE, affine, Image.Resampling.BILINEAR)
    return np.asarray(moved, np.float32)


def _contact(rng: np.random.Generator) -> Field:
    """Where the skin touches the glass, 0 to 1."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    wide, tall = rng.uniform(118, 134), rng.uniform(166, 184)
    far = ((across - WIDTH / 2) / wide) ** 2 + ((down - HEIGHT / 2 + 6) / tall) ** 2
    far += smooth(rng, (HEIGHT, WIDTH), 60, 0.05)
    return np.asarray(1 / (1 + np.exp(np.clip((far - 1) * 16, -50, 50))), np.float32)


def _smeared(ink: Field, rng: np.random.Generator, dirt: float) -> Field:
    """Grease between the finger and the glass."""
    dull = Image.fromarray(ink.astype(np.float32)).resize((WIDTH // 14, HEIGHT // 14), Image.Resampling.BOX)
    flat = np.asarray(dull.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.float32)
    grease = np.clip(dirt * (0.9 + smooth(rng, (HEIGHT, WIDTH), 40, 0.35)), 0, 1)
    return np.asarray(ink * (1 - grease) + flat * grease, np.float32)
