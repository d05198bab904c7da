"""A centre and its stations as processes that start in a few milliseconds, are told what to do, and die at will.

with Nursery(tmp_path) as nursery:
    centre, station = nursery.pair()
    port = centre.start().tell("serve")
    station.start().tell("seal", packet_id, 90_000)
    station.tell("arm", "fsync", 2, "die after")
    ...
    settle(centre, station, url)   # the trouble is over: one more start and session, then the five invariants
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CENTRE, STATION = "centre", "station-99.01.01"
PATIENCE_S = 60.0


class Died(Exception):
    """The node was killed, or killed itself, while it was told to do something."""


class Refused(Exception):
    """The node refused with a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Nursery:
    """Makes nodes from two folders that were set up once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "DJANGO_SETTINGS_MODULE": "tests.fault.nodes.settings",
            "DEKAT_ROLE": "centre",
            "DEKAT_DATABASE_URL": "",
            "DEKAT_DATA_DIR": str(folder),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.nodes.nursery"], env=environment, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / "nursery.log").open("w"),
        )  # fmt: skip
        assert self._heard() == "ready", (folder / "nursery.log").read_text()[-3000:]
        self._nodes: list[Node] = []
        self._prepare()

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_: object) -> None:
        for node in self._nodes:
            node.kill()
        self._process.kill()
        self._process.wait()

    def pair(self, folder: Path | None = None) -> "tuple[Node, Node]":
        """A centre and a station that know each other and have done nothing yet; neither runs."""
        home = folder or self.folder / secrets.token_hex(4)
        return self.copy(self.folder / CENTRE, home / CENTRE), self.copy(self.folder / STATION, home / STATION)

    def copy(self, source: Path, target: Path) -> "Node":
        """A node from the copy of another one's folder: a disk image, a backup, a clone."""
        shutil.copytree(source, target)
        return self.node(source.name if source.name in (CENTRE, STATION) else STATION, target)

    def node(self, name: str, folder: Path) -> "Node":
        """A node with this folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self._nodes.append(Node(self, name, folder))
        return self._nodes[-1]

    def fork(self, wanted: dict[str, str]) -> int:
        """Start a process for a node; give its number."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        return int(self._heard())

    def _prepare(self) -> None:
        nodes = [self.node(name, self.folder / name) for name in (CENTRE, STATION)]
        public = [node.start().tell("init", node.name) for node in nodes]
        for node, other in zip(nodes, reversed(public), strict=True):
            node.tell("enrol", other)
            node.kill()

    def _heard(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


class Node:
    """A folder, and the process that runs on it now, if any."""

    def __init__(self, nursery: Nursery, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self._nursery = nursery
        self._pid = 0
        self._told: socket.socket | None = None

    @property
    def is_running(self) -> bool:
        return self._told is not None

    def start(self) -> "Node":
        """Let it run; a node that runs is killed first."""
        self.kill()
        path = str(self.folder.parent / f"{secrets.token_hex(4)}.s")
        waiting = socket.socket(socket.AF_UNIX)
        waiting.bind(path)
        waiting.listen(1)
        waiting.settimeout(PATIENCE_S)
        self._pid = self._nursery.fork({"name": self.name, "folder": str(self.folder), "socket": path})
        self._told = waiting.accept()[0]
        self._told.settimeout(PATIENCE_S)
        waiting.close()
        Path(path).unlink()
        return self

    def tell(self, act: str, *arguments: object) -> object:
        """Have it do something; give what came of it.

        Raises Died, Refused.
        """
        self.begin(act, *arguments)
        return self.end()

    def begin(self, act: str, *arguments: object) -> None:
        """Tell it without waiting for the answer."""
        if self._told is None:
            raise Died
        try:
            self._told.sendall(json.dumps({"act": act, "with": arguments}).encode() + b"\n")
        except OSError as error:
            self.kill()
            raise Died from error

    def end(self) -> object:
        """What came of what it was told last."""
        answer = self._line()
        if "bug" in answer:
            raise AssertionError(answer["bug"])
        if "raised" in answer:
            raise Refused(answer["raised"])
        return answer["gave"]

    def kill(self) -> None:
        """The power goes: SIGKILL, no farewell."""
        if self._told is None:
            return
        with self._told as told:
            self._told = None
            try:
                os.kill(self._pid, signal.SIGKILL)
                while told.recv(4096):
                    """Until it is gone."""
            except OSError:
                pass

    def _line(self) -> dict[str, str]:
        assert self._told
        came = b""
        while not came.endswith(b"\n"):
            try:
                piece = self._told.recv(65536)
            except ConnectionError:
                piece = b""
            if not piece:
                self.kill()
                raise Died
            came += piece
        return dict(json.loads(came))


def settle(centre: Node, station: Node, *, marker: str = "") -> None:
    """The trouble is over: start both anew, have one undisturbed session, and hold the invariants.

    Facts: `marker` is plain text inside the packets that no disk may show.
    """
    port = centre.start().tell("serve")
    station.start().tell("start_up")
    assert station.tell("once", f"http://127.0.0.1:{port}", 30) == "UP"
    hold_invariants(centre, station, marker=marker)


def hold_invariants(centre: Node, station: Node, *, marker: str = "") -> None:
    """I1-I4 of a pair that had its last session; what the operator reads (I5) each test asserts in its own words."""
    here, there = station.tell("held"), centre.tell("held")
    lost = [item for item, (state, _, _, has_bytes) in here.items() if state not in ("PURGED",) and not has_bytes]
    assert not lost, f"I1: sealed and gone: {lost}"
    effects = centre.tell("effects")
    twice = {item: count for item, count in effects.items() if count != 1}
    assert not twice, f"I2: effects: {twice}"
    done = {item for item, (state, *_) in there.items() if state == "APPLIED"}
    assert {f"item:{item}" for item in done} <= set(effects), "I2: held as done without an effect"
    delivered = {item: digest for item, (state, digest, *_) in here.items() if state in ("RECEIVED", "DURABLE")}
    assert {item: there[item][1] for item in delivered if item in there} == delivered, "I3: the two lists differ"
    waiting = [item for item, (state, *_) in here.items() if state in ("SEALED", "OFFERED", "SENDING")]
    assert not waiting, f"I3: still waiting after a whole session: {waiting}"
    if marker:
        shown = [path for node in (centre, station) for path in node.folder.rglob("*") if _holds(path, marker)]
        assert not shown, f"I4: unsealed on the disk: {shown}"


def _holds(path: Path, marker: str) -> bool:
    return path.is_file() and marker.encode() in path.read_bytes()
