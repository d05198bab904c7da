"""What an emulated device shows live: a hand that one can count, and tell left from right."""

import io

import numpy as np
import pytest
from PIL import Image

from dekat.adapters.sbi.shots import Scene, preview_frame, slap_positions
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import IRISES, Position, Slap


def _grey(positions, **scene):
    return np.asarray(Image.open(io.BytesIO(preview_frame(positions, Scene(person=7, **scene)))).convert("L"))


def _runs(row):
    """Where skin begins and ends in one row of a picture."""
    edges = np.flatnonzero(np.diff(np.r_[False, _closed(row < 215), False].astype(int)))
    return [(start, end) for start, end in edges.reshape(-1, 2) if end - start > 30]


def _closed(skin):
    wide = np.convolve(skin, np.ones(7), "same") > 0
    return np.convolve(~wide, np.ones(7), "same") == 0


def _tips(picture):
    """The highest row of each finger, from left to right."""
    blurred = Image.fromarray(picture).resize((160, 90), Image.Resampling.BOX)
    small = np.asarray(blurred) < 200
    return [int(np.argmax(small[:, start // 4 : end // 4].any(axis=1))) for start, end in _runs(picture[250])]


@pytest.mark.parametrize(("slap", "count"), [(Slap.LEFT, 4), (Slap.RIGHT, 4), (Slap.THUMBS, 2)])
def test_every_finger_stands_alone_on_the_glass(slap, count):
    assert len(_runs(_grey(slap_positions(slap))[250])) == count


def test_the_little_finger_lies_lowest_on_the_outer_side_and_the_middle_one_highest():
    left, right = (_tips(_grey(slap_positions(slap))) for slap in (Slap.LEFT, Slap.RIGHT))

    assert max(left) == left[0] and min(left) == left[2]
    assert max(right) == right[3] and min(right) == right[1]


def test_the_wrong_hand_is_the_other_hand_s_picture():
    swapped = _tips(_grey(slap_positions(Slap.LEFT), is_swapped=True))

    assert swapped == _tips(_grey(slap_positions(Slap.RIGHT)))


def test_an_empty_glass_is_light_everywhere_but_its_mark():
    picture = _grey(())

    assert (picture[:330] >= 225).all()


def test_a_smeared_glass_has_less_contrast():
    clean, smeared = (_grey(slap_positions(Slap.RIGHT), dirt=dirt) for dirt in (0.0, 0.8))

    assert smeared.std() < clean.std() / 2


def test_eyes_blink_now_and_then_and_stay_shut_when_they_are_closed():
    looks_at = DeviceKind.IRIS
    frames = [_grey(IRISES, looks_at=looks_at, touch=touch) for touch in range(50)]
    pupils = [int((frame[60:180] < 45).sum()) for frame in frames]

    assert sum(count < 100 for count in pupils) == 2
    assert (_grey(IRISES, looks_at=looks_at, is_shut=True)[60:140] < 45).sum() < 100


def test_a_camera_without_anybody_sees_the_cloth():
    face = (Position.FACE,)

    assert _grey((), looks_at=DeviceKind.FACE).std() < _grey(face, looks_at=DeviceKind.FACE).std() / 4
