"""A station's readings of its own line: each try to reach the centre, and whose silence it is when nobody answers."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.adapters.centre_line.local_line import Address, LocalLine, look
from dekat.adapters.centre_line.status import LineState, LineStatus, Probe
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.readings.kinds import End, Path, Why
from dekat.readings.moved import NOTHING, Moved
from dekat.readings.services import note_clock_jump, note_link

# A clock that walks a little is set right by its time service; one that was moved is worth a line in the log.
JUMP = timedelta(seconds=30)
# So often in a row the way must be found open, and nobody there, before a reading says that the centre is away.
_TO_ACCUSE = 2
# Somebody else answers in the centre's place: the line ends before the centre.
_NOT_THROUGH = {
    LineState.PORTAL: Why.PORTAL,
    LineState.INTERCEPTED: Why.INTERCEPTED,
    LineState.PROXY: Why.PROXY,
}


class LineReadings:
    """Keeps what one worker's line was like."""

    def __init__(self, worker: SyncWorker, *, clock: Callable[[], datetime]) -> None:
        self._worker, self._clock = worker, clock
        self._wall, self._steady_s = clock(), time.monotonic()
        self._answered_count = 0

    def note(self) -> None:
        """Keep a reading of the line since the last one: evidence for whose turn it is."""
        self._watch_clock()
        found, probes = self._worker.status(), self._worker.take_probes()
        if found.state in (LineState.NEVER_TRIED, LineState.LOCKED):
            return
        if found.state in (LineState.DOWN, LineState.AWAY):
            self._note_silence(_local_line(), probes or [Probe(False, None)])
            return
        self._answered_count = 0
        if why := _NOT_THROUGH.get(found.state):
            self._keep(Path.LOCAL, is_up=False, why=why)
        else:
            self._note_answers(found, probes)

    def _note_silence(self, local: LocalLine, probes: Sequence[Probe]) -> None:
        self._answered_count = self._answered_count + 1 if local.is_up else 0
        if not local.is_up:
            self._worker.note_found(centre_is_away=False)
            for _ in probes:
                self._keep(Path.LOCAL, is_up=False, why=local.why)
            return
        self._keep(Path.LOCAL, is_up=True, latency_ms=local.latency_ms)
        if self._answered_count < _TO_ACCUSE:
            # Perhaps the cable was put back a second ago: let the worker try before anybody is blamed.
            self._worker.kick()
            return
        self._worker.note_found(centre_is_away=True)
        for _ in probes:
            self._keep(Path.CENTRE, is_up=False, why=local.why)

    def _note_answers(self, found: LineStatus, probes: Sequence[Probe]) -> None:
        is_refused = found.state == LineState.REFUSED
        for probe in probes:
            # An answer proves the whole way; of a silence that is over nobody can say more than that it was.
            self._keep(Path.LOCAL, is_up=probe.is_up, latency_ms=probe.latency_ms)
            if probe.is_up:
                self._keep(
                    Path.CENTRE,
                    is_up=not is_refused,
                    latency_ms=probe.latency_ms,
                    why=Why.REFUSED,
                    moved=self._worker.take_moved(),
                    clock_offset_ms=found.clock_offset_ms,
                )

    def _watch_clock(self) -> None:
        wall, steady_s = self._clock(), time.monotonic()
        jumped = (wall - self._wall) - timedelta(seconds=steady_s - self._steady_s)
        self._wall, self._steady_s = wall, steady_s
        if abs(jumped) >= JUMP:
            note_clock_jump(
                kecamatan=settings.ENV.kecamatan,
                by_ms=jumped // timedelta(milliseconds=1),
                actor=machine(settings.NODE_NAME),
                now=wall,
            )

    def _keep(
        self,
        path: Path,
        *,
        is_up: bool,
        latency_ms: int | None = None,
        why: Why = Why.SILENT,
        moved: Moved = NOTHING,
        clock_offset_ms: int | None = None,
    ) -> None:
        note_link(
            kecamatan=settings.ENV.kecamatan,
            path=path,
            is_up=is_up,
            latency_ms=latency_ms if is_up else None,
            seen_from=End.STATION,
            actor=machine(settings.NODE_NAME),
            now=self._clock(),
            why="" if is_up else why,
            moved=moved,
            clock_offset_ms=clock_offset_ms,
        )


def _local_line() -> LocalLine:
    if settings.ENV.proxy_url:
        # Nothing leaves but through the proxy, and its silence or its 504 does not say where the way ends.
        return LocalLine(False, Why.SILENT)
    return look(centre=_address(settings.ENV.centre_url), others=_others(settings.ENV.probe_url))


def _address(url: str) -> Address:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _others(urls: str) -> list[Address]:
    return [_address(url) for url in urls.split()]
