"""The station's background: three threads with a connection each, so that nothing small waits behind a packet."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.db import connections

from dekat.accounts import keyring
from dekat.accounts.queries import NodeUnknown
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.trouble import CentreRefused, NotTheCentre
from dekat.kernel.errors import DekatError
from dekat.sync import queries

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0
ROUND_EVERY_S = 60.0
FEED_WAIT_S = 25
# The centre said no, signed: asking again at once would change nothing.
REFUSED_PAUSE_S = 10.0
# Refusals of this machine as such; others concern one item while the line is up.
_OF_THE_MACHINE = ("sync.hello.", "sync.station.", "sync.pass.")
_TROUBLE_PAUSE_S = (0.5, 2.0)


class LineState(StrEnum):
    """What the operator may know of the line."""

    NEVER_TRIED = "NEVER_TRIED"
    UP = "UP"
    DOWN = "DOWN"
    PORTAL = "PORTAL"
    REFUSED = "REFUSED"
    LOCKED = "LOCKED"


@dataclass(frozen=True)
class LineStatus:
    """The line at one instant.

    Facts: `since` is when this state began; `latency_ms` one round trip; bytes since the process started; `orders` are
    the centre's words (`revoked`, `new_incarnation`); `code` is the last trouble's, empty when none.
    """

    state: LineState
    since: datetime
    last_contact_at: datetime | None = None
    latency_ms: int | None = None
    clock_offset_ms: int | None = None
    sent_bytes: int = 0
    received_bytes: int = 0
    orders: tuple[str, ...] = ()
    code: str = ""

    @property
    def is_up(self) -> bool:
        return self.state == LineState.UP


class SyncWorker:
    """Keeps a station and its centre in step; `run_once` does one whole round in the caller's thread."""

    def __init__(
        self, *, centre_url: str, clock: Callable[[], datetime], ca_file: Path | None = None, patience_s: float = 20.0
    ) -> None:
        self._clock = clock

        def rounds() -> Rounds:
            line = CentreLine(centre_url, clock=clock, patience_s=patience_s, ca_file=ca_file)
            return Rounds(line, clock=clock, patience_s=patience_s)

        self._small, self._bulk, self._feed = rounds(), rounds(), rounds()
        self._stopping = threading.Event()
        self._kicks = {"small": threading.Event(), "bulk": threading.Event(), "feed": threading.Event()}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._status = LineStatus(LineState.NEVER_TRIED, clock())

    def start(self) -> None:
        """Begin in the background."""
        for name, work in (("small", self._small_round), ("bulk", self._bulk_round), ("feed", self._feed_round)):
            thread = threading.Thread(target=self._run, args=(name, work), name=f"sync-{name}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Hang up and end; nothing is lost by stopping at any instant."""
        self._stopping.set()
        self.kick()
        for one in (self._small, self._bulk, self._feed):
            one.line.hang_up()
        for thread in self._threads:
            thread.join(timeout=5)

    def kick(self) -> None:
        """Look at once instead of at the next turn."""
        for event in self._kicks.values():
            event.set()

    def status(self) -> LineStatus:
        """The line now."""
        moved = [one.line.moved_bytes for one in (self._small, self._bulk, self._feed)]
        with self._lock:
            return replace(
                self._status,
                sent_bytes=sum(sent for sent, _ in moved),
                received_bytes=sum(received for _, received in moved),
            )

    def run_once(self) -> LineStatus:
        """One whole round: greet, messages, events, packets, feed, blobs.

        Refuses: line.centre.unreachable, line.centre.not_the_centre, line.centre.refused.
        """
        line = self._small
        try:
            welcome = line.greet()
            self._note_up(line, tuple(welcome.orders))
            line.hand_in_small()
            line.send_packets()
            # What packets and receipts were said here goes with the same round.
            line.hand_in_small()
            if welcome.may_read:
                line.pull_feed()
                line.fetch_blobs()
            self._note_up(line, tuple(welcome.orders))
        except DekatError as trouble:
            self._note_trouble(trouble)
            raise
        finally:
            line.line.close()
        return self.status()

    def _small_round(self) -> None:
        welcome = self._small.greet()
        self._note_up(self._small, tuple(welcome.orders))
        self._small.hand_in_small()
        self._note_up(self._small, tuple(welcome.orders))

    def _bulk_round(self) -> None:
        self._bulk.send_packets()

    def _feed_round(self) -> None:
        self._feed.pull_feed(wait_s=FEED_WAIT_S)
        self._feed.fetch_blobs()
        self._note_up(self._feed, None)

    def _run(self, name: str, work: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            pause_s = self._one_turn(work)
            # The feed's own long question is its pause.
            self._wait(name, 1.0 if name == "feed" and pause_s == ROUND_EVERY_S else pause_s)

    def _one_turn(self, work: Callable[[], None]) -> float:
        """Do one round; give how long to wait before the next."""
        try:
            if keyring.is_locked():
                self._set(LineState.LOCKED, "")
                return LOOK_EVERY_S
            work()
        except NodeUnknown:
            return LOOK_EVERY_S
        except DekatError as trouble:
            if not self._stopping.is_set():
                self._note_trouble(trouble)
            if isinstance(trouble, CentreRefused):
                return REFUSED_PAUSE_S
            return random.uniform(*_TROUBLE_PAUSE_S)  # noqa: S311 - spreads stations, guards nothing
        except Exception:
            # The background must outlive a bug in one round; the log has it.
            logger.exception("sync.worker.fault")
            return ROUND_EVERY_S / 6
        finally:
            connections.close_all()
        return ROUND_EVERY_S

    def _wait(self, name: str, pause_s: float) -> None:
        """Sleep until the next turn, a kick, or something new in the outbox."""
        kick, waited = self._kicks[name], 0.0
        while waited < pause_s and not self._stopping.is_set() and not kick.is_set():
            kick.wait(min(LOOK_EVERY_S, pause_s - waited))
            waited += LOOK_EVERY_S
            if pause_s == ROUND_EVERY_S and self._has_work(name):
                break
        kick.clear()

    def _has_work(self, name: str) -> bool:
        try:
            summary = queries.outbox_summary()
        except DekatError:
            return False
        finally:
            connections.close_all()
        return bool(summary.message_count if name == "small" else summary.waiting_count)

    def _note_up(self, rounds: Rounds, orders: tuple[str, ...] | None) -> None:
        self._set(LineState.UP, "")
        with self._lock:
            self._status = replace(
                self._status,
                last_contact_at=self._clock(),
                latency_ms=rounds.line.latency_ms or self._status.latency_ms,
                clock_offset_ms=rounds.line.clock_offset_ms or self._status.clock_offset_ms,
                orders=self._status.orders if orders is None else orders,
            )

    def _note_trouble(self, trouble: DekatError) -> None:
        refusal = str(trouble.facts.get("refusal", ""))
        if isinstance(trouble, CentreRefused) and not refusal.startswith(_OF_THE_MACHINE):
            self._set(LineState.UP, refusal)
            return
        states = {NotTheCentre.code: LineState.PORTAL, "line.centre.unreachable": LineState.DOWN}
        self._set(states.get(trouble.code, LineState.REFUSED), trouble.code)

    def _set(self, state: LineState, code: str) -> None:
        with self._lock:
            changed = state != self._status.state
            since = self._clock() if changed else self._status.since
            self._status = replace(self._status, state=state, since=since, code=code)
        if changed:
            logger.info("sync.line.changed", extra={"state": str(state), "code": code})
