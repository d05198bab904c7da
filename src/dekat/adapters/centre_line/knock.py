"""Getting through: a new attempt every 0.25 s while some older ones still wait; the first one that connects wins.

The kernel alone repeats its first packet after 1, 3, 7, 15 seconds; on a line that is up for ten seconds that is most
of it. When nobody answers for minutes, the attempts become rare: each that meets an open line costs it 92 bytes.
"""

import contextlib
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence

from dekat.adapters.centre_line.calm import HOLDS_BYTES
from dekat.adapters.centre_line.trouble import CentreUnreachable
from dekat.adapters.centre_line.way import Address

# So long after the last contact (s), so often (s).
PACES = ((60.0, 0.25), (600.0, 2.5), (float("inf"), 5.0))
# While another lane's bytes are acknowledged the line is up, and its queue may be seconds long: then so often.
_BESIDE_OTHERS_S = 3.0
# An attempt is over after so many paces, before the kernel repeats it beside its successors. One in so many stays until
# the next such one, for a way that answers late; odd, so that both of two addresses have their turn. After a minute
# there is time for any round trip.
_WAITS_PACES, _LASTING_WAITS_PACES = 3, 7
_NOTSENT_LOWAT = 25  # TCP_NOTSENT_LOWAT on Linux; the kernel then holds little that a broken line would lose
_LOOK_EVERY_S = 0.05
_silent_since: dict[tuple[str, int], float] = {}
# Messages, packets and news each have their own: who waits for another's luck comes a round trip later, and then
# stands behind what that one sends. News has time for that.
_PATIENT_DOOR = "news"
_doors: dict[tuple[str, int, str], threading.Lock] = {}


def knock(
    host: str,
    port: int,
    *,
    patience_s: float,
    segment_bytes: int | None = None,
    known: Sequence[Address] = (),
    distrusts_names: bool = False,
    door: str = "",
    is_alive: Callable[[], bool] = lambda: False,
) -> socket.socket:
    """Give a connected, non-blocking socket.

    Facts: `segment_bytes` bounds what one packet carries, both ways. `known` are addresses that proved to be the
    centre's, for when the name service is gone, or `distrusts_names`. Of several who want the same `door` one knocks;
    at `news` nobody does while another is knocked at. `is_alive` says whether another connection to there carries
    something.
    Refuses: line.centre.unreachable.
    """
    until = time.monotonic() + patience_s
    turn = _doors.setdefault((host, port, door), threading.Lock())
    while not (is_mine := turn.acquire(timeout=_LOOK_EVERY_S)):
        if (host, port) not in _silent_since:
            break  # the one who knocked is through
        if time.monotonic() > until:
            raise CentreUnreachable
    try:
        while door == _PATIENT_DOOR and _is_knocked_at_elsewhere(host, port, turn):
            if time.monotonic() > until:
                raise CentreUnreachable
            time.sleep(_LOOK_EVERY_S)
        addresses = _addresses(host, port, known, distrusts_names=distrusts_names)
        return _knock(host, port, addresses, until, segment_bytes, is_alive)
    finally:
        if is_mine:
            turn.release()


def _is_knocked_at_elsewhere(host: str, port: int, own: threading.Lock) -> bool:
    turns = [turn for door, turn in list(_doors.items()) if door[:2] == (host, port)]
    return any(turn.locked() for turn in turns if turn is not own)


def _knock(
    host: str,
    port: int,
    addresses: Sequence[Address],
    until: float,
    segment_bytes: int | None,
    is_alive: Callable[[], bool],
) -> socket.socket:
    since = _silent_since.setdefault((host, port), time.monotonic())
    waiting: dict[int, socket.socket] = {}
    attempt = 0
    try:
        while (now := time.monotonic()) < until:
            if fresh := _begin(*addresses[attempt % len(addresses)], segment_bytes):
                waiting[attempt] = fresh
            attempt += 1
            for old in [number for number in waiting if attempt - number > _waits_paces(number)]:
                waiting.pop(old).close()
            pace_s = _BESIDE_OTHERS_S if is_alive() else _pace(now - since)
            if (winner := _first_through(waiting, min(pace_s, until - now))) is not None:
                _silent_since.pop((host, port), None)
                return waiting.pop(winner)
    finally:
        for other in waiting.values():
            other.close()
    raise CentreUnreachable


def _waits_paces(attempt: int) -> int:
    return _WAITS_PACES if attempt % _LASTING_WAITS_PACES else _LASTING_WAITS_PACES


def _pace(silent_s: float) -> float:
    return next(pace for limit, pace in PACES if silent_s < limit)


def _addresses(host: str, port: int, known: Sequence[Address], *, distrusts_names: bool) -> Sequence[Address]:
    """Where the name points; when the name service is gone or lies, where the centre was last."""
    if known and distrusts_names:
        return known
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        if known:
            return known
        raise CentreUnreachable from error
    return [(family, address) for family, _, _, _, address in found]


def _begin(
    family: socket.AddressFamily, address: tuple[object, ...], segment_bytes: int | None
) -> socket.socket | None:
    fresh = socket.socket(family, socket.SOCK_STREAM)
    fresh.setblocking(False)
    fresh.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    fresh.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, HOLDS_BYTES)
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


def _first_through(waiting: dict[int, socket.socket], patience_s: float) -> int | None:
    """Which attempt is connected; those that failed are gone from `waiting`."""
    until = time.monotonic() + patience_s
    while (left := until - time.monotonic()) > 0:
        if not waiting:
            time.sleep(left)
            return None
        _, ready, _ = select.select([], [*waiting.values()], [], left)
        for attempt in [number for number, one in waiting.items() if one in ready]:
            if waiting[attempt].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                return attempt
            waiting.pop(attempt).close()
    return None
