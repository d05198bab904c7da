"""The queue for writers is fair, and nobody who leaves it keeps a place in it."""

import threading
import time

import pytest

from dekat.project.sqlite.fifo import FifoLock


def wait_for(lock, count):
    deadline = time.monotonic() + 5
    while len(lock._waiting) < count:
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_turns_come_in_the_order_of_asking():
    lock, order, threads = FifoLock(), [], []
    lock.acquire(1)
    for number in range(8):

        def work(number=number):
            lock.acquire(5)
            order.append(number)
            lock.release()

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        wait_for(lock, number + 1)

    lock.release()
    for thread in threads:
        thread.join(5)

    assert order == list(range(8))


def test_only_one_is_inside_at_a_time():
    lock, inside, most = FifoLock(), [], []

    def work():
        for _ in range(200):
            assert lock.acquire(10)
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert (len(most), max(most)) == (1200, 1)


def test_whoever_gives_up_leaves_the_queue():
    lock = FifoLock()
    lock.acquire(1)

    assert not lock.acquire(0.01)
    lock.release()

    assert lock.acquire(0.01)


@pytest.mark.parametrize("came_first", [False, True])
def test_whoever_is_interrupted_keeps_no_turn(monkeypatch, came_first):
    lock = FifoLock()
    lock.acquire(1)

    def interrupted(turn, timeout=None):
        if came_first:
            lock.release()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt):
            lock.acquire(1)
    if not came_first:
        lock.release()

    assert lock.acquire(0.01)
