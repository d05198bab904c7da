"""A part file while bytes arrive: one writer at a time, and a newer request takes over from a dead one."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from dekat.faces.wire.desk import Desk
from dekat.faces.wire.exchange import BodyTooLarge
from dekat.sync.files import is_disk_full
from dekat.sync.uploads import CentreFull

# How many bytes may be in the page cache only, so that closing never waits for a whole packet.
FLUSH_EVERY = 256 * 1024


class Part:
    """The bytes of one upload, as one request appends to them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._descriptor = -1
        self._length = 0
        self._writing: asyncio.Future[None] | None = None
        self._unflushed = 0
        self._taken_over = asyncio.Event()
        self._closed = asyncio.Event()
        self.reached = 0

    @property
    def was_replaced(self) -> bool:
        return self._taken_over.is_set()

    async def open(self, path: Path, length_bytes: int, offset: int) -> None:
        """Open for appending at the offset the client and the file agree on."""
        self._descriptor = await self._desk.file(lambda: os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        self._length, self.reached = length_bytes, offset

    async def unless_replaced(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The pieces until the body ends or a newer request takes over."""
        taken = asyncio.ensure_future(self._taken_over.wait())
        try:
            while True:
                coming = asyncio.ensure_future(anext(pieces, None))
                try:
                    await asyncio.wait({coming, taken}, return_when=asyncio.FIRST_COMPLETED)
                    piece = coming.result() if coming.done() else None
                finally:
                    coming.cancel()
                if piece is None:
                    return
                yield piece
        finally:
            taken.cancel()

    async def write(self, piece: bytes) -> None:
        """Append a piece.

        Refuses: sync.wire.too_large, sync.centre.full.
        """
        if self.reached + len(piece) > self._length:
            raise BodyTooLarge(limit=self._length)
        self._unflushed += len(piece)
        is_due = self._unflushed >= FLUSH_EVERY
        try:
            self._writing = asyncio.ensure_future(self._desk.file(lambda: self._append(piece, is_due)))
            await asyncio.shield(self._writing)
        except OSError as error:
            if is_disk_full(error):
                raise CentreFull from error
            raise
        if is_due:
            self._unflushed = 0

    async def cut_back(self, offset: int) -> None:
        """Drop what this request brought."""
        if self._descriptor >= 0:
            await self._desk.file(lambda: os.truncate(self._descriptor, offset))
            self.reached = offset

    async def close(self) -> None:
        """Have everything on the disk and let the next request in."""
        descriptor, self._descriptor = self._descriptor, -1
        try:
            if self._writing is not None:
                await asyncio.wait({self._writing})
            if descriptor >= 0:
                await self._desk.file(lambda: _flush_and_close(descriptor))
        except OSError as error:
            # Some file systems find room only now; what the file holds then is what counts.
            if is_disk_full(error):
                raise CentreFull from error
            raise
        finally:
            self._closed.set()

    async def replace(self) -> None:
        """Take the upload from this request; returns when its bytes are on the disk."""
        self._taken_over.set()
        await self._closed.wait()

    def _append(self, piece: bytes, is_due: bool) -> None:
        view, place = memoryview(piece), self.reached
        while view:
            count = os.pwrite(self._descriptor, view, place)
            view, place = view[count:], place + count
            self.reached = place
        if is_due:
            os.fdatasync(self._descriptor)


def _flush_and_close(descriptor: int) -> None:
    try:
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)
