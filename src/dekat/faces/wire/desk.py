"""Where the line meets the database: a few threads do what may block, and leave no connection behind."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
THREADS = 6


class Desk:
    """Runs commands and questions beside the event loop, first come, first served."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="wire")

    async def ask(self, work: Callable[[], T]) -> T:
        """Run work that uses the database."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_own_connection, work)

    async def file(self, work: Callable[[], T]) -> T:
        """Run work that waits for the disk only."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Let running work end and take no more."""
        self._threads.shutdown(wait=True)


def _with_own_connection(work: Callable[[], T]) -> T:
    try:
        return work()
    finally:
        connections.close_all()
