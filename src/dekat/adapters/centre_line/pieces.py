"""How much of a packet goes out at once: all of it, until something on the way shows that it takes only pieces."""

from collections.abc import Callable
from datetime import datetime

from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.way import KEEPS_BODIES, TOO_LARGE, Way
from dekat.sync import services
from dekat.sync.rules import MAX_PACKET_BYTES

SMALLEST_BYTES = 16 * 1024
# A proxy that gathers whole bodies acknowledges bytes that the centre never sees when the line breaks: twice in a row
# at least so many, and pieces become small enough to pass whole, about four seconds of what the line carries.
_KEPT_BACK_BYTES, _TIMES = 16 * 1024, 2
_PIECE_S, _LARGEST_BYTES = 4.0, 256 * 1024


class Pieces:
    """What the way takes at once, kept over a restart."""

    def __init__(self, way: Way, *, clock: Callable[[], datetime]) -> None:
        self._way, self._clock = way, clock
        self.at_once_bytes = way.piece_bytes or MAX_PACKET_BYTES
        # False where the other side does not take bytes with the announcement: an older centre, a proxy with a limit.
        self.pours = not way.piece_bytes
        self._kept_back_count = self._broken_count = 0

    def look_again(self) -> None:
        """Whole packets again, once it is so long ago that only pieces passed that the way may be another one."""
        if self.at_once_bytes < MAX_PACKET_BYTES and not self._way.piece_bytes:
            self.at_once_bytes, self.pours = MAX_PACKET_BYTES, True

    def too_large(self, longest_bytes: int) -> None:
        """Something answered that so much is too much.

        Refuses: line.centre.unreachable, where even the smallest piece is.
        """
        if self.at_once_bytes <= SMALLEST_BYTES:
            raise CentreUnreachable
        self._narrow(min(self.at_once_bytes, longest_bytes) // 2, TOO_LARGE)

    def broke(self) -> None:
        """The line broke with a piece on it: one that never passes whole is too long for the time between breaks."""
        if self.pours:
            return
        self._broken_count += 1
        if self._broken_count >= _TIMES and self.at_once_bytes > SMALLEST_BYTES:
            self._broken_count = 0
            self._narrow(self.at_once_bytes // 2, KEEPS_BODIES)

    def passed(self) -> None:
        """A piece came through whole."""
        self._broken_count = 0

    def compare(self, *, claimed_bytes: int, kept_bytes: int, rate_bytes_s: float) -> None:
        """After a break: so many bytes were acknowledged on the way, and so many of them the centre has."""
        if claimed_bytes < _KEPT_BACK_BYTES:
            return
        self._kept_back_count = 0 if kept_bytes else self._kept_back_count + 1
        if self._kept_back_count >= _TIMES and self.pours:
            self._kept_back_count = 0
            self._narrow(min(int(_PIECE_S * rate_bytes_s), _LARGEST_BYTES), KEEPS_BODIES)

    def _narrow(self, piece_bytes: int, finding: str) -> None:
        self.pours, self.at_once_bytes = False, max(SMALLEST_BYTES, piece_bytes)
        if self._way.note_piece(self.at_once_bytes, finding):
            services.note_way(code=finding, piece_bytes=self.at_once_bytes, now=self._clock())
