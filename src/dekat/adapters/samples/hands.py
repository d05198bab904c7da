"""Hands of nobody on a scanner's glass: fingers side by side, the middle one highest, the little one lowest outside.

What a live picture shows: light glass (236), skin with dark ridges well below it, light glass again between fingers.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageFilter

from dekat.adapters.samples import fingers
from dekat.adapters.samples.marks import Field, Grey, marked, smooth

WIDTH, HEIGHT = 640, 360
GLASS = 236
_THUMB, _FINGERS_OF_A_HAND = 0, 5
_RIDGE, _VALLEY = 62, 172


@dataclass(frozen=True)
class _Lie:
    """How a finger of the right hand lies: middle and tip in pixels, half its width, lean in pixels a pixel upwards."""

    middle: float
    tip: float
    half: float
    lean: float


# Thumb, index, middle, ring, little. The left hand is its mirror image; two thumbs lie side by side.
_LIES = (
    _Lie(middle=430, tip=58, half=68, lean=-0.08),
    _Lie(middle=140, tip=74, half=48, lean=-0.07),
    _Lie(middle=260, tip=40, half=50, lean=-0.02),
    _Lie(middle=380, tip=66, half=47, lean=0.03),
    _Lie(middle=488, tip=138, half=39, lean=0.09),
)


@lru_cache(maxsize=24)
def on_glass(person: int, laid: tuple[int, ...], dirt: float = 0.0) -> Grey:
    """What the scanner sees when these fingers lie on it; none is an empty glass.

    Facts: a finger is its place in ISO 19794-4 less one, 0 the right thumb to 9 the left little finger.
    """
    light = np.full((HEIGHT, WIDTH), GLASS, np.float32)
    for finger in laid:
        light = np.minimum(light, _finger(person, finger))
    if dirt:
        light = _smeared(light, dirt)
    return np.asarray(marked(Image.fromarray(np.clip(light, 0, 255).astype(np.uint8))))


def _finger(person: int, finger: int) -> Field:
    """One finger on an otherwise empty glass."""
    is_left, kind = finger >= _FINGERS_OF_A_HAND, finger % _FINGERS_OF_A_HAND
    lie = _LIES[kind]
    rng = np.random.default_rng([person, kind, 23])
    tip, half = lie.tip + rng.normal(0, 3), lie.half * rng.uniform(0.95, 1.03)
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    if is_left:
        across = WIDTH - 1 - across
    aside = (across - lie.middle - lie.lean * (HEIGHT - down)) / half
    along = (down - tip) / half
    round_tip = np.clip(1.15 - along, 0, None) / 1.15
    far = np.hypot(aside, round_tip)
    skin = 1 / (1 + np.exp(np.clip((far - 1) * 26, -40, 40)))
    tone = _skin_tone(fingers.ridges(person, finger), -aside if is_left else aside, along, thumb=kind == _THUMB)
    return np.asarray(GLASS * (1 - skin) + tone * skin, np.float32)


def _skin_tone(ridges: Field, aside: Field, along: Field, *, thumb: bool) -> Field:
    """Ridges as seen through the glass: first the fingertip, its pattern back and forth below, light creases."""
    rows, columns = ridges.shape
    row = np.abs((along * columns / 2 + rows) % (2 * rows) - rows).clip(0, rows - 1).astype(np.intp)
    column = ((aside + 1) / 2 * columns).clip(0, columns - 1).astype(np.intp)
    ink = 1 / (1 + np.exp(-4 * ridges[row, column]))
    tone = _VALLEY - (_VALLEY - _RIDGE) * ink
    for crease in (2.9, 3.2) if thumb else (2.5, 2.7, 4.9, 5.1):
        tone += 26 * np.exp(-(((along - crease - 0.06 * aside**2) / 0.05) ** 2))
    tone += 22 * np.clip(np.abs(aside) - 0.55, 0, 1) ** 2 * 4  # the sides press less
    return np.asarray(tone.clip(0, 212), np.float32)


def _smeared(light: Field, dirt: float) -> Field:
    """Grease on the glass: streaks of it, and everything behind them dull."""
    rng = np.random.default_rng([41])
    dull = Image.fromarray(light.astype(np.uint8)).filter(ImageFilter.GaussianBlur(2 + 6 * dirt))
    streaks = np.clip(smooth(rng, (HEIGHT, WIDTH), 60, 0.5) + smooth(rng, (HEIGHT, WIDTH), 18, 0.25) + 0.5, 0, 1)
    faded = np.asarray(dull, np.float32) * 0.7 + 200 * 0.3
    share = dirt * streaks
    return np.asarray(faded * (1 - share) + 196 * share, np.float32)
