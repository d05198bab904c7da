"""One connection: questions and answers in HTTP/1.1, and a dead path noticed within three seconds.

A stall is unacknowledged data and no acknowledgement for 3 s (the kernel tells on Linux). Elsewhere it is no byte moved
for 10 s. There is no total deadline: a slow line that moves is a good line.
"""

import contextlib
import select
import socket
import ssl
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass

from dekat.adapters.centre_line.trouble import CentreUnreachable, Intercepted, NotTheCentre

STALL_S = 3.0
PORTABLE_STALL_S = 10.0
ANSWER_S = 30.0
# The path is alive but the other side reads nothing: a frozen server.
_FROZEN_S = 60.0
_LOOK_EVERY_S = 0.25
_PIECE = 16 * 1024
_MAX_HEAD = 32 * 1024
_MAX_BODY = 32 * 1024 * 1024
# Python itself refuses to read a number of some thousand digits, with an error that nobody expects here.
_MOST_DIGITS = 18
# Linux `struct tcp_info`: segments sent and not acknowledged; milliseconds since the last acknowledgement.
_UNACKED_AT, _LAST_ACK_AT, _INFO_BYTES = 24, 56, 104
_RESENT_AT = 100
_SSL_WAITS = (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError)


@dataclass(frozen=True)
class Reply:
    """An answer as it came; believe it only after its signature was checked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Talk:
    """A connection that is up."""

    def __init__(self, connected: socket.socket, tls: ssl.SSLContext | None, host: str) -> None:
        self._socket = _secured(connected, tls, host) if tls else connected
        self._socket.setblocking(False)
        self._came = bytearray()
        self._moved_at = time.monotonic()
        self.sent_bytes = self.received_bytes = 0

    def ask(
        self, head: bytes, body: bytes, *, is_head: bool, wait_s: float = 0.0, into: bytearray | None = None
    ) -> Reply:
        """Send a question, give its answer; `into` keeps what came of the body even when the line breaks.

        Refuses: line.centre.unreachable, line.centre.not_the_centre.
        """
        self._moved_at = time.monotonic()
        self._send(head + body)
        patience_s = ANSWER_S + wait_s
        while b"\r\n\r\n" not in self._came:
            if len(self._came) > _MAX_HEAD:
                raise NotTheCentre
            self._receive(patience_s)
        raw, _, rest = bytes(self._came).partition(b"\r\n\r\n")
        status, headers = _parsed(raw)
        self._came = bytearray(rest)
        length = 0 if is_head or status in (204, 304) else _length(headers)
        return Reply(status, headers, self._body(length, into))

    @property
    def resent_count(self) -> int:
        """Segments that the kernel sent again on this connection; 0 where it does not tell."""
        try:
            info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
        except (AttributeError, OSError):
            return 0
        return int(struct.unpack_from("I", info, _RESENT_AT)[0]) if len(info) == _INFO_BYTES else 0

    def interrupt(self) -> None:
        """Wake whoever waits on this connection in another thread; the waiter closes it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Drop the connection at once; what the kernel still holds would only disturb the next one."""
        with contextlib.suppress(OSError):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._socket.close()

    def _send(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            readable, writable, _ = select.select([self._socket], [self._socket], [], _LOOK_EVERY_S)
            if readable and self._take() and b"\r\n\r\n" in self._came:
                return  # answered before the end of the question: a refusal, so the rest is not wanted
            if not writable:
                self._check()
                continue
            try:
                count = self._socket.send(view[:_PIECE])
            except _SSL_WAITS:
                self._check()
                continue
            except OSError as error:
                if self._answered_before_closing():
                    return
                raise CentreUnreachable from error
            view = view[count:]
            self.sent_bytes += count
            self._moved_at = time.monotonic()

    def _answered_before_closing(self) -> bool:
        try:
            while self._take():
                pass
        except CentreUnreachable:
            pass
        return b"\r\n\r\n" in self._came

    def _body(self, length: int, into: bytearray | None) -> bytes:
        kept = bytearray() if into is None else into
        taken = 0
        while taken < length:
            if not self._came:
                self._receive(ANSWER_S)
            piece = self._came[: length - taken]
            del self._came[: len(piece)]
            kept += piece
            taken += len(piece)
        return bytes(kept[len(kept) - length :]) if length else b""

    def _receive(self, patience_s: float) -> None:
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            pending = isinstance(self._socket, ssl.SSLSocket) and self._socket.pending()
            if not pending and not select.select([self._socket], [], [], _LOOK_EVERY_S)[0]:
                self._check_unacknowledged()
                continue
            if self._take():
                return
        raise CentreUnreachable

    def _take(self) -> bool:
        try:
            piece = self._socket.recv(64 * 1024)
        except _SSL_WAITS:
            return False
        except OSError as error:
            raise CentreUnreachable from error
        if not piece:
            raise CentreUnreachable
        self._came += piece
        self.received_bytes += len(piece)
        self._moved_at = time.monotonic()
        return True

    def _check(self) -> None:
        """Refuse to wait longer when the path is dead while we want to send."""
        limit_s = PORTABLE_STALL_S if self._check_unacknowledged() is None else _FROZEN_S
        if time.monotonic() - self._moved_at > limit_s:
            raise CentreUnreachable

    def _check_unacknowledged(self) -> bool | None:
        """True when the kernel says that all is well, None where it cannot say."""
        if not hasattr(socket, "TCP_INFO"):
            return None
        info = self._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
        (unacked,) = struct.unpack_from("I", info, _UNACKED_AT)
        (last_ack_ms,) = struct.unpack_from("I", info, _LAST_ACK_AT)
        is_quiet = time.monotonic() - self._moved_at > STALL_S
        if unacked and last_ack_ms > STALL_S * 1000 and is_quiet:
            raise CentreUnreachable
        return True


def _secured(connected: socket.socket, tls: ssl.SSLContext, host: str) -> ssl.SSLSocket:
    connected.settimeout(5)
    try:
        return tls.wrap_socket(connected, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        connected.close()
        raise Intercepted from error
    except OSError as error:
        connected.close()
        raise CentreUnreachable from error


def _parsed(raw: bytes) -> tuple[int, dict[str, str]]:
    lines = raw.decode("latin1").split("\r\n")
    try:
        version, status, *_ = lines[0].split(" ")
        fields = (line.partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in fields}
        if not version.startswith("HTTP/1."):
            raise NotTheCentre
        return int(status), headers
    except ValueError as error:
        raise NotTheCentre from error


def _length(headers: Mapping[str, str]) -> int:
    """The centre always says how long its answer is; who does not is somebody else."""
    text = headers.get("content-length", "")
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS or int(text) > _MAX_BODY:
        raise NotTheCentre
    return int(text)
