"""The station's background: four threads with a connection each, so that nothing small waits behind something big."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.db import connections

from dekat.accounts import keyring
from dekat.accounts.queries import NodeUnknown
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.line_watch import LineWatch
from dekat.adapters.centre_line.local_line import ways_out
from dekat.adapters.centre_line.meter import Meter
from dekat.adapters.centre_line.pace import SHORT_OUTAGE_S, Pace, Trouble
from dekat.adapters.centre_line.rounds import Rounds
from dekat.adapters.centre_line.status import Arrivals, LineState, LineStatus, Probe
from dekat.adapters.centre_line.stream import STALL_S
from dekat.adapters.centre_line.trouble import (
    CentreAway,
    CentreRefused,
    CentreUnreachable,
    NotTheCentre,
    is_answer,
)
from dekat.adapters.centre_line.tunnel import ProxyRefused, read_proxy
from dekat.adapters.centre_line.way import Way
from dekat.kernel.errors import DekatError
from dekat.readings.moved import Moved
from dekat.sync import queries

logger = logging.getLogger(__name__)
LOOK_EVERY_S = 2.0
# How long a new message may lie before its lane sees it.
LOOK_FOR_MESSAGES_S = 0.5
ROUND_EVERY_S = 60.0
FEED_WAIT_S = 25
# While packets go and are acknowledged, they speak for the line: a greeting then costs them time, and is rare.
PACKETS_SPEAK_S, GREET_BESIDE_PACKETS_S = 60.0, 300.0


class SyncWorker:
    """Keeps a station and its centre in step; `run_once` does one whole round in the caller's thread."""

    def __init__(
        self,
        *,
        centre_url: str,
        clock: Callable[[], datetime],
        ca_file: Path | None = None,
        patience_s: float = 20.0,
        may_spend: Callable[[], bool] = lambda: True,
        way_file: Path | None = None,
        proxy_url: str = "",
    ) -> None:
        """Prepare the lanes.

        Facts: `may_spend` says whether packets and big files may go now; messages always may. `way_file` keeps what
        was learned of the way to the centre; `proxy_url` is the office's forward proxy, empty for none.
        """
        self._clock = clock
        self._way = Way(way_file, clock=clock)
        proxy = read_proxy(proxy_url)
        self._done = Arrivals()

        def rounds(door: str) -> Rounds:
            line = CentreLine(
                centre_url, clock=clock, patience_s=patience_s, ca_file=ca_file, way=self._way, proxy=proxy,
                door=door,
            )  # fmt: skip
            return Rounds(line, clock=clock, patience_s=patience_s, may_spend=may_spend, on_arrival=self._done.one_more)

        self._small, self._bulk = rounds("messages"), rounds("packets")
        self._feed, self._blobs = rounds("news"), rounds("news")
        self._lanes = {"small": self._small, "bulk": self._bulk, "feed": self._feed, "blobs": self._blobs}
        self._paces = {name: Pace(patience_s=patience_s) for name in self._lanes}
        self._meter = Meter()
        self._stopping = threading.Event()
        self._kicks = {name: threading.Event() for name in self._lanes}
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        # What was measured in a silence goes at once.
        self._watch = LineWatch(clock=clock, on_up=self._kicks["small"].set)

    def start(self) -> None:
        """Begin in the background."""
        rounds = {
            "small": self._small_round, "bulk": self._bulk_round, "feed": self._feed_round, "blobs": self._blobs_round,
        }  # fmt: skip
        for name, work in rounds.items():
            thread = threading.Thread(target=self._run, args=(name, work), name=f"sync-{name}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Hang up and end; nothing is lost by stopping at any instant."""
        self._stopping.set()
        self.kick()
        for one in self._lanes.values():
            one.line.hang_up()
        for thread in self._threads:
            thread.join(timeout=5)

    def kick(self) -> None:
        """Look at once instead of at the next turn."""
        for event in self._kicks.values():
            event.set()

    def status(self) -> LineStatus:
        """The line now."""
        moved = [one.line.moved_bytes for one in self._lanes.values()]
        with self._lock:
            up_bytes_s = self._meter.up_bytes_s
        return replace(
            self._watch.status,
            sent_bytes=sum(sent for sent, _ in moved),
            received_bytes=sum(received for _, received in moved),
            done_count=self._done.count,
            up_bytes_s=up_bytes_s,
            finding=self._way.finding,
        )

    def look(self) -> None:
        """Note what moved since the last look; to be called about once a second."""
        moved = [one.line.moved_bytes for one in self._lanes.values()]
        resent_count = sum(one.line.resent_count for one in self._lanes.values())
        with self._lock:
            self._meter.look(
                sent_bytes=sum(sent for sent, _ in moved),
                received_bytes=sum(received for _, received in moved),
                resent_count=resent_count,
                now_s=time.monotonic(),
            )

    def take_moved(self) -> Moved:
        """What the line carried since it was last asked here."""
        with self._lock:
            return self._meter.take()

    @property
    def moved_since_taken(self) -> Moved:
        with self._lock:
            return self._meter.pending

    def take_probes(self) -> list[Probe]:
        """The tries to reach the centre since it was last asked here."""
        return self._watch.take_probes()

    def note_found(self, *, centre_is_away: bool) -> None:
        """Somebody looked at our own line while the centre did not answer: the silence has an owner."""
        self._watch.found(centre_is_away=centre_is_away)

    def run_once(self) -> LineStatus:
        """One whole round: greet, messages, events, packets, feed, blobs.

        Refuses: line.centre.unreachable, line.centre.not_the_centre, line.centre.refused.
        """
        line = self._small
        try:
            welcome = line.greet()
            self._watch.up(line.line, tuple(welcome.orders))
            line.hand_in_small()
            line.send_packets()
            # What packets and receipts were said here goes with the same round.
            line.hand_in_small()
            if welcome.may_read:
                line.pull_feed()
                line.fetch_blobs()
            self._watch.up(line.line, tuple(welcome.orders))
        except DekatError as trouble:
            self._watch.trouble(trouble)
            raise
        finally:
            line.line.close()
        return self.status()

    def _small_round(self) -> None:
        if self._small.line.has_fresh_pass:
            self._small.hand_in_small()  # what is urgent does not wait for a greeting
        if self._packets_speak() and not self._may_greet_beside_them():
            self._watch.probed(is_up=self._acknowledged_s_ago() < STALL_S)
            return
        welcome = self._small.greet()
        self._watch.up(self._small.line, tuple(welcome.orders))
        self._small.hand_in_small()
        self._watch.up(self._small.line, tuple(welcome.orders))
        self._watch.probed(is_up=True, latency_ms=self._small.line.latency_ms)

    def _packets_speak(self) -> bool:
        """Whether packets are going, and some of their bytes were acknowledged a moment ago."""
        return self._bulk.has_packets_waiting and self._acknowledged_s_ago() < PACKETS_SPEAK_S

    def _may_greet_beside_them(self) -> bool:
        """Rarely, and never into a silence: what becomes urgent before it ends would stand behind the greeting."""
        line = self._small.line
        is_due = line.greeted_s_ago > GREET_BESIDE_PACKETS_S and self._acknowledged_s_ago() < STALL_S
        return is_due or not line.has_fresh_pass

    def _acknowledged_s_ago(self) -> float:
        return time.monotonic() - self._bulk.line.acknowledged_at

    def _bulk_round(self) -> None:
        self._bulk.send_packets()

    def _feed_round(self) -> None:
        if self._feed.pull_feed(wait_s=FEED_WAIT_S):
            self._kicks["blobs"].set()
        self._watch.up(self._feed.line)

    def _blobs_round(self) -> None:
        while not self._stopping.is_set() and self._blobs.fetch_next():
            pass

    def _run(self, name: str, work: Callable[[], None]) -> None:
        while not self._stopping.is_set():
            pause_s = self._one_turn(name, work)
            # The feed's own long question is its pause.
            self._wait(name, 1.0 if name == "feed" and pause_s == ROUND_EVERY_S else pause_s)

    def _one_turn(self, name: str, work: Callable[[], None]) -> float:
        """Do one round; give how long to wait before the next."""
        pace, now_s = self._paces[name], time.monotonic
        # After two minutes one lane knocks for all; the others wait until it is through.
        if name != "small" and self._paces["small"].outage_s(now_s()) > SHORT_OUTAGE_S:
            return LOOK_EVERY_S
        line = self._lanes[name].line
        line.wait_for_connection(pace.knocking(now_s()).patience_s)
        _, heard_before = line.moved_bytes
        try:
            if keyring.is_locked():
                self._watch.locked()
                return LOOK_EVERY_S
            work()
        except NodeUnknown:
            return LOOK_EVERY_S
        except DekatError as trouble:
            if self._stopping.is_set():
                return LOOK_EVERY_S
            self._watch.trouble(trouble)
            if name == "small":
                self._watch.probed(is_up=is_answer(trouble), latency_ms=self._small.line.latency_ms)
            kind, wait_s = self._kind(trouble), trouble.facts.get("retry_after_s")
            if kind is Trouble.LINK and line.moved_bytes[1] > heard_before:
                pace.worked()  # the line was there and broke again: no outage, however long the packets take
            return pace.after(kind, now_s(), retry_after_s=wait_s if isinstance(wait_s, int) else None)
        except Exception:
            # The background must outlive a bug in one round; the log has it.
            logger.exception("sync.worker.fault")
            return pace.after(Trouble.FAULT, now_s())
        finally:
            connections.close_all()
        was_out = pace.outage_s(now_s()) > 0
        pace.worked()
        if name == "bulk":
            self._watch.left_queue()
        if name == "small" and was_out:
            self.kick()
        return ROUND_EVERY_S

    def _kind(self, trouble: DekatError) -> Trouble:
        if isinstance(trouble, CentreRefused):
            return Trouble.REFUSED
        if isinstance(trouble, NotTheCentre | ProxyRefused):
            return Trouble.STRANGER
        if isinstance(trouble, CentreAway) or self._watch.state == LineState.AWAY:
            return Trouble.CENTRE
        return Trouble.LINK if isinstance(trouble, CentreUnreachable) else Trouble.REFUSED

    def _wait(self, name: str, pause_s: float) -> None:
        """Sleep until the next turn, a kick, a cable that was put back, or something new in the outbox."""
        kick, until_s, ways = self._kicks[name], time.monotonic() + pause_s, ways_out()
        look_s = LOOK_FOR_MESSAGES_S if name == "small" else LOOK_EVERY_S
        while (left_s := until_s - time.monotonic()) > 0 and not self._stopping.is_set() and not kick.is_set():
            kick.wait(min(look_s, left_s))
            if pause_s == ROUND_EVERY_S and self._has_work(name):
                break
            if self._watch.state == LineState.DOWN and ways_out() - ways:
                self._paces[name].worked()
                break
        kick.clear()

    def _has_work(self, name: str) -> bool:
        if name == "blobs":
            return False  # the feed says when
        try:
            summary = queries.outbox_summary()
        except DekatError:
            return False
        finally:
            connections.close_all()
        return bool(summary.message_count if name == "small" else summary.waiting_count)
