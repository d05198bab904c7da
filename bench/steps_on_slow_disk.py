"""Eight people save at once on a disk that takes 15 ms to flush: with our queue for writers, and without it.

The disk is simulated: each commit sleeps 15 ms while it holds the write lock, as a flush would.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from bench import people
from bench.result import Result
from dekat.ledger.services import record
from dekat.project.sqlite import base

WRITERS, SECONDS, FLUSH_S = 8, 6.0, 0.015


class NoQueue:
    """What stands in the queue's place: whoever comes goes, and SQLite's own waiting decides."""

    def acquire(self, timeout_s: float) -> bool:
        return True

    def release(self) -> None:
        """Nothing was held."""


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """The wait of a person who saves: p99 and the longest."""
    people.be_the_centre()
    with slow_disk():
        queued = _waits()
        with mock.patch.object(base, "WRITERS", NoQueue()):
            free = _waits()
    for what, place, goal in (("p99", 0.99, 250), ("longest", 1.0, 1000)):
        yield Result(
            f"8 save on a 15 ms disk: {what}", _at(queued, place), "ms", goal, "lower",
            {"SQLite alone": _at(free, place), "saves/s": len(queued) / SECONDS},
        )  # fmt: skip


@contextmanager
def slow_disk() -> Iterator[None]:
    """Every commit takes 15 ms more, within the write lock."""
    commit = BaseDatabaseWrapper._commit

    def slowly(self: BaseDatabaseWrapper) -> None:
        time.sleep(FLUSH_S)
        commit(self)

    with mock.patch.object(BaseDatabaseWrapper, "_commit", slowly):
        yield


def _waits() -> list[float]:
    waits: list[float] = []
    ends_at = time.monotonic() + SECONDS
    threads = [threading.Thread(target=_save_until, args=(ends_at, waits)) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(waits)


def _save_until(ends_at: float, waits: list[float]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")  # the 15 ms stand for the flush; this machine's own would come on top
    while time.monotonic() < ends_at:
        start = time.perf_counter()
        with transaction.atomic():
            record(name="bench.step.saved", subject="bench:1", actor="node:centre", data={}, now=people.NOW)
        waits.append((time.perf_counter() - start) * 1000)
    connection.close()


def _at(waits: list[float], place: float) -> float:
    return waits[min(int(len(waits) * place), len(waits) - 1)]
