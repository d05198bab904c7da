"""Portraits of nobody, drawn with soft ellipses, and a short film of one for a browser's pretended camera."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from PIL import Image

from dekat.adapters.samples.marks import Field, as_jpeg, marked

Colour = tuple[float, float, float]


class Background(StrEnum):
    """The cloth behind the sitter: red for odd, blue for even birth years, orange where the year is not known."""

    RED = "RED"
    BLUE = "BLUE"
    ORANGE = "ORANGE"


_CLOTH: dict[Background, Colour] = {
    Background.RED: (196, 30, 42),
    Background.BLUE: (28, 76, 178),
    Background.ORANGE: (232, 120, 28),
}
_SKINS: tuple[Colour, ...] = ((224, 178, 140), (205, 155, 115), (184, 132, 92), (214, 166, 128))
_CLOTHES: tuple[Colour, ...] = ((236, 234, 228), (52, 70, 112), (120, 62, 52), (70, 104, 84))
_SCARVES: tuple[Colour, ...] = ((58, 92, 120), (172, 138, 146), (60, 60, 66), (116, 138, 116))
_HAIRS: tuple[Colour, ...] = ((24, 20, 18), (38, 28, 22), (66, 64, 64))


@dataclass(frozen=True)
class Sitter:
    """What stays the same about a face from one frame to the next; lengths in units of half the face's width."""

    skin: Colour
    hair: Colour
    cloth: Colour
    scarf: Colour | None
    tall: float
    eyes_apart: float
    eye_size: float
    mouth: float
    nose: float


def sitter(person: int) -> Sitter:
    """The face of a person, the same for the same seed."""
    rng = np.random.default_rng([person, 17])
    return Sitter(
        skin=_SKINS[rng.integers(len(_SKINS))],
        hair=_HAIRS[rng.integers(len(_HAIRS))],
        cloth=_CLOTHES[rng.integers(len(_CLOTHES))],
        scarf=_SCARVES[rng.integers(len(_SCARVES))] if rng.random() < 0.4 else None,
        tall=rng.uniform(1.28, 1.40),
        eyes_apart=rng.uniform(0.42, 0.47),
        eye_size=rng.uniform(0.19, 0.22),
        mouth=rng.uniform(0.33, 0.40),
        nose=rng.uniform(0.20, 0.24),
    )


class Canvas:
    """A picture painted with soft-edged ellipses."""

    def __init__(self, width: int, height: int, colour: Colour) -> None:
        self.paint: Field = np.empty((height, width, 3), np.float32)
        self.paint[:] = colour

    def ellipse(
        self, x: float, y: float, a: float, b: float, colour: Colour, *, soft: float = 2, cover: float = 1
    ) -> None:
        """Blend an ellipse in; `soft` is the width of its edge in pixels, `cover` how much it hides."""
        height, width, _ = self.paint.shape
        reach_x, reach_y = a + soft * 5, b + soft * 5
        left, right = max(0, int(x - reach_x)), min(width, int(x + reach_x) + 1)
        top, bottom = max(0, int(y - reach_y)), min(height, int(y + reach_y) + 1)
        if left >= right or top >= bottom:
            return
        down, across = np.mgrid[top:bottom, left:right].astype(np.float32)
        across, down = (across - x) / a, (down - y) / b
        far = np.hypot(across, down) + 1e-6
        outside = (far - 1) * far / (np.hypot(across / a, down / b) + 1e-6)  # pixels to the edge, nearly
        mask = cover / (1 + np.exp(np.clip(outside / soft, -40, 40)))[..., None]
        part = self.paint[top:bottom, left:right]
        part[:] = part * (1 - mask) + np.asarray(colour, np.float32) * mask

    def image(self) -> Image.Image:
        """The finished picture."""
        return Image.fromarray(np.clip(self.paint, 0, 255).astype(np.uint8), "RGB")


def portrait(
    person: int,
    background: Background,
    *,
    width: int = 420,
    height: int = 540,
    sway: tuple[float, float] = (0, 0),
    has_hands: bool = False,
    dirt: float = 0.0,
    turn: float = 0.0,
    are_eyes_closed: bool = False,
) -> Image.Image:
    """A head and shoulders before a plain cloth.

    Facts: `sway` moves the head in pixels; `has_hands` shows both palms (the exception photo); `dirt` darkens the room;
    `turn` from -1 to 1 looks to the picture's left or right.
    """
    who = sitter(person)
    canvas = Canvas(width, height, _CLOTH[background])
    # As near as the frame on screen asks for: 90 pixels from eye to eye even with a camera of 640 x 480.
    unit = min(width * 0.286, height * 0.215) * (0.7 if has_hands else 1)
    x, y = width / 2 + sway[0], height * 0.45 + sway[1]
    _shoulders_and_hair(canvas, who, x, y, unit)
    _head(canvas, who, x, y, unit)
    aside = x + turn * unit * 0.3
    _eyes(canvas, who, aside, y, unit, are_closed=are_eyes_closed)
    _nose_and_mouth(canvas, who, aside + turn * unit * 0.22, y, unit)
    if has_hands:
        _palms(canvas, who, x, y + unit * 2.1, unit)
    canvas.paint *= 1 - 0.72 * dirt
    return marked(canvas.image())


def empty_room(background: Background, *, width: int, height: int) -> Image.Image:
    """The cloth with nobody before it."""
    return marked(Canvas(width, height, _CLOTH[background]).image())


def draw_portrait(person: int, background: Background, *, width: int = 420, height: int = 540) -> bytes:
    """The portrait as JPEG."""
    return as_jpeg(portrait(person, background, width=width, height=height), quality=88)


def write_film(path: Path, person: int, background: Background, *, frames: int = 8) -> Path:
    """A swaying sitter as Motion JPEG, 640 x 480, for Chromium's `--use-file-for-fake-video-capture`."""
    turns = np.linspace(0, 2 * np.pi, frames, endpoint=False)
    with path.open("wb") as film:
        for turn in turns:
            sway = (float(np.sin(turn)) * 3, float(np.cos(turn)) * 2)
            film.write(as_jpeg(portrait(person, background, width=640, height=480, sway=sway), quality=85))
    return path


def _shade(colour: Colour, by: float) -> Colour:
    return (min(255, colour[0] * by), min(255, colour[1] * by), min(255, colour[2] * by))


def _shoulders_and_hair(canvas: Canvas, who: Sitter, x: float, y: float, u: float) -> None:
    low = y + u * 3.3
    canvas.ellipse(x, low, u * 2.15, u * 1.55, who.cloth, soft=1.3)
    if who.scarf:
        canvas.ellipse(x, y + u * 0.35, u * 1.36, u * 1.95, who.scarf, soft=1.3)
        canvas.ellipse(x, y + u * 2.2, u * 1.62, u * 0.95, _shade(who.scarf, 0.92), soft=1.4)
        canvas.ellipse(x, y + u * 1.55, u * 0.9, u * 0.35, _shade(who.scarf, 0.66), soft=10)
        return
    canvas.ellipse(x, y - u * 0.32, u * 1.12, u * 1.36, who.hair, soft=1.3)
    canvas.ellipse(x, y + u * 1.5, u * 0.52, u * 0.75, _shade(who.skin, 0.78), soft=1.2)
    for side in (-1, 1):
        canvas.ellipse(x + side * u * 1.0, y + u * 0.08, u * 0.13, u * 0.26, _shade(who.skin, 0.86), soft=1.3)


def _head(canvas: Canvas, who: Sitter, x: float, y: float, u: float) -> None:
    canvas.ellipse(x, y, u, u * who.tall, _shade(who.skin, 0.93), soft=1.3)
    canvas.ellipse(x - u * 0.06, y - u * 0.1, u * 0.74, u * 0.98, _shade(who.skin, 1.05), soft=u * 0.16, cover=0.8)
    for side in (-1, 1):
        canvas.ellipse(x + side * u * 0.52, y + u * 0.42, u * 0.2, u * 0.15, (206, 118, 92), soft=u * 0.1, cover=0.3)
    if not who.scarf:
        canvas.ellipse(x, y - u * who.tall * 0.98, u * 0.86, u * 0.42, who.hair, soft=1.2)


def _eyes(canvas: Canvas, who: Sitter, x: float, y: float, u: float, *, are_closed: bool) -> None:
    size = who.eye_size * u
    for side in (-1, 1):
        at_x, at_y = x + side * who.eyes_apart * u, y - u * 0.1
        if are_closed:
            _closed_eye(canvas, who, at_x, at_y, size)
            continue
        canvas.ellipse(at_x, at_y, size * 1.5, size * 1.0, _shade(who.skin, 0.74), soft=size * 0.3, cover=0.5)
        canvas.ellipse(at_x, at_y - size * 0.14, size * 1.06, size * 0.52, (36, 24, 20), soft=1.4, cover=0.9)
        canvas.ellipse(at_x, at_y, size, size * 0.46, (240, 236, 232), soft=1.2)
        canvas.ellipse(at_x, at_y, size * 0.42, size * 0.42, (54, 34, 24), soft=1)
        canvas.ellipse(at_x, at_y, size * 0.2, size * 0.2, (10, 8, 8), soft=0.8)
        canvas.ellipse(at_x - size * 0.14, at_y - size * 0.14, size * 0.09, size * 0.09, (255, 255, 255), soft=0.6)
        canvas.ellipse(at_x, at_y - size * 1.15, size * 1.2, size * 0.17, _shade(who.hair, 1.15), soft=2, cover=0.9)


def _closed_eye(canvas: Canvas, who: Sitter, x: float, y: float, size: float) -> None:
    canvas.ellipse(x, y, size * 1.3, size * 0.8, _shade(who.skin, 0.9), soft=size * 0.3, cover=0.6)
    canvas.ellipse(x, y + size * 0.12, size * 1.02, size * 0.06, (44, 30, 24), soft=1.2)
    canvas.ellipse(x, y - size * 1.15, size * 1.2, size * 0.17, _shade(who.hair, 1.15), soft=2, cover=0.9)


def _nose_and_mouth(canvas: Canvas, who: Sitter, x: float, y: float, u: float) -> None:
    nose = y + u * 0.36
    canvas.ellipse(x - u * 0.1, nose - u * 0.16, u * 0.05, u * 0.28, _shade(who.skin, 0.76), soft=u * 0.05, cover=0.4)
    canvas.ellipse(x + u * 0.02, nose - u * 0.14, u * 0.05, u * 0.28, _shade(who.skin, 1.18), soft=u * 0.06, cover=0.4)
    canvas.ellipse(x, nose + u * 0.04, who.nose * u, u * 0.07, _shade(who.skin, 0.74), soft=u * 0.05, cover=0.5)
    for side in (-1, 1):
        canvas.ellipse(x + side * u * 0.09, nose + u * 0.05, u * 0.045, u * 0.025, _shade(who.skin, 0.4), soft=1.2)
    lip = (who.skin[0] * 0.82, who.skin[1] * 0.56, who.skin[2] * 0.55)
    mouth = y + u * 0.72
    canvas.ellipse(x, mouth - u * 0.025, who.mouth * u, u * 0.055, _shade(lip, 0.92), soft=1.2)
    canvas.ellipse(x, mouth + u * 0.05, who.mouth * u * 0.85, u * 0.07, lip, soft=1.4)
    canvas.ellipse(x, mouth + u * 0.01, who.mouth * u * 0.96, u * 0.013, _shade(lip, 0.45), soft=1)
    canvas.ellipse(x, mouth + u * 0.2, who.mouth * u * 0.5, u * 0.04, _shade(who.skin, 0.8), soft=4, cover=0.4)


def _palms(canvas: Canvas, who: Sitter, x: float, y: float, u: float) -> None:
    for side in (-1, 1):
        middle = x + side * u * 1.55
        canvas.ellipse(middle, y, u * 0.42, u * 0.48, who.skin, soft=1.4)
        for finger in range(4):
            at_x = middle + (finger - 1.5) * u * 0.21
            canvas.ellipse(at_x, y - u * 0.72, u * 0.095, u * 0.42, _shade(who.skin, 0.97), soft=1.2)
        canvas.ellipse(middle - side * u * 0.5, y - u * 0.1, u * 0.24, u * 0.11, _shade(who.skin, 0.97), soft=1.2)
