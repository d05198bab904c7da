"""Who knocks when several lanes want through, and how often."""

import threading

import pytest

from dekat.adapters.centre_line import knock as knocking

HERE = ("127.0.0.1", 9)


@pytest.fixture
def door(monkeypatch):
    """Lanes that begin one after the other; who stands at the door, while `may_end` is not set."""
    at_the_door, may_end = [], threading.Event()

    def stand(*_):
        at_the_door.append(threading.current_thread().name)
        may_end.wait(10)

    monkeypatch.setattr(knocking, "_knock", stand)
    monkeypatch.setattr(knocking, "_silent_since", {HERE: 0.0})
    monkeypatch.setattr(knocking, "_doors", {})

    def knocked(**doors):
        may_end.clear()
        at_the_door.clear()
        lanes = [
            threading.Thread(target=knocking.knock, args=HERE, kwargs={"patience_s": 10, "door": name}, name=lane)
            for lane, name in doors.items()
        ]
        for lane in lanes:
            lane.start()
            lane.join(0.2)
        standing = list(at_the_door)
        may_end.set()
        for lane in lanes:
            lane.join(10)
        return standing, sorted(at_the_door)

    return knocked


def test_messages_and_packets_do_not_wait_for_each_other(door):
    standing, all_who_came = door(small="messages", bulk="packets", second="packets")

    assert standing == ["small", "bulk"]
    assert all_who_came == ["bulk", "second", "small"]


def test_news_waits_while_somebody_else_knocks(door):
    assert door(feed="news", blobs="news") == (["feed"], ["blobs", "feed"])
    assert door(bulk="packets", feed="news") == (["bulk"], ["bulk", "feed"])


class Way:
    """Sockets in a world whose clock moves while somebody waits for them."""

    def __init__(self, monkeypatch, answers):
        """`answers` gives the attempt that is through, of those that wait at a second; None for nobody yet."""
        self.second, self.begun, self.closed, self._answers = 0.0, [], {}, answers
        monkeypatch.setattr(knocking.time, "monotonic", lambda: self.second)
        monkeypatch.setattr(knocking, "_begin", self._begin)
        monkeypatch.setattr(knocking, "_first_through", self._first_through)
        monkeypatch.setattr(knocking, "_silent_since", {})
        monkeypatch.setattr(knocking, "_doors", {})

    def _begin(self, *_):
        self.begun.append(_Attempt(self, len(self.begun)))
        return self.begun[-1]

    def _first_through(self, waiting, patience_s):
        self.second += patience_s
        return self._answers(waiting, self.second)


class _Attempt:
    def __init__(self, way, number):
        self.began_at, self._way, self._number = way.second, way, number

    def close(self):
        self._way.closed[self._number] = self._way.second - self.began_at


def test_beside_a_lane_that_carries_something_nobody_hammers(monkeypatch):
    """The line is up and its queue long: an answer takes longer than six quick attempts, and each costs it bytes."""
    way = Way(monkeypatch, lambda waiting, second: min(waiting) if second >= 4 else None)

    winner = knocking.knock(*HERE, patience_s=20, is_alive=lambda: True)

    assert way.begun[0] is winner
    assert len(way.begun) == 2
    assert way.second == 6


def test_an_attempt_is_over_before_the_kernel_repeats_it_beside_its_successors(monkeypatch):
    way = Way(monkeypatch, lambda waiting, second: max(waiting) if second >= 10 else None)

    knocking.knock(*HERE, patience_s=20)

    lasting = {number for number, seconds in way.closed.items() if seconds > 0.75}
    assert max(way.closed.values()) == 1.75
    assert lasting == {number for number in range(len(way.begun) - 3) if number % 7 == 0}


def test_a_way_that_answers_late_is_waited_for(monkeypatch):
    """A second and a half, as behind somebody's download: no quick attempt lives so long."""
    way = Way(monkeypatch, lambda waiting, second: next((n for n in waiting if second - n * 0.25 >= 1.5), None))

    winner = knocking.knock(*HERE, patience_s=20)

    assert winner is way.begun[0]
    assert way.second == 1.5
