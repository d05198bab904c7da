"""The bytes of one connection, plain or TLS, and a dead path noticed within three seconds.

A stall is unacknowledged data and no acknowledgement for 3 s (the kernel tells on Linux). Elsewhere it is no byte moved
for 10 s. There is no total deadline: a slow line that moves is a good line.
"""

import contextlib
import math
import select
import socket
import ssl
import struct
import sys
import time

from dekat.adapters.centre_line.calm import Calm
from dekat.adapters.centre_line.tls import RECORD_EXTRA, Tls
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.vitals import taken_bytes, vitals
from dekat.adapters.centre_line.way import Address

STALL_S = 3.0
PORTABLE_STALL_S = 10.0
# The path is alive but the other side reads nothing: a frozen server.
_FROZEN_S = 60.0
LOOK_EVERY_S = 0.25
_MOST_UNTAKEN = 1024 * 1024
_LARGEST_PIECE, _SMALLEST_RECORD = 16 * 1024, 1300
_WAITS = (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError)


class Stream:
    """A connected socket; `came` holds what came and nobody took yet."""

    def __init__(
        self,
        connected: socket.socket,
        tls: Tls | None,
        host: str,
        *,
        lives_for_bytes: int = 0,
        rate_bytes_s: float = 0.0,
    ) -> None:
        self._tls, self._host, self._lives_for_bytes = tls, host, lives_for_bytes
        self._peer = _peer_of(connected)
        self._socket = tls.secured(connected, host) if tls else connected
        self._socket.setblocking(False)
        self._calm = Calm(self._socket, rate_bytes_s=rate_bytes_s)
        self._is_corked = False
        self.came = bytearray()
        self.sent_bytes = self.received_bytes = 0
        self.heard_at = self._moved_at = time.monotonic()
        # True once the kernel said that nobody acknowledges any more.
        self.is_stalled = False

    @property
    def peer(self) -> Address:
        """Who is at the other end."""
        return self._socket.family, self._peer

    @property
    def rate_bytes_s(self) -> float:
        """What the line carries, as far as anybody knows; 0 where nobody does."""
        return self._calm.rate_bytes_s

    def mark(self) -> None:
        """A question begins: what was quiet before it was nobody's fault."""
        self._moved_at = time.monotonic()

    def push(self, view: memoryview) -> int:
        """Hand the kernel what it takes now, and take in what came; 0 when there was no room yet.

        Refuses: line.centre.unreachable.
        """
        if self._socket.fileno() < 0:
            raise CentreUnreachable
        readable, writable, _ = select.select([self._socket], [self._socket], [], LOOK_EVERY_S)
        if readable:
            self._take()
        if not writable:
            self._check_sending()
            return 0
        piece = view[: self._piece_bytes()]
        try:
            self._cork(self._calm.is_short and len(piece) < len(view))
            count = self._socket.send(piece)
        except _WAITS:
            self._check_sending()
            return 0
        except OSError as error:
            # What the other side said before it closed counts.
            with contextlib.suppress(CentreUnreachable):
                while self._take():
                    pass
            raise CentreUnreachable from error
        self.sent_bytes += count
        self._moved_at = time.monotonic()
        self._calm.look()
        return count

    def pull(self) -> bool:
        """Wait a moment for something to come; whether it did.

        Refuses: line.centre.unreachable.
        """
        pending = isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
        if not pending and not select.select([self._socket], [], [], LOOK_EVERY_S)[0]:
            self._check_acknowledged()
            return False
        return self._take()

    def acked_bytes(self) -> int | None:
        """How much the other side acknowledged since the connection began, TLS included."""
        with contextlib.suppress(OSError):
            if now := vitals(self._socket):
                return now.acked_bytes
        return None

    def taken_bytes(self) -> int | None:
        """How much the kernel was given since the connection began, TLS included, acknowledged or not."""
        with contextlib.suppress(OSError):
            return taken_bytes(self._socket)
        return None

    @property
    def acknowledged_at(self) -> float:
        """When the other side last acknowledged something; 0 where the kernel does not tell."""
        with contextlib.suppress(OSError):
            if now := vitals(self._socket):
                return time.monotonic() - now.since_ack_s
        return 0.0

    @property
    def resent_count(self) -> int:
        """Segments that the kernel sent again; 0 where it does not tell."""
        with contextlib.suppress(OSError):
            if now := vitals(self._socket):
                return now.resent_segments
        return 0

    def interrupt(self) -> None:
        """Wake whoever waits on this connection in another thread; the waiter closes it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Drop the connection at once; what the kernel still holds would only disturb the next one."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def _cork(self, is_more_coming: bool) -> None:
        """Have the kernel, where it can, fill each packet while more is coming: short pieces end with short ones."""
        if sys.platform == "linux" and is_more_coming != self._is_corked:
            self._is_corked = is_more_coming
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, is_more_coming)

    def _piece_bytes(self) -> int:
        """How much to hand over at once; where the kernel has any room it takes a piece whole.

        Facts: each TLS record costs 22 bytes and a cut line loses half of one: the best size grows with the root of
        what goes through between two cuts. It never shrinks during a connection.
        """
        if not self._tls:
            return self._calm.holds_bytes // 2 if self._calm.is_short else _LARGEST_PIECE
        best = math.isqrt(2 * RECORD_EXTRA * max(self.sent_bytes, self._lives_for_bytes))
        return min(max(best, _SMALLEST_RECORD), _LARGEST_PIECE)

    def _take(self) -> bool:
        try:
            piece = self._socket.recv(64 * 1024)
        except _WAITS:
            return False
        except OSError as error:
            raise CentreUnreachable from error
        if not piece:
            raise CentreUnreachable
        if self._tls and isinstance(self._socket, ssl.SSLSocket) and not self.received_bytes:
            self._tls.remember(self._socket, self._host)
        if len(self.came) > _MOST_UNTAKEN:
            # Nobody who answers us says so much before its first word was taken.
            raise CentreUnreachable
        self.came += piece
        self.received_bytes += len(piece)
        self.heard_at = self._moved_at = time.monotonic()
        return True

    def _check_sending(self) -> None:
        """Refuse to wait longer when the path is dead while we want to send."""
        limit_s = _FROZEN_S if self._check_acknowledged() else PORTABLE_STALL_S
        if time.monotonic() - self._moved_at > limit_s:
            raise CentreUnreachable

    def _check_acknowledged(self) -> bool:
        """True when the kernel says that all is well, False where it cannot say."""
        now = vitals(self._socket)
        if now is None:
            return False
        is_quiet = time.monotonic() - self._moved_at > STALL_S
        if now.unacked_segments and now.since_ack_s > STALL_S and is_quiet:
            self.is_stalled = True
            raise CentreUnreachable
        return True


def _peer_of(connected: socket.socket) -> tuple[object, ...]:
    try:
        address = connected.getpeername()
    except OSError as error:
        raise CentreUnreachable from error
    return tuple(address)
