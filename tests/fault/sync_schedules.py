"""Randomised days of a station and its centre: a line that drops, doubles, delays and garbles, kills on either side,
full disks, jumping clocks, upgrades that break off. Each seed replays alone.

`python -m tests.fault.sync_schedules --count 1000 --seed 7` prints totals as JSON; `--count 1 --seed N` replays one.
At the end of each day the trouble is over: every packet and message that was ever sealed must be at the centre once,
with an equal digest and one receipt, and everything published at the station.
"""

import argparse
import contextlib
import json
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid5

from tests.fault.fault_line import PASS, FaultLine, Question, Wrong
from tests.fault.pair import Died, Node, Nursery, Refused, hold_invariants

MARKER = "PENDUDUK-CONTOH"
SEEDS = UUID("8d6d5a0e-93f8-5a0a-9d0b-6f2f5f6f2c11")
PATIENCE_S, ANSWER_S, REST_S = 0.4, 0.7, 7200
JUMPS_S = (-366 * 86_400, -86_400, 86_400, 366 * 86_400)
# Days that found a defect when they were first lived.
FOUND_DEFECTS = (19, 1089)
_ACTS = ("packet", "packet", "message", "publish", "session", "session", "session", "clock", "upgrade", "restart")
_DEATHS = ("die before", "die after")
_DISK = ("ENOSPC", "EIO")
# How often each is called in one act, so that the n-th that is drawn is mostly there.
_CALLS = {"commit": 6, "fsync": 4, "fdatasync": 3, "pwrite": 12, "rename": 2, "link": 1, "send": 20, "recv": 12}
_PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>Masuk</p>"
_BAD_GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Day:
    """One schedule: `live` it, then `judge` it."""

    def __init__(self, nursery: Nursery, seed: int) -> None:
        self._rng = random.Random(f"day {seed}")
        self._seed = seed
        self._home = nursery.folder / f"day-{seed}"
        self.centre, self.station = nursery.pair(self._home)
        self._port = 0
        self._digests: dict[str, str] = {}
        self._published: set[str] = set()
        self._messages: set[str] = set()
        self.tried: Counter[str] = Counter()

    def live(self) -> None:
        """Four to nine acts, most of them in trouble."""
        self._up(self.centre)
        self._up(self.station)
        for number in range(self._rng.randint(4, 9)):
            act = self._rng.choice(_ACTS)
            self.tried[act] += 1
            getattr(self, f"_{act}")(number)

    def judge(self) -> None:
        """Everything is there, once, the same, and signed for."""
        for node in (self.centre, self.station):
            if self.tried["upgrade"]:
                self._try(node, "upgrade", restarts=False)
            # On a busy machine an answer may take longer than a hurried node waits.
            self._up(node, in_a_hurry=False)
        # What rests after a refusal has rested.
        self.station.tell("set_clock", REST_S)
        said = self.station.tell("once", f"http://127.0.0.1:{self._port}", 30)
        assert said == "UP", said
        hold_invariants(self.centre, self.station, marker=MARKER)
        there, effects = self.centre.tell("held"), self.centre.tell("effects")
        for item in self._digests.keys() | self._messages:
            assert item in there, f"I1: never arrived: {item}"
            assert there[item][0] == "APPLIED", f"{item}: {there[item]}"
            assert effects[f"item:{item}"] == 1
        for item, digest in self._digests.items():
            assert self.centre.tell("show", item)["effects"] == [digest], f"another content: {item}"
        here = self.station.tell("receipts")
        assert here == {item: text for item, text in self.centre.tell("receipts").items() if item in here}
        assert len(here) == len(there)
        for name in self._published:
            assert self.station.tell("blob", name) > 0, f"not fetched: {name}"
        assert all(count == 1 for count in self.station.tell("effects").values())

    def end(self) -> None:
        """Leave nothing behind."""
        self.centre.kill()
        self.station.kill()
        shutil.rmtree(self._home, ignore_errors=True)

    def _packet(self, number: int) -> None:
        item = str(uuid5(SEEDS, f"{self._seed} {number}"))
        size = self._rng.choice((1_000, 20_000, 120_000))
        self._digests[item] = str(self._insist(self.station, "seal", item, size, MARKER))

    def _message(self, number: int) -> None:
        item = str(uuid5(SEEDS, f"{self._seed} {number}"))
        self._insist(self.station, "send", item, f"kata {number}")
        self._messages.add(item)

    def _publish(self, number: int) -> None:
        self._published.add(str(self._insist(self.centre, "publish", f"kabar {self._seed} {number}")))

    def _session(self, number: int) -> None:
        trouble = self._rng.choice(("line", "line", "station", "centre", "both"))
        share = self._rng.uniform(0.05, 0.5) if trouble in ("line", "both") else 0.0
        line = FaultLine(self._port, lambda question: self._wrong(number, question, share), ANSWER_S)
        for node, names in ((self.station, ("station", "both")), (self.centre, ("centre", "both"))):
            if trouble in names:
                self._arm(node)
        self._try(self.station, "once", line.url, PATIENCE_S)
        line.close()
        self._recover()

    def _clock(self, number: int) -> None:
        self._try(self._rng.choice((self.centre, self.station)), "set_clock", self._rng.choice(JUMPS_S))

    def _upgrade(self, number: int) -> None:
        node = self._rng.choice((self.centre, self.station))
        self._arm(node)
        self._try(node, "upgrade")
        self._recover()

    def _restart(self, number: int) -> None:
        self._up(self._rng.choice((self.centre, self.station)))

    def _insist(self, node: Node, act: str, *arguments: object) -> object:
        """What an operator does: once more until it worked."""
        if self._rng.random() < 0.4:
            self._arm(node)
        for _ in range(6):
            done, gave = self._try(node, act, *arguments)
            if done:
                self._recover()
                return gave
            self._recover()
        raise AssertionError(f"{act} never worked")

    def _arm(self, node: Node) -> None:
        place = self._rng.choice(tuple(_CALLS))
        nth = self._rng.randint(1, _CALLS[place])
        is_disk = place in ("fsync", "fdatasync", "pwrite") and self._rng.random() < 0.5
        what = self._rng.choice(_DISK if is_disk else _DEATHS)
        self.tried[f"{place}: {what}"] += 1
        self._try(node, "arm", place, nth, what, is_disk and self._rng.random() < 0.5)

    def _try(self, node: Node, act: str, *arguments: object, restarts: bool = True) -> tuple[bool, object]:
        """Do it; True unless the node died, refused, or could not write."""
        try:
            return True, node.tell(act, *arguments)
        except Refused:
            return False, None
        except Died:
            self.tried["deaths"] += 1
            if restarts:
                self._up(node)
            return False, None
        except AssertionError as bug:
            # A disk that fails may show itself as an error of the system; the node goes on, and so does the operator.
            if "OSError: [Errno" not in str(bug):
                raise
            return False, None

    def _recover(self) -> None:
        for node in (self.centre, self.station):
            if not node.is_running or not self._try(node, "disarm")[0]:
                self._up(node)

    def _up(self, node: Node, *, in_a_hurry: bool = True) -> None:
        """Start a node."""
        node.start()
        if in_a_hurry:
            node.tell("hurry")
        if node is self.centre:
            self._port = int(str(node.tell("serve", self._port)))
        else:
            node.tell("start_up")

    def _wrong(self, number: int, question: Question, share: float) -> Wrong:
        rng = random.Random(f"{self._seed} {number} {question.number}")
        if rng.random() >= share:
            return PASS
        size = len(question.head) + question.body_bytes
        return rng.choice(
            (
                Wrong(cut_after=rng.randint(0, size)),
                Wrong(cut_after=rng.randint(0, size)),
                Wrong(answer_after=rng.randint(0, 400)),
                Wrong(answer_after=0),
                Wrong(is_twice=True),
                Wrong(is_held_back=True),
                Wrong(flip_at=rng.randint(0, size)),
                Wrong(flip_answer_at=rng.randint(0, 600)),
                Wrong(answer=_PORTAL),
                Wrong(answer=_BAD_GATEWAY),
            )
        )


def run(count: int, seed: int) -> dict[str, object]:
    """Live and judge so many days; give totals and what broke. SIGTERM ends it with the days that were lived."""
    began, broken, tried, lived = time.monotonic(), list[str](), Counter[str](), 0
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder,
        Nursery(Path(folder)) as nursery,
        contextlib.suppress(KeyboardInterrupt),
    ):
        for one in range(seed, seed + count):
            day = Day(nursery, one)
            try:
                day.live()
                day.judge()
            except (AssertionError, Died, Refused, OSError):
                broken.append(f"seed {one}: {traceback.format_exc(limit=-3)}")
            tried += day.tried
            day.end()
            lived += 1
    seconds = round(time.monotonic() - began)
    return {"count": lived, "broken": broken, "tried": dict(tried), "seconds": seconds}


def stop(number: int, _: object) -> None:
    """Let the days that were lived count."""
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    signal.signal(signal.SIGTERM, stop)
    found = run(given.count, given.seed)
    print(json.dumps(found, indent=1))
    sys.exit(bool(found["broken"]))
