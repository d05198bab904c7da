"""A slow line on which nothing gets lost is kept full without a pause, and its queue short.

Every ten seconds BBR lets the line run empty to find out how fast it answers: on a slow line 2 % of the time. Where
nothing was lost for a while the kernel's other way needs no such pause; that the queue stays short is then our part,
by how much the socket holds. The first loss gives the line back to BBR for the rest of the connection.
"""

import contextlib
import socket
import time

from dekat.adapters.centre_line.vitals import Vitals, vitals

CALM_AFTER_S = 30.0
LOOK_EVERY_S = 1.0
# What the socket holds beyond what is on its way: about so long an urgent message waits behind it.
QUEUE_S = 0.3
# What every socket holds, and BBR with it; a line that needs more than this is not slow.
HOLDS_BYTES = 64 * 1024
# Less than this is no stream of packets.
_LEAST_BYTES = 4 * 1024


class Calm:
    """Watches one connection; `look` as often as bytes are sent."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._quiet_since_s = self._looked_s = time.monotonic()
        self._resent = self._quiet_since_bytes = 0
        self._is_calm = self._is_over = False

    def look(self) -> None:
        """Give a calm line its own way, and one that loses something back to BBR."""
        now_s = time.monotonic()
        if self._is_over or now_s - self._looked_s < LOOK_EVERY_S:
            return
        self._looked_s = now_s
        with contextlib.suppress(OSError):
            now = vitals(self._socket)
            if now is None:
                self._is_over = True
            elif now.resent_segments > self._resent:
                self._lost(now, now_s)
            elif not self._is_calm and now_s - self._quiet_since_s > CALM_AFTER_S:
                self._become_calm(now, now_s)

    def _lost(self, now: Vitals, now_s: float) -> None:
        self._resent, self._quiet_since_s, self._quiet_since_bytes = now.resent_segments, now_s, now.acked_bytes
        if self._is_calm:
            self._is_over = True
            self._go("bbr", HOLDS_BYTES)

    def _become_calm(self, now: Vitals, now_s: float) -> None:
        rate_bytes_s = (now.acked_bytes - self._quiet_since_bytes) / (now_s - self._quiet_since_s)
        holds = int(rate_bytes_s * (now.least_rtt_s + QUEUE_S))
        if _LEAST_BYTES <= holds < HOLDS_BYTES:
            self._is_calm = True
            self._go("cubic", holds)

    def _go(self, way: str, holds_bytes: int) -> None:
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, way.encode())
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, holds_bytes)
