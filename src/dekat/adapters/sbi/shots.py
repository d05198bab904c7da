"""What an emulated device sees: pictures of somebody who does not exist, in the containers of the standard."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from PIL import Image

from dekat.adapters.samples import faces, fingers, irises
from dekat.adapters.samples.faces import Background
from dekat.adapters.samples.marks import as_jpeg, as_jpeg2000
from dekat.adapters.sbi.iso import face_record, finger_record, iris_record
from dekat.adapters.sbi.scoring import face_score, finger_score, iris_score
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap

# How much lower than the middle finger's a tip lies on the glass, in pixels of a preview frame.
_LOWER = {"IndexFinger": 22, "RingFinger": 14, "LittleFinger": 84}


@dataclass(frozen=True)
class Shot:
    """One captured position: its ISO record and the device's own score of it."""

    position: Position
    record: bytes
    score: int


@dataclass(frozen=True)
class Scene:
    """Who is before the device, and how well it can see.

    Facts: `touch` counts the tries, so that no two pictures are the same; `dirt` is 0-1; `is_swapped` means the other
    hand (or the other eye) was offered than the one asked for.
    """

    person: int
    touch: int = 0
    dirt: float = 0.0
    is_swapped: bool = False
    background: Background = Background.RED
    has_hands: bool = False


def shoot(position: Position, scene: Scene, now: datetime) -> Shot:
    """One picture of one position."""
    seen = _other_side(position) if scene.is_swapped else position
    if position in FINGERS:
        print_ = fingers.impression(scene.person, FINGERS.index(seen), touch=scene.touch, dirt=scene.dirt)
        score = finger_score(print_)
        image = as_jpeg2000(Image.fromarray(print_))
        return Shot(position, finger_record(position, image, score=score, captured_at=now), score)
    if position in IRISES:
        eye = irises.photograph(scene.person, IRISES.index(seen), touch=scene.touch, dirt=scene.dirt)
        centre = (eye.centre_x, eye.centre_y)
        score = iris_score(eye.image, centre, eye.diameter)
        image = as_jpeg2000(Image.fromarray(eye.image))
        record = iris_record(position, image, score=score, captured_at=now, centre=centre, diameter=eye.diameter)
        return Shot(position, record, score)
    picture = faces.portrait(scene.person, scene.background, has_hands=scene.has_hands, dirt=scene.dirt)
    score = face_score(picture)
    return Shot(position, face_record(as_jpeg2000(picture), score=score, captured_at=now), score)


def preview_frame(positions: tuple[Position, ...], scene: Scene) -> bytes:
    """One JPEG of what the device sees now."""
    if positions == (Position.FACE,):
        sway = (3 * float(np.sin(scene.touch / 3)), 2 * float(np.cos(scene.touch / 3)))
        return as_jpeg(
            faces.portrait(scene.person, scene.background, width=320, height=412, sway=sway, dirt=scene.dirt)
        )
    width = 640 // len(positions)
    frame = Image.new("L", (640, 360), 236)
    trembling = round(3 * float(np.sin(scene.touch)))
    # The other hand lies the other way round; its little finger is at the other side.
    laid = [_other_side(each) for each in reversed(positions)] if scene.is_swapped else list(positions)
    for place, position in enumerate(laid):
        picture = _glimpse(position, scene.person, scene.dirt, width - 8)
        left = place * width + (width - picture.width) // 2
        frame.paste(picture, (left, 10 + trembling + _LOWER.get(position.value.split()[-1], 0)))
    return as_jpeg(frame, quality=70)


def slap_positions(slap: Slap) -> tuple[Position, ...]:
    """The fingers on the glass as one sees them from left to right: the left hand mirrored."""
    return SLAP_FINGERS[slap][::-1] if slap is Slap.LEFT else SLAP_FINGERS[slap]


@lru_cache(maxsize=64)
def _glimpse(position: Position, person: int, dirt: float, width: int) -> Image.Image:
    """A small picture for the preview, kept: a live picture must stay live on a busy old computer."""
    if position in FINGERS:
        picture = Image.fromarray(fingers.impression(person, FINGERS.index(position), dirt=dirt))
    else:
        picture = Image.fromarray(irises.photograph(person, IRISES.index(position), dirt=dirt).image)
    picture.thumbnail((width, 340))
    return picture


def _other_side(position: Position) -> Position:
    if position is Position.FACE:
        return position
    here, there = ("Left", "Right") if position.value.startswith("Left") else ("Right", "Left")
    return Position(position.value.replace(here, there))
