"""The processes of the sample regency: started in order, ended together, nothing left running."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


class Processes:
    """Children of this process, each with a log file of its own."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        logs.mkdir(parents=True, exist_ok=True)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: list[str], environment: dict[str, str]) -> None:
        """Start a Python module as a process."""
        with (self._logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own modules with our own arguments
                [sys.executable, *arguments], env={**os.environ, **environment}, stdout=log, stderr=log
            )

    def finish(self, name: str) -> None:
        """Wait for a process that ends by itself; a failure ends the whole start with its log."""
        code = self._running.pop(name).wait()
        if code:
            self.stop()
            log = (self._logs / f"{name}.log").read_text(errors="replace")
            raise SystemExit(f"{name} ended with {code}:\n{log[-4000:]}")

    def kill(self, name: str) -> None:
        """End one process at once, as a power cut would."""
        if process := self._running.pop(name, None):
            process.kill()
            process.wait()

    def first_dead(self) -> str | None:
        """The name of a process that ended by itself, or None."""
        return next((name for name, process in self._running.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """End every process: ask first, insist after five seconds."""
        for process in self._running.values():
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + 5
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()


def wait_for(url: str, *, seconds: float) -> bool:
    """Wait until a page answers (with whatever status)."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - loopback only
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.2)
        else:
            return True
    return False
