"""Is it our own line or the centre? Asked only while the centre does not answer.

A connection that is made, or refused by a machine at the other end, went all the way: then the line is fine and the
centre is away. Only silence, or no way out of this machine, is trouble of the line itself.
"""

import contextlib
import errno
import ipaddress
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dekat.readings.kinds import Why

PATIENCE_S = 3.0
_NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.ENETDOWN}
_ROUTES = (Path("/proc/net/route"), Path("/proc/net/ipv6_route"))
Address = tuple[str, int]


@dataclass(frozen=True)
class LocalLine:
    """What was found; `why` says what is wrong with the way to the centre, `latency_ms` how far the answer was."""

    is_up: bool
    why: Why
    latency_ms: int | None = None


def look(*, centre: Address, others: Sequence[Address] = (), patience_s: float = PATIENCE_S) -> LocalLine:
    """See how far we get: to the centre's machine, or to another well-known one."""
    attempts = selectors.DefaultSelector()
    begun, refused_here = time.monotonic(), 0
    targets = [found for address in (centre, *others) for found in _resolved(address)]
    try:
        for family, address in targets:
            outcome = _begin(attempts, family, address)
            if outcome == errno.ECONNREFUSED and not _is_this_machine(address):
                return LocalLine(True, Why.AWAY, 0)
            refused_here += outcome in _NO_WAY
        if targets and refused_here == len(targets):
            return LocalLine(False, Why.NO_ROUTE)
        while attempts.get_map() and (left_s := begun + patience_s - time.monotonic()) > 0:
            for key, _ in attempts.select(left_s):
                attempts.unregister(key.fileobj)
                if _went_through(key.fileobj, key.data):
                    return LocalLine(True, Why.AWAY, int((time.monotonic() - begun) * 1000))
        return LocalLine(False, Why.SILENT if _routes() else Why.NO_ROUTE)
    finally:
        for key in list(attempts.get_map().values()):
            _shut(key.fileobj)
        attempts.close()


def ways_out() -> frozenset[str]:
    """The routes this machine has now; one more than before is a cable that was put back (empty where unknown)."""
    found = set()
    for path in _ROUTES:
        with contextlib.suppress(OSError):
            found |= {" ".join(line.split()[:3]) for line in path.read_text().splitlines()[1:]}
    return frozenset(found)


def _routes() -> bool:
    """Whether the kernel has any route but to itself; True where it does not tell."""
    try:
        lines = _ROUTES[0].read_text().splitlines()[1:]
    except OSError:
        return True
    return any(not line.startswith("lo\t") for line in lines)


def _resolved(address: Address) -> list[tuple[socket.AddressFamily, tuple[object, ...]]]:
    try:
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    except OSError:
        return []
    return [(family, where) for family, _, _, _, where in found[:2]]


def _begin(attempts: selectors.BaseSelector, family: socket.AddressFamily, address: tuple[object, ...]) -> int:
    """Start to connect; give the error of an attempt that failed at once, 0 for one under way."""
    fresh = socket.socket(family, socket.SOCK_STREAM)
    fresh.setblocking(False)
    try:
        fresh.connect(address)
    except BlockingIOError:
        pass
    except OSError as error:
        fresh.close()
        return error.errno or errno.EIO
    attempts.register(fresh, selectors.EVENT_WRITE, address)
    return 0


def _went_through(one: object, address: tuple[object, ...]) -> bool:
    if not isinstance(one, socket.socket):
        return False
    error = one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    one.close()
    return error == 0 or (error == errno.ECONNREFUSED and not _is_this_machine(address))


def _shut(one: object) -> None:
    if isinstance(one, socket.socket):
        one.close()


def _is_this_machine(address: tuple[object, ...]) -> bool:
    """A refusal by this very machine says nothing of a line."""
    return ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback
