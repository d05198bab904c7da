"""The centre's process as the bench sees it: where it listens, and what it said has arrived."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

from bench.rig.centre import FIRST_PORT

FAR_IP = "10.77.0.1"
RSYNC_PORT = 8730
ROOT = Path(__file__).resolve().parents[2]


class AnyPlace(Protocol):
    """Where a process is started."""

    def start(self, *command: str, **how: Any) -> "subprocess.Popen[Any]": ...


class Centre:
    """The centre process in its place, and what it said has arrived."""

    def __init__(self, place: AnyPlace, folder: Path, *, host: str = FAR_IP, port: int = FIRST_PORT) -> None:
        self.place, self.folder, self.host, self.port = place, folder, host, port
        folder.mkdir(parents=True)
        self._process = place.start(
            sys.executable, "-m", "bench.rig.centre", str(folder), host, str(port), text=True, cwd=ROOT,
            env=environment(folder, DEKAT_ROLE="centre"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=(folder / "log").open("w"),
        )  # fmt: skip
        self.arrived: dict[str, float] = {}
        self._answers: list[Any] = []
        self._spoke = threading.Condition()
        self._asking = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer()
        self._rsync = self._start_rsync()

    def tell(self, **word: object) -> Any:
        """Give a command; its answer."""
        with self._asking:
            write(self._process, word)
            return self._answer()

    def stop(self) -> None:
        """End it, with whatever rsync began for each connection."""
        if self._rsync:
            os.killpg(self._rsync.pid, signal.SIGKILL)
            self._rsync.wait()
        self._process.kill()
        self._process.wait()

    def _answer(self) -> Any:
        with self._spoke:
            assert self._spoke.wait_for(lambda: self._answers, 120), (self.folder / "log").read_text()[-2000:]
            return self._answers.pop()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            word = json.loads(line)
            with self._spoke:
                if "arrived" in word:
                    self.arrived.setdefault(word["arrived"], word["at"])
                else:
                    self._answers.append(word)
                    self._spoke.notify_all()

    def _start_rsync(self) -> "subprocess.Popen[Any] | None":
        if not shutil.which("rsync"):
            return None
        target = self.folder / "rsync"
        target.mkdir()
        settings = self.folder / "rsyncd.conf"
        settings.write_text(f"uid=root\ngid=root\nuse chroot=no\n[in]\npath={target}\nread only=false\ntimeout=60\n")
        return self.place.start(
            "rsync", "--daemon", "--no-detach", f"--config={settings}", f"--port={RSYNC_PORT}",
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip


def environment(folder: Path, **more: str) -> dict[str, str]:
    """What a node of the bench is told."""
    return {
        **os.environ, "DEKAT_DATA_DIR": str(folder), "DEKAT_DATABASE_URL": "", "DEKAT_JUDGE": "off",
        "DEKAT_DATABASE_KEY": secrets.token_hex(32), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", **more,
    }  # fmt: skip


def write(process: "subprocess.Popen[Any]", word: object) -> None:
    """One line to a process."""
    assert process.stdin
    process.stdin.write(json.dumps(word) + "\n")
    process.stdin.flush()


def read(process: "subprocess.Popen[Any]") -> Any:
    """One line from a process."""
    assert process.stdout
    return json.loads(process.stdout.readline())
