"""Where the line meets the database: a few threads do what may block, and leave no connection behind."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import OperationalError, connections

from dekat.kernel.errors import DekatError

T = TypeVar("T")
THREADS = 6
# Shorter than a station waits for its answer.
PATIENCE_S = 20.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0
RETRY_AFTER_S = 5
# SQLite and PostgreSQL have no common code for what passes by itself, only these words of their own.
_PASSING = ("locked", "deadlock", "could not serialize", "lock timeout", "queue for writers", "connection")


class CentreBusy(DekatError):
    """The centre's database had no turn for this question; nothing was done, and it may be asked again."""

    code = "sync.centre.busy"


class Desk:
    """Runs commands and questions beside the event loop, first come, first served."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="wire")

    async def ask(self, work: Callable[[], T]) -> T:
        """Run work that uses the database; what found it locked or in a deadlock is done again, whole.

        Refuses: sync.centre.busy, and what the work refuses.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_own_connection, work)

    async def file(self, work: Callable[[], T]) -> T:
        """Run work that waits for the disk only."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Let running work end and take no more."""
        self._threads.shutdown(wait=True)


def _with_own_connection(work: Callable[[], T]) -> T:
    began, pause_s = time.monotonic(), _FIRST_PAUSE_S
    while True:
        try:
            return work()
        except OperationalError as error:
            if not any(word in str(error) for word in _PASSING):
                raise
            if time.monotonic() - began + pause_s > PATIENCE_S:
                raise CentreBusy(retry_after_s=RETRY_AFTER_S) from error
        finally:
            connections.close_all()
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
