"""A live frame of the glass, and what a pen drew."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from dekat.adapters.quality.hands import look_at_hand
from dekat.adapters.quality.limits import read_limits
from dekat.adapters.quality.signatures import look_at_signature
from dekat.adapters.sbi.shots import Scene, preview_frame, slap_positions
from dekat.enrolment.positions import Position, Slap
from tests.make.portraits import signature_png

LIMITS = read_limits()


def hand(slap: Slap = Slap.LEFT, *, only: int | None = None, **scene):
    return look_at_hand(preview_frame(slap_positions(slap)[:only], Scene(3, **scene)), limits=LIMITS)


def drawn(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


@pytest.mark.parametrize("count", [2, 3, 4])
def test_fingers_on_the_glass_are_counted(count):
    assert hand(only=count).measures["count"] == count


@pytest.mark.parametrize("slap", [Slap.LEFT, Slap.RIGHT])
def test_the_little_finger_tells_which_hand_it_is(slap):
    other = {Slap.LEFT: Slap.RIGHT, Slap.RIGHT: Slap.LEFT}[slap]

    assert hand(slap).measures["side"] == slap
    assert hand(slap, is_swapped=True).measures["side"] == other


def test_thumbs_have_no_side():
    assert hand(Slap.THUMBS).measures["side"] == ""


def test_an_empty_glass_is_said():
    seen = look_at_hand(drawn(Image.new("L", (640, 360), 236)), limits=LIMITS)

    assert seen.wrong is not None
    assert (seen.wrong.key, seen.wrong.advice) == ("hand.count", "empty")


def test_a_dark_glass_is_said():
    seen = look_at_hand(drawn(Image.new("L", (640, 360), 20)), limits=LIMITS)

    assert seen.wrong is not None
    assert (seen.wrong.key, seen.wrong.advice) == ("hand.light", "too_dark")


def test_a_dirty_glass_is_said():
    glass = np.full((360, 640), 236, np.uint8)
    glass[120:300, 80:600] = 214  # a smear is paler than a finger

    seen = look_at_hand(drawn(Image.fromarray(glass)), limits=LIMITS)

    assert seen.wrong is not None
    assert (seen.wrong.key, seen.wrong.advice) == ("hand.light", "dirty")


def signed(*strokes, line: int = 3):
    picture = Image.new("RGBA", (600, 240), (255, 255, 255, 0))
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        pen.line(stroke, fill=(0, 0, 0, 255), width=line)
    out = BytesIO()
    picture.save(out, "PNG")
    points = [[{"x": x, "y": y, "t": 0} for x, y in stroke] for stroke in strokes]
    return look_at_signature(out.getvalue(), strokes=points, limits=LIMITS)


def test_initials_are_a_signature():
    assert signed([(100, 180), (160, 60), (220, 180)], [(250, 60), (250, 180), (320, 180)]).is_good


@pytest.mark.parametrize(
    "strokes", [[[(300, 120), (302, 121)]], [[(290, 120), (310, 128)]]], ids=["a dot", "a short line"]
)
def test_a_dot_or_a_short_line_is_none(strokes):
    assert not signed(*strokes).is_good


def test_the_groups_of_a_signature_pad_are_strokes_too():
    group = {"penColor": "black", "points": [{"x": 20, "y": 80}, {"x": 90, "y": 30}, {"x": 240, "y": 40}]}

    seen = look_at_signature(signature_png(), strokes=[group], limits=LIMITS)

    assert seen.is_good
    assert seen.measures["strokes"] == 1


def test_positions_of_a_frame_are_those_of_a_hand():
    assert slap_positions(Slap.LEFT)[0] == Position.LEFT_LITTLE
