"""ISO/IEC 19794 containers and the sample people in them."""

import io
import struct
import time

import numpy as np
import pytest
from PIL import Image

from dekat.adapters.samples import faces, fingers, irises
from dekat.adapters.samples.faces import Background, draw_portrait, write_film
from dekat.adapters.samples.marks import as_jpeg2000
from dekat.adapters.sbi.iso import Kind, face_record, finger_record, iris_record, open_image, read_record
from dekat.adapters.sbi.refusals import AnswerUnreadable
from dekat.adapters.sbi.scoring import face_score, finger_score, iris_score
from dekat.adapters.sbi.shots import Scene, shoot
from dekat.enrolment.positions import FINGERS, Position
from tests.make.devices import NOW


def test_a_finger_record_begins_and_reads_as_the_standard_says():
    image = as_jpeg2000(Image.fromarray(fingers.impression(1, 0)))

    data = finger_record(Position.LEFT_INDEX, image, score=77, captured_at=NOW)
    record = read_record(data)

    assert data[:8] == b"FIR\0" + b"020\0"
    assert struct.unpack(">I", data[8:12])[0] == len(data)
    assert (record.kind, record.position, record.score) == (Kind.FINGER, Position.LEFT_INDEX, 77)
    assert (record.width, record.height, record.resolution) == (300, 400, 500)
    assert record.captured_at == NOW
    assert open_image(record).size == (300, 400)


def test_an_iris_record_says_where_the_iris_is():
    eye = irises.photograph(1, 0)
    image = as_jpeg2000(Image.fromarray(eye.image))
    centre = (eye.centre_x, eye.centre_y)

    data = iris_record(Position.RIGHT_IRIS, image, score=60, captured_at=NOW, centre=centre, diameter=eye.diameter)

    assert data[:8] == b"IIR\0" + b"020\0"
    assert read_record(data).position is Position.RIGHT_IRIS
    assert eye.diameter >= 210


def test_a_face_record_holds_a_portrait():
    data = face_record(as_jpeg2000(faces.portrait(1, Background.RED)), score=60, captured_at=NOW)
    record = read_record(data)

    assert data[:8] == b"FAC\0" + b"030\0"
    assert (record.kind, record.position) == (Kind.FACE, Position.FACE)
    assert record.width * 45 == pytest.approx(record.height * 35, rel=0.01)


@pytest.mark.parametrize("cut", [0, 3, 11, 16, 40, 70, -1])
def test_a_damaged_record_is_unreadable(cut):
    data = shoot(Position.LEFT_THUMB, Scene(person=1), NOW).record

    with pytest.raises(AnswerUnreadable):
        read_record(data[:cut])


def test_an_image_that_is_none_is_unreadable():
    good = shoot(Position.LEFT_THUMB, Scene(person=1), NOW).record
    record = read_record(good.replace(good[-200:], bytes(200)))

    with pytest.raises(AnswerUnreadable):
        open_image(type(record)(**(record.__dict__ | {"image": b"no image"})))


def test_a_person_has_ten_different_fingers_and_always_the_same_ones():
    fingers.ridges.cache_clear()
    first = [fingers.ridges(5, number) for number in range(10)]
    fingers.ridges.cache_clear()
    again = [fingers.ridges(5, number) for number in range(10)]

    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    alike = [abs(np.corrcoef(first[a].ravel(), first[b].ravel())[0, 1]) for a in range(10) for b in range(a)]
    assert max(alike) < 0.3


def test_two_touches_of_one_finger_are_alike_but_not_the_same():
    one, two = fingers.impression(5, 1, touch=1), fingers.impression(5, 1, touch=2)

    assert not np.array_equal(one, two)


def test_a_finger_is_grown_quickly():
    fingers.ridges(99, 0)
    started = time.process_time()

    for number in range(1, 6):
        fingers.impression(99, number)

    assert (time.process_time() - started) / 5 < 0.25  # about 0.05 s; room for a busy machine


def test_every_sample_image_says_that_it_is_one():
    shots = [shoot(position, Scene(person=2), NOW) for position in (FINGERS[0], Position.LEFT_IRIS, Position.FACE)]

    for shot in shots:
        assert b"CONTOH" in read_record(shot.record).image
    assert b"CONTOH" in draw_portrait(2, Background.BLUE)


def test_scores_are_counted_from_the_image():
    clean = [finger_score(fingers.impression(3, number)) for number in range(4)]
    smeared = [finger_score(fingers.impression(3, number, dirt=0.8)) for number in range(4)]
    eyes = [irises.photograph(3, 0, dirt=dirt) for dirt in (0, 0.8)]
    sharp, blurred = (iris_score(eye.image, (eye.centre_x, eye.centre_y), eye.diameter) for eye in eyes)
    lit, dark = (face_score(faces.portrait(3, Background.RED, dirt=dirt)) for dirt in (0, 0.8))

    assert min(clean) >= 70
    assert max(smeared) < 40
    assert sharp >= 60 > 30 > blurred
    assert lit >= 60 > 30 > dark
    assert finger_score(np.full((400, 300), 244, np.uint8)) == 0


def test_the_cloth_is_red_or_blue_as_asked():
    red, blue = (
        np.asarray(Image.open(io.BytesIO(draw_portrait(4, cloth))))[20, 20]
        for cloth in (Background.RED, Background.BLUE)
    )

    assert red[0] > 150 > 80 > red[2]
    assert blue[2] > 150 > 80 > blue[0]


def test_a_film_holds_several_frames_for_a_pretended_camera(tmp_path):
    film = write_film(tmp_path / "orang.mjpeg", 4, Background.RED, frames=3).read_bytes()

    assert film.count(b"\xff\xd8\xff") == 3
    assert Image.open(io.BytesIO(film)).size == (640, 480)
    assert len(film) < 200_000
