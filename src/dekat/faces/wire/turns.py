"""How many questions of one station may be under way at once; the newest takes the place of the oldest."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from dekat.kernel.errors import DekatError

# A station has two connections; after each outage the ghost of one may stay behind.
MOST_AT_ONCE = 16


class TooManyAtOnce(DekatError):
    """A newer question of the same station took the place of this one, which was the oldest of too many."""

    code = "sync.wire.too_many"


class Turns:
    """The questions under way, by station."""

    def __init__(self) -> None:
        self._under_way: dict[str, list[asyncio.Task[object]]] = {}
        self._pushed_out: set[asyncio.Task[object]] = set()

    @contextmanager
    def taken(self, node: str) -> Iterator[None]:
        """Hold a place while a question of this station is answered.

        Refuses: sync.wire.too_many, in the question that has to go.
        """
        mine = asyncio.current_task()
        if mine is None:
            raise RuntimeError("A question is answered in a task of its own")
        row = self._under_way.setdefault(node, [])
        if len(row) >= MOST_AT_ONCE:
            oldest = row.pop(0)
            self._pushed_out.add(oldest)
            oldest.cancel()
        row.append(mine)
        try:
            yield
        except asyncio.CancelledError:
            if mine not in self._pushed_out:
                raise
            mine.uncancel()
            raise TooManyAtOnce from None
        finally:
            self._pushed_out.discard(mine)
            if mine in row:
                row.remove(mine)
            if not row:
                self._under_way.pop(node, None)
