"""A calm line is kept full without BBR's pauses; the first loss gives it back."""

import socket

import pytest

from dekat.adapters.centre_line import calm
from dekat.adapters.centre_line.calm import BEGINNING_QUEUE_S, CALM_AFTER_S, HOLDS_BYTES, QUEUE_S, Calm
from dekat.adapters.centre_line.vitals import Vitals

RATE_BYTES_S, ROUND_TRIP_S = 16_000, 0.3


class Line:
    """A socket that notes what it is told, and what the kernel would tell of it."""

    def __init__(self, monkeypatch):
        self.at_s, self.acked, self.resent, self.told = 0.0, 0, 0, {}
        monkeypatch.setattr(calm.time, "monotonic", lambda: self.at_s)
        monkeypatch.setattr(calm, "vitals", lambda _: Vitals(9, 0.0, self.acked, 0, self.resent, ROUND_TRIP_S))
        self.watch = Calm(self)

    def setsockopt(self, _, name, value):
        self.told[name] = value

    def carry(self, seconds, rate=RATE_BYTES_S):
        for _ in range(int(seconds)):
            self.at_s += 1
            self.acked += rate
            self.watch.look()


@pytest.fixture
def line(monkeypatch):
    return Line(monkeypatch)


def test_a_slow_line_without_losses_is_kept_full_and_its_queue_short(line):
    line.carry(CALM_AFTER_S)
    assert socket.TCP_CONGESTION not in line.told
    line.carry(2)

    assert line.told[socket.TCP_CONGESTION] == b"cubic"
    assert line.told[socket.SO_SNDBUF] == pytest.approx(RATE_BYTES_S * (ROUND_TRIP_S + QUEUE_S), rel=0.1)


def test_the_first_loss_gives_the_line_back_for_good(line):
    line.carry(CALM_AFTER_S + 2)
    line.resent += 1
    line.carry(3 * CALM_AFTER_S)

    assert (line.told[socket.TCP_CONGESTION], line.told[socket.SO_SNDBUF]) == (b"bbr", HOLDS_BYTES)


def test_a_loss_before_makes_it_wait_as_long_again(line):
    line.carry(CALM_AFTER_S - 1)
    line.resent += 1
    line.carry(CALM_AFTER_S)

    assert socket.TCP_CONGESTION not in line.told


def test_before_that_a_slow_line_holds_little_as_soon_as_it_is_known(line):
    line.carry(4)
    assert line.told == {}
    line.carry(1)

    assert line.told == {
        socket.SO_SNDBUF: int(RATE_BYTES_S * (ROUND_TRIP_S + BEGINNING_QUEUE_S)),
        socket.TCP_QUICKACK: 0,
    }


def test_a_faster_line_that_stands_still_behind_a_hole_is_not_taken_for_a_slow_one(line):
    line.carry(10, rate=40_000)
    line.carry(3, rate=5_000)

    assert line.told == {}


def test_the_next_connection_begins_with_what_the_last_one_carried(line):
    line.carry(5)
    before = line.told
    line.told = {}

    Calm(line, rate_bytes_s=line.watch.rate_bytes_s)

    assert line.told == before


def test_a_line_that_became_fast_is_given_more(line):
    line.carry(5)
    line.carry(2, rate=200_000)

    assert line.told[socket.SO_SNDBUF] == HOLDS_BYTES


@pytest.mark.parametrize("rate", [0, 200, 200_000])
def test_a_line_without_a_stream_or_a_fast_one_is_left_alone(line, rate):
    line.carry(2 * CALM_AFTER_S, rate)

    assert line.told == {}


def test_a_look_that_comes_late_says_nothing(line):
    line.carry(1, rate=200_000)
    line.at_s += 60
    line.carry(1, rate=20_000)

    assert line.told == {}
