"""One view of a device at a time, always the latest frame, closed by itself."""

import threading
import time

import pytest

from dekat.enrolment import live, ports
from dekat.enrolment.live import NothingSeen, Subject, Window
from dekat.enrolment.ports import DeviceKind, DevicesMissing
from dekat.enrolment.positions import Slap
from dekat.kernel.errors import DekatError

LEFT, RIGHT = Subject(DeviceKind.FINGER, Slap.LEFT), Subject(DeviceKind.FINGER, Slap.RIGHT)


class Unplugged(DekatError):
    code = "sbi.device.unplugged"


class Film:
    """A device that shows a frame whenever the test lets it."""

    def __init__(self, trouble: DekatError | None = None) -> None:
        self.turn, self.opened, self.ended = threading.Semaphore(0), [], threading.Event()
        self.trouble = trouble

    def preview(self, kind, slap=None):
        self.opened.append((kind, slap))
        if self.trouble:
            raise self.trouble
        try:
            number = 0
            while self.turn.acquire(timeout=5):
                number += 1
                yield f"{slap}-{number}".encode()
        finally:
            self.ended.set()


@pytest.fixture
def film():
    made = Film()
    ports.use_devices(lambda: made)
    yield made
    ports.use_devices(ports._none)


def test_the_page_gets_a_later_frame_each_time(film):
    window = Window()
    film.turn.release()
    first = window.look(LEFT)
    film.turn.release()
    second = window.look(LEFT, after=first.number)

    assert (first.jpeg, second.jpeg) == (b"LEFT-1", b"LEFT-2")
    assert len(film.opened) == 1
    window.close()


def test_another_hand_closes_the_view_before(film):
    window = Window()
    film.turn.release()
    window.look(LEFT)
    film.turn.release(2)

    assert window.look(RIGHT).jpeg.startswith(b"RIGHT")
    assert [slap for _, slap in film.opened] == [Slap.LEFT, Slap.RIGHT]
    window.close()


def test_a_view_that_nobody_asks_for_ends_by_itself(film, monkeypatch):
    monkeypatch.setattr(live, "FORGOTTEN_AFTER_S", 0.0)
    film.turn.release()
    Window().look(LEFT)
    time.sleep(0.01)
    film.turn.release()

    assert film.ended.wait(5)


def test_a_device_without_pictures_is_said_in_time(film):
    with pytest.raises(NothingSeen):
        Window(wait_s=0.05).look(LEFT)


def test_a_device_s_own_trouble_is_passed_on():
    made = Film(Unplugged())
    ports.use_devices(lambda: made)

    with pytest.raises(Unplugged):
        Window().look(LEFT)
    ports.use_devices(ports._none)


def test_without_devices_nothing_is_watched():
    ports.use_devices(ports._none)

    with pytest.raises(DevicesMissing):
        Window().look(LEFT)
