"""What an emulated device sees: pictures of somebody who does not exist, in the containers of the standard."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops

from dekat.adapters.samples import faces, fingers, hands, irises
from dekat.adapters.samples.faces import Background
from dekat.adapters.samples.marks import as_jpeg, as_jpeg2000
from dekat.adapters.sbi.iso import face_record, finger_record, iris_record
from dekat.adapters.sbi.scoring import face_score, finger_score, iris_score
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap

_BLINK_EVERY = 25  # frames: every five seconds


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
    hand (or the other eye) was offered than the one asked for; `is_shut` that the eyes are closed.
    """

    person: int
    touch: int = 0
    dirt: float = 0.0
    is_swapped: bool = False
    is_shut: bool = False
    looks_at: DeviceKind = DeviceKind.FINGER
    background: Background = Background.RED
    has_hands: bool = False


def shoot(position: Position, scene: Scene, now: datetime) -> Shot:
    """One picture of one position."""
    seen = _other_side(position) if scene.is_swapped else position
    touch, dirt, is_shut = scene.touch, scene.dirt, scene.is_shut
    if position in FINGERS:
        print_ = fingers.impression(scene.person, FINGERS.index(seen), touch=touch, dirt=dirt)
        score = finger_score(print_)
        image = as_jpeg2000(Image.fromarray(print_))
        return Shot(position, finger_record(position, image, score=score, captured_at=now), score)
    if position in IRISES:
        eye = irises.photograph(scene.person, IRISES.index(seen), touch=touch, dirt=dirt, shut=float(is_shut))
        centre = (eye.centre_x, eye.centre_y)
        score = iris_score(eye.image, centre, eye.diameter)
        image = as_jpeg2000(Image.fromarray(eye.image))
        record = iris_record(position, image, score=score, captured_at=now, centre=centre, diameter=eye.diameter)
        return Shot(position, record, score)
    picture = faces.portrait(
        scene.person, scene.background, has_hands=scene.has_hands, dirt=dirt, are_eyes_closed=scene.is_shut
    )
    score = face_score(picture)
    return Shot(position, face_record(as_jpeg2000(picture), score=score, captured_at=now), score)


def preview_frame(positions: tuple[Position, ...], scene: Scene) -> bytes:
    """One JPEG of what the device sees now; no position at all means that nobody is there.

    Facts: fingers lie on light glass, 640 x 360; eyes are side by side on 640 x 240; a face stands on 320 x 412.
    """
    if scene.looks_at is DeviceKind.FACE:
        return as_jpeg(_face_frame(scene, is_anybody=bool(positions)))
    if scene.looks_at is DeviceKind.IRIS:
        return as_jpeg(_eyes_frame(positions, scene), quality=70)
    laid = tuple(FINGERS.index(_other_side(position) if scene.is_swapped else position) for position in positions)
    hand = Image.fromarray(hands.on_glass(scene.person, laid, scene.dirt))
    return as_jpeg(ImageChops.offset(hand, _tremble(scene, 2), 0) if laid else hand, quality=70)


def slap_positions(slap: Slap) -> tuple[Position, ...]:
    """The fingers on the glass as one sees them from left to right: the left hand mirrored."""
    return SLAP_FINGERS[slap][::-1] if slap is Slap.LEFT else SLAP_FINGERS[slap]


def _face_frame(scene: Scene, *, is_anybody: bool) -> Image.Image:
    if not is_anybody:
        return faces.empty_room(scene.background, width=320, height=412)
    sway = (3 * float(np.sin(scene.touch / 3)), 2 * float(np.cos(scene.touch / 3)))
    return faces.portrait(
        scene.person,
        scene.background,
        width=320,
        height=412,
        sway=sway,
        dirt=scene.dirt,
        are_eyes_closed=scene.is_shut or _is_blink(scene),
    )


def _eyes_frame(positions: tuple[Position, ...], scene: Scene) -> Image.Image:
    """The right eye on the left, as one sees somebody opposite; an infrared camera without anybody sees the dark."""
    frame = Image.new("L", (640, 240), 38)
    shut = 1.0 if scene.is_shut or _is_blink(scene) else 0.0
    for position in positions:
        seen = _other_side(position) if scene.is_swapped else position
        place = 320 if position is Position.LEFT_IRIS else 0
        frame.paste(_eye(seen, scene.person, scene.dirt, shut), (place, _tremble(scene, 1)))
    return frame


@lru_cache(maxsize=16)
def _eye(position: Position, person: int, dirt: float, shut: float) -> Image.Image:
    """A small eye, kept: a live picture must stay live on a busy old computer."""
    eye = Image.fromarray(irises.photograph(person, IRISES.index(position), dirt=dirt, shut=shut).image)
    return eye.resize((320, 240))


def _tremble(scene: Scene, pixels: int) -> int:
    return round(pixels * float(np.sin(scene.touch * 1.7)))


def _is_blink(scene: Scene) -> bool:
    return scene.touch % _BLINK_EVERY == _BLINK_EVERY - 1


def _other_side(position: Position) -> Position:
    if position is Position.FACE:
        return position
    here, there = ("Left", "Right") if position.value.startswith("Left") else ("Right", "Left")
    return Position(position.value.replace(here, there))
