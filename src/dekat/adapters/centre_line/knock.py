"""Getting through: a new attempt every 0.35 s while the older ones still wait; the first one that connects wins.

The kernel alone repeats its first packet after 1, 3, 7, 15 seconds; on a line that is up for ten seconds that is most
of it. When nobody answers for minutes, the attempts become rare: each costs 60 bytes.
"""

import contextlib
import select
import socket
import sys
import time

from dekat.adapters.centre_line.trouble import CentreUnreachable

# So long after the last contact (s), so often (s).
PACES = ((60.0, 0.35), (600.0, 2.0), (float("inf"), 5.0))
# A round trip of four seconds still gets through.
MAX_OUTSTANDING = 12
_NOTSENT_LOWAT = 25  # TCP_NOTSENT_LOWAT on Linux; the kernel then holds little that a broken line would lose
_last_good: dict[tuple[str, int], list[tuple[socket.AddressFamily, tuple[object, ...]]]] = {}
_silent_since: dict[tuple[str, int], float] = {}


def knock(host: str, port: int, *, patience_s: float, segment_bytes: int | None = None) -> socket.socket:
    """Give a connected, non-blocking socket.

    Facts: `segment_bytes` bounds what one packet carries, both ways.
    Refuses: line.centre.unreachable.
    """
    addresses = _addresses(host, port)
    until = time.monotonic() + patience_s
    since = _silent_since.setdefault((host, port), time.monotonic())
    waiting: list[socket.socket] = []
    attempt = 0
    try:
        while (now := time.monotonic()) < until:
            if fresh := _begin(*addresses[attempt % len(addresses)], segment_bytes):
                waiting.append(fresh)
            attempt += 1
            if len(waiting) > MAX_OUTSTANDING:
                waiting.pop(0).close()
            if winner := _first_through(waiting, min(_pace(now - since), until - now)):
                waiting.remove(winner)
                _silent_since.pop((host, port), None)
                return winner
    finally:
        for other in waiting:
            other.close()
    raise CentreUnreachable


def _pace(silent_s: float) -> float:
    return next(pace for limit, pace in PACES if silent_s < limit)


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, tuple[object, ...]]]:
    """Where the name points; when the name service is gone, where it pointed last."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        if (host, port) in _last_good:
            return _last_good[host, port]
        raise CentreUnreachable from error
    _last_good[host, port] = [(family, address) for family, _, _, _, address in found]
    return _last_good[host, port]


def _begin(
    family: socket.AddressFamily, address: tuple[object, ...], segment_bytes: int | None
) -> socket.socket | None:
    fresh = socket.socket(family, socket.SOCK_STREAM)
    fresh.setblocking(False)
    fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    fresh.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
    if sys.platform == "linux":
        fresh.setsockopt(socket.IPPROTO_TCP, _NOTSENT_LOWAT, 16 * 1024)
        # Where the kernel has it and lets us: loss does not slow it down, and it leaves the modem's queue short, so
        # that an urgent message does not wait there.
        with contextlib.suppress(OSError):
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
        if segment_bytes:
            fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment_bytes)
    try:
        fresh.connect(address)
    except BlockingIOError:
        return fresh
    except OSError:
        fresh.close()
        return None
    return fresh


def _first_through(waiting: list[socket.socket], patience_s: float) -> socket.socket | None:
    until = time.monotonic() + patience_s
    while (left := until - time.monotonic()) > 0:
        if not waiting:
            time.sleep(left)
            return None
        _, ready, _ = select.select([], waiting, [], left)
        for one in ready:
            if one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                return one
            waiting.remove(one)
            one.close()
    return None
