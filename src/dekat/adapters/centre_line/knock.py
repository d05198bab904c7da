"""Getting through: a new attempt every 0.7 s while the older ones still wait; the first one that connects wins.

The kernel alone repeats its first packet after 1, 3, 7, 15 seconds; on a line that is up for ten seconds that is most
of it.
"""

import select
import socket
import time

from dekat.adapters.centre_line.trouble import CentreUnreachable

KNOCK_EVERY_S = 0.7
MAX_OUTSTANDING = 5
_NOTSENT_LOWAT = 25  # TCP_NOTSENT_LOWAT on Linux; the kernel then holds little that a broken line would lose
_last_good: dict[tuple[str, int], list[tuple[socket.AddressFamily, tuple[object, ...]]]] = {}


def knock(host: str, port: int, *, patience_s: float, every_s: float = KNOCK_EVERY_S) -> socket.socket:
    """Give a connected, non-blocking socket.

    Refuses: line.centre.unreachable.
    """
    addresses = _addresses(host, port)
    until = time.monotonic() + patience_s
    waiting: list[socket.socket] = []
    attempt = 0
    try:
        while time.monotonic() < until:
            if fresh := _begin(*addresses[attempt % len(addresses)]):
                waiting.append(fresh)
            attempt += 1
            if len(waiting) > MAX_OUTSTANDING:
                waiting.pop(0).close()
            if winner := _first_through(waiting, min(every_s, until - time.monotonic())):
                waiting.remove(winner)
                return winner
    finally:
        for other in waiting:
            other.close()
    raise CentreUnreachable


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


def _begin(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket | None:
    fresh = socket.socket(family, socket.SOCK_STREAM)
    fresh.setblocking(False)
    fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_INFO"):
        fresh.setsockopt(socket.IPPROTO_TCP, _NOTSENT_LOWAT, 16 * 1024)
    fresh.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
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
