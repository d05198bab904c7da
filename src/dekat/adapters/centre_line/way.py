"""What a station learned of the way to its centre, kept in a small file: a restart does not begin from nothing.

Facts: nothing here is believed, it only saves tries. Addresses are those from which a signed answer came. How much
passes at once is forgotten after a day: the office may have another line.
"""

import json
import logging
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from dekat.kernel.clock import from_iso, iso
from dekat.kernel.reading import Unreadable, read_json

logger = logging.getLogger(__name__)
FORGOTTEN_AFTER = timedelta(days=1)
# Findings, each the code of a sentence.
KEEPS_BODIES, TOO_LARGE = "line.proxy.keeps_bodies", "line.proxy.too_large"
_MOST_ADDRESSES = 8
Address = tuple[socket.AddressFamily, tuple[object, ...]]


class Way:
    """The way of one centre address, shared by all lanes of this process."""

    def __init__(self, file: Path | None = None, *, clock: Callable[[], datetime]) -> None:
        self._file, self._clock = file, clock
        self._lock = threading.Lock()
        self._proven: dict[str, list[list[object]]] = {}
        self._piece_bytes, self._finding, self._found_at = 0, "", ""
        self._read()

    @property
    def piece_bytes(self) -> int:
        """How much passes at once; 0 where whole packets do."""
        return self._piece_bytes if self._is_fresh() else 0

    @property
    def finding(self) -> str:
        """The code of what hinders this way; empty when nothing does."""
        return self._finding if self._is_fresh() else ""

    def note_piece(self, piece_bytes: int, finding: str) -> bool:
        """Only pieces of this size pass, and why; True when that is news."""
        is_news = finding != self.finding
        if is_news:
            logger.warning("line.way.narrow", extra={"code": finding, "piece_bytes": piece_bytes})
        with self._lock:
            self._piece_bytes, self._finding, self._found_at = piece_bytes, finding, iso(self._clock())
            self._write()
        return is_news

    def addresses(self, host: str, port: int) -> list[Address]:
        """Where the centre proved to be, the newest first."""
        found = self._proven.get(f"{host} {port}", [])
        return [(socket.AddressFamily(int(str(family))), (str(place), port)) for family, place in found]

    def note_proven(self, host: str, port: int, connected: Address) -> None:
        """The centre answered, signed, from there."""
        family, address = connected
        with self._lock:
            known = self._proven.setdefault(f"{host} {port}", [])
            entry: list[object] = [int(family), str(address[0])]
            if known[:1] == [entry]:
                return
            known[:] = [entry, *[one for one in known if one != entry]][:_MOST_ADDRESSES]
            self._write()

    def _is_fresh(self) -> bool:
        if not self._found_at:
            return False
        return timedelta(0) <= self._clock() - from_iso(self._found_at) < FORGOTTEN_AFTER

    def _read(self) -> None:
        if self._file is None:
            return
        try:
            said = read_json(self._file.read_bytes())
            proven = {str(name): [[int(one[0]), str(one[1])] for one in rows] for name, rows in said["proven"].items()}
            piece_bytes, finding, found_at = int(said["piece_bytes"]), str(said["finding"]), str(said["found_at"])
            if found_at:
                from_iso(found_at)
        except (OSError, Unreadable, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return  # it is only a saving
        self._proven = proven
        self._piece_bytes, self._finding, self._found_at = piece_bytes, finding, found_at

    def _write(self) -> None:
        if self._file is None:
            return
        said = {
            "proven": self._proven,
            "piece_bytes": self._piece_bytes,
            "finding": self._finding,
            "found_at": self._found_at,
        }
        draft = self._file.with_suffix(".tmp")
        try:
            draft.write_text(json.dumps(said))
            draft.replace(self._file)
        except OSError:
            logger.warning("line.way.not_kept")
