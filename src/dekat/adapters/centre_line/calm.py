"""A slow line on which nothing gets lost is kept full without a pause, and its queue short.

Every ten seconds BBR lets the line run empty to find out how fast it answers: on a slow line 2 % of the time. Where
nothing was lost for a while the kernel's other way needs no such pause; that the queue stays short is then our part,
by how much the socket holds. The first loss gives the line back to BBR for the rest of the connection.

BBR itself, on a line that is up for ten seconds, puts three seconds of it into the queue; messages wait there, and what
waits for three seconds looks dead. So a slow line's socket holds little from the start, by what the line carries.
"""

import contextlib
import socket
import time

from dekat.adapters.centre_line.vitals import Vitals, vitals

CALM_AFTER_S = 30.0
LOOK_EVERY_S = 1.0
# What the socket holds beyond what is on its way: about so long an urgent message waits behind it.
QUEUE_S = 0.3
# The same before it is calm: with less BBR runs dry, and some of it goes for what the kernel adds to each packet.
BEGINNING_QUEUE_S = 1.2
# What every socket holds, and BBR with it; a line that needs more than this is not slow.
HOLDS_BYTES = 64 * 1024
# A line that would need so much before it is calm is not slow.
_SLOW_HOLDS_BYTES = HOLDS_BYTES // 2
# A connection that is younger, on a line that nobody measured, is still finding out what the line carries.
_KNOWS_AFTER_S = 4.0
# Less than this is no stream of packets.
_LEAST_BYTES = 4 * 1024


class Calm:
    """Watches one connection; `look` as often as bytes are sent.

    Facts: `rate_bytes_s` is what the line carries, as far as anybody knows; 0 where nobody does.
    """

    def __init__(self, connected: socket.socket, *, rate_bytes_s: float = 0.0) -> None:
        self._socket, self.rate_bytes_s = connected, rate_bytes_s
        self._began_s = self._quiet_since_s = self._looked_s = time.monotonic()
        self._resent = self._quiet_since_bytes = self._looked_bytes = 0
        self.holds_bytes = HOLDS_BYTES
        self._is_calm = self._is_over = False
        with contextlib.suppress(OSError):
            if rate_bytes_s and (now := vitals(connected)):
                self._keep_short(now)

    @property
    def is_short(self) -> bool:
        """Whether the socket holds little."""
        return self.holds_bytes < HOLDS_BYTES

    def look(self) -> None:
        """Give a calm line its own way, and one that loses something back to BBR."""
        now_s = time.monotonic()
        if self._is_over or now_s - self._looked_s < LOOK_EVERY_S:
            return
        passed_s, self._looked_s = now_s - self._looked_s, now_s
        with contextlib.suppress(OSError):
            now = vitals(self._socket)
            if now is None:
                self._is_over = True
            elif now.resent_segments > self._resent:
                self._lost(now, now_s)
            elif not self._is_calm and now_s - self._quiet_since_s > CALM_AFTER_S:
                self._become_calm(now, now_s)
            if now and not self._is_calm:
                # Held back by a hole is not slow: the whole time counts, or the last second where that is more.
                carried, self._looked_bytes = now.acked_bytes - self._looked_bytes, now.acked_bytes
                # A look that comes late says nothing of the time between.
                age_s, is_in_time = now_s - self._began_s, passed_s < 2 * LOOK_EVERY_S
                if carried >= _LEAST_BYTES and is_in_time and age_s > _KNOWS_AFTER_S:
                    self.rate_bytes_s = max(carried / passed_s, now.acked_bytes / age_s)
                    self._keep_short(now)

    def _lost(self, now: Vitals, now_s: float) -> None:
        self._resent, self._quiet_since_s, self._quiet_since_bytes = now.resent_segments, now_s, now.acked_bytes
        if self._is_calm:
            self._is_over = True
            self._go("bbr")
            self._hold(HOLDS_BYTES)

    def _become_calm(self, now: Vitals, now_s: float) -> None:
        rate_bytes_s = (now.acked_bytes - self._quiet_since_bytes) / (now_s - self._quiet_since_s)
        holds = int(rate_bytes_s * (now.least_rtt_s + QUEUE_S))
        if _LEAST_BYTES <= holds < HOLDS_BYTES:
            self._is_calm = True
            self._go("cubic")
            self._hold(holds)

    def _keep_short(self, now: Vitals) -> None:
        """Hold less where the line is slow. Held back by that, a line that became fast again needs some seconds."""
        holds = max(_LEAST_BYTES, int(self.rate_bytes_s * (now.least_rtt_s + BEGINNING_QUEUE_S)))
        self._hold(holds if holds < _SLOW_HOLDS_BYTES else HOLDS_BYTES)

    def _go(self, way: str) -> None:
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, way.encode())

    def _hold(self, holds_bytes: int) -> None:
        if holds_bytes != self.holds_bytes:
            self.holds_bytes = holds_bytes
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, holds_bytes)
            if self.is_short:
                # What we say next acknowledges what came; saying so at once takes 40 bytes of a slow line each time.
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
