"""Real machines for fault tests: each node a process with a folder and database of its own, and a line between them."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

RUN = Path(__file__).parent / "nodes" / "run.py"
ROOT = Path(__file__).resolve().parents[2]


class Machine:
    """A node's folder, and whatever process runs on it now."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.folder = name, folder
        folder.mkdir(parents=True)
        self._environment = {
            **os.environ,
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
            "DJANGO_SETTINGS_MODULE": "tests.fault.nodes.settings",
            "DEKAT_DATA_DIR": str(folder),
            "DEKAT_ROLE": "centre" if name == "centre" else "station",
            "DEKAT_KECAMATAN": name.removeprefix("station-"),
            "DEKAT_DATABASE_KEY": secrets.token_hex(32),
            "DEKAT_DATABASE_URL": "",
        }
        self._process: subprocess.Popen[str] | None = None

    def tell(self, *words: str) -> object:
        """Run one command to its end; give what it printed."""
        done = subprocess.run(
            [sys.executable, str(RUN), *words],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout) if done.stdout.strip() else None

    def start(self, *words: str) -> None:
        """Start a command that runs until it is killed; returns when it says that it is ready."""
        log = (self.folder / "log").open("a")
        self._process = subprocess.Popen(
            [sys.executable, str(RUN), *words], env=self._environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == "ready", (self.folder / "log").read_text()[-3000:]

    def kill(self) -> None:
        """The power goes: SIGKILL, no farewell."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


class Line:
    """A slow line that can be cut; counts what it carried towards the centre."""

    def __init__(self, to_port: int, bytes_per_s: int) -> None:
        self._to_port, self._rate = to_port, bytes_per_s
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.carried = 0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Both sides lose the connection in the middle of whatever they say."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def wait_until_carried(self, count: int, patience_s: float = 20.0) -> None:
        deadline = time.monotonic() + patience_s
        while self.carried < count:
            assert time.monotonic() < deadline, f"only {self.carried} of {count} bytes passed"
            time.sleep(0.02)

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to_port))
            except OSError:
                near.close()
                continue
            near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
            with self._lock:
                self._pairs.append((near, far))
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(8192):
                target.sendall(piece)
                if is_up:
                    self.carried += len(piece)
                    time.sleep(len(piece) / self._rate)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def introduce(centre: Machine, station: Machine) -> None:
    """Make both nodes and let each know the other."""
    public = {machine: json.dumps(machine.tell("init", machine.name)) for machine in (centre, station)}
    centre.tell("enrol", public[station])
    station.tell("enrol", public[centre])
