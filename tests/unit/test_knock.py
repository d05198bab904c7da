"""Who knocks when several lanes want through the same door."""

import threading

from dekat.adapters.centre_line import knock as knocking

HERE = ("127.0.0.1", 9)


def test_messages_packets_and_news_do_not_wait_for_each_other(monkeypatch):
    at_the_door, may_end = [], threading.Event()

    def stand(*_):
        at_the_door.append(threading.current_thread().name)
        may_end.wait(10)

    monkeypatch.setattr(knocking, "_knock", stand)
    monkeypatch.setattr(knocking, "_silent_since", {HERE: 0.0})
    monkeypatch.setattr(knocking, "_doors", {})
    doors = {"small": "messages", "feed": "news", "blobs": "news", "bulk": "packets"}
    lanes = [
        threading.Thread(target=knocking.knock, args=HERE, kwargs={"patience_s": 10, "door": door}, name=name)
        for name, door in doors.items()
    ]
    for lane in lanes:
        lane.start()
        lane.join(0.2)
    standing = list(at_the_door)
    may_end.set()
    for lane in lanes:
        lane.join(10)

    assert standing == ["small", "feed", "bulk"]
    assert sorted(at_the_door) == ["blobs", "bulk", "feed", "small"]


def test_beside_a_lane_that_carries_something_nobody_hammers(monkeypatch):
    """The line is up and its queue long: an answer takes longer than six quick attempts, and each costs it bytes."""
    hours, begun = [0.0], []

    class Asked:
        def close(self):
            begun.remove(self)

    def begin(*_):
        begun.append(Asked())
        return begun[-1]

    def answered(waiting, patience_s):
        hours[0] += patience_s
        return waiting[0] if hours[0] >= 4 else None

    monkeypatch.setattr(knocking.time, "monotonic", lambda: hours[0])
    monkeypatch.setattr(knocking, "_begin", begin)
    monkeypatch.setattr(knocking, "_first_through", answered)
    monkeypatch.setattr(knocking, "_silent_since", {})
    monkeypatch.setattr(knocking, "_doors", {})

    winner = knocking.knock(*HERE, patience_s=20, is_alive=lambda: True)

    assert begun == [winner]
    assert hours[0] == 6
