"""Drawn portraits: good ones pass every check, and each thing that is altered is the first thing named."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from dekat.adapters.quality.bench import MODELS
from dekat.adapters.quality.face_nets import FaceNets
from dekat.adapters.quality.faces import look_at_face
from dekat.adapters.quality.limits import read_limits
from dekat.adapters.samples.faces import Background as Cloth
from dekat.adapters.samples.faces import portrait
from dekat.enrolment.quality import Look
from dekat.enrolment.states import Background

WIDTH, HEIGHT = 420, 540
Alter = Callable[[int], Image.Image]


@pytest.fixture(scope="module")
def nets() -> FaceNets:
    return FaceNets(MODELS)


def look(nets: FaceNets, picture: Image.Image, cloth: Background = Background.BLUE) -> Look:
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return look_at_face(out.getvalue(), background=cloth, nets=nets, limits=read_limits())


def sitter(person: int, **how) -> Image.Image:
    return portrait(person, Cloth.BLUE, width=WIDTH, height=HEIGHT, **how)


def lit(person: int, left: float, right: float) -> Image.Image:
    """Lamps of different strength at both sides."""
    light = np.linspace(left, right, WIDTH)[None, :, None]
    return Image.fromarray(np.clip(np.asarray(sitter(person)) * light, 0, 255).astype(np.uint8))


def in_part(person: int, share: float) -> Image.Image:
    """The whole picture as a part of an empty one."""
    room = Image.new("RGB", (WIDTH, HEIGHT), sitter(person).getpixel((3, 3)))
    small = sitter(person).resize((round(WIDTH * share), round(HEIGHT * share)))
    room.paste(small, ((WIDTH - small.width) // 2, (HEIGHT - small.height) // 2))
    return room


def near(person: int) -> Image.Image:
    large = sitter(person).resize((WIDTH * 8 // 5, HEIGHT * 8 // 5))
    return large.crop((WIDTH * 3 // 10, HEIGHT // 3, WIDTH * 13 // 10, HEIGHT * 4 // 3))


def leaning(person: int, degrees: float) -> Image.Image:
    return sitter(person).rotate(degrees, fillcolor=sitter(person).getpixel((3, 3)))


def two(person: int) -> Image.Image:
    room = Image.new("RGB", (WIDTH, HEIGHT), sitter(person).getpixel((3, 3)))
    for place in (0, 1):
        room.paste(sitter(person + place).resize((WIDTH // 2, HEIGHT // 2)), (place * WIDTH // 2, HEIGHT // 4))
    return room


def shining(person: int) -> Image.Image:
    picture = sitter(person)
    ImageDraw.Draw(picture).ellipse((150, 165, 240, 225), fill="white")
    return picture


ALTERED: dict[str, tuple[str, str, Alter]] = {
    "nobody": ("face.count", "none", lambda who: Image.new("RGB", (WIDTH, HEIGHT), (28, 76, 178))),
    "two people": ("face.count", "many", two),
    "far away": ("face.size", "too_far", lambda who: in_part(who, 0.55)),
    "too near": ("face.size", "too_near", near),
    "at the right": ("face.across", "move_left", lambda who: sitter(who, sway=(0.14 * WIDTH, 0))),
    "at the left": ("face.across", "move_right", lambda who: sitter(who, sway=(-0.14 * WIDTH, 0))),
    "high": ("face.height", "too_high", lambda who: sitter(who, sway=(0, -0.24 * HEIGHT))),
    "low": ("face.height", "too_low", lambda who: sitter(who, sway=(0, 0.18 * HEIGHT))),
    "leaning to the left": ("face.roll", "lean_right", lambda who: leaning(who, 14)),
    "leaning to the right": ("face.roll", "lean_left", lambda who: leaning(who, -14)),
    "looking right": ("face.turn", "turn_left", lambda who: sitter(who, turn=1)),
    "looking left": ("face.turn", "turn_right", lambda who: sitter(who, turn=-1)),
    "dark": ("face.light", "too_dark", lambda who: lit(who, 0.3, 0.3)),
    "glaring": ("face.light", "too_bright", lambda who: lit(who, 2.2, 2.2)),
    "lamp at the right": ("face.evenness", "dark_left", lambda who: lit(who, 0.35, 1.2)),
    "lamp at the left": ("face.evenness", "dark_right", lambda who: lit(who, 1.2, 0.35)),
    "reflection": ("face.glare", "glare", shining),
    "moving": ("face.sharp", "blurred", lambda who: sitter(who).filter(ImageFilter.GaussianBlur(4))),
    "eyes closed": ("face.eyes", "closed", lambda who: sitter(who, are_eyes_closed=True)),
    "wrong cloth": ("face.cloth", "want_blue", lambda who: portrait(who, Cloth.RED, width=WIDTH, height=HEIGHT)),
}


@pytest.mark.parametrize("size", [(420, 540), (640, 480), (360, 480)], ids=str)
def test_good_portraits_pass_every_check(nets, size):
    wrong = {}
    for person in range(12):
        cloth = list(Background)[person % 3]
        seen = look(nets, portrait(person, Cloth(cloth.value), width=size[0], height=size[1]), cloth)
        if not seen.is_good:
            wrong[person] = seen.wrong

    assert wrong == {}


@pytest.mark.parametrize("name", ALTERED)
def test_what_was_altered_is_what_is_named_first(nets, name):
    key, advice, alter = ALTERED[name]

    named = [look(nets, alter(person)).wrong for person in (1, 3, 4, 8)]

    assert [(one.key, one.advice) for one in named if one] == [(key, advice)] * 4


def test_a_look_says_by_what_it_was_measured_in_whole_numbers(nets):
    measures = look(nets, sitter(3)).measures

    assert str(measures["algorithm"]).startswith("dekat-face/1")
    assert {type(value) for name, value in measures.items() if name not in ("algorithm", "darker")} == {int}
