"""What is known of the line while four lanes use it: its state, its last trouble, the tries to reach the centre."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.status import BUSY, LineState, LineStatus, Probe
from dekat.adapters.centre_line.trouble import (
    CentreAway,
    CentreRefused,
    CentreUnreachable,
    Intercepted,
    NotTheCentre,
    is_answer,
)
from dekat.adapters.centre_line.tunnel import ProxyRefused
from dekat.kernel.errors import DekatError

logger = logging.getLogger(__name__)
_MOST_PROBES = 1000
# Refusals of this machine as such; others concern one item while the line is up.
_OF_THE_MACHINE = ("sync.hello.", "sync.station.", "sync.pass.")
_STATES = {
    NotTheCentre.code: LineState.PORTAL,
    ProxyRefused.code: LineState.PROXY,
    Intercepted.code: LineState.INTERCEPTED,
    CentreAway.code: LineState.AWAY,
    CentreUnreachable.code: LineState.DOWN,
}


class LineWatch:
    """The line as the lanes found it; safe to use from all of them. `on_up` is called when it came back."""

    def __init__(self, *, clock: Callable[[], datetime], on_up: Callable[[], None]) -> None:
        self._clock, self._on_up = clock, on_up
        self._lock = threading.Lock()
        self._status = LineStatus(LineState.NEVER_TRIED, clock())
        self._probes: list[Probe] = []
        self._is_in_queue = False

    @property
    def status(self) -> LineStatus:
        """The line now, without what it moved."""
        with self._lock:
            status = self._status
        is_queueing = self._is_in_queue and status.is_up and not status.code
        return replace(status, code=BUSY) if is_queueing else status

    @property
    def state(self) -> LineState:
        with self._lock:
            return self._status.state

    def up(self, line: CentreLine, orders: tuple[str, ...] | None = None) -> None:
        """The centre answered on this line; `orders` are its words, None where it was not asked for them."""
        self._set(LineState.UP, "")
        with self._lock:
            self._status = replace(
                self._status,
                last_contact_at=self._clock(),
                latency_ms=line.latency_ms or self._status.latency_ms,
                clock_offset_ms=line.clock_offset_ms or self._status.clock_offset_ms,
                orders=self._status.orders if orders is None else orders,
            )

    def locked(self) -> None:
        """Nobody opened this station's keys yet."""
        self._set(LineState.LOCKED, "")

    def trouble(self, trouble: DekatError) -> None:
        """A round did not end well; what that says of the line."""
        refusal = str(trouble.facts.get("refusal", ""))
        self._is_in_queue = self._is_in_queue or refusal == BUSY
        if is_answer(trouble) and not refusal.startswith(_OF_THE_MACHINE):
            self._set(LineState.UP, refusal)
            return
        state = self.state
        if trouble.code == CentreUnreachable.code and state == LineState.AWAY:
            # Still no answer; what was found about the way to it holds until somebody looks again.
            return
        # Anything else says nothing of the line, unless it is about this machine as such.
        is_refused = isinstance(trouble, CentreRefused) or trouble.code.startswith(_OF_THE_MACHINE)
        self._set(_STATES.get(trouble.code, LineState.REFUSED if is_refused else state), trouble.code)

    def left_queue(self) -> None:
        """The packets' turn came."""
        self._is_in_queue = False

    def found(self, *, centre_is_away: bool) -> None:
        """Somebody looked at our own line while the centre did not answer: the silence has an owner."""
        if self.state in (LineState.DOWN, LineState.AWAY):
            code = CentreAway.code if centre_is_away else CentreUnreachable.code
            self._set(LineState.AWAY if centre_is_away else LineState.DOWN, code)

    def probed(self, *, is_up: bool, latency_ms: int | None = None) -> None:
        """One try to reach the centre."""
        with self._lock:
            self._probes = [*self._probes[1 - _MOST_PROBES :], Probe(is_up, latency_ms if is_up else None)]

    def take_probes(self) -> list[Probe]:
        """The tries since it was last asked here."""
        with self._lock:
            taken, self._probes = self._probes, []
        return taken

    def _set(self, state: LineState, code: str) -> None:
        with self._lock:
            changed = state != self._status.state
            since = self._clock() if changed else self._status.since
            self._status = replace(self._status, state=state, since=since, code=code)
        if changed:
            logger.info("sync.line.changed", extra={"state": str(state), "code": code})
        if changed and state == LineState.UP:
            self._on_up()
