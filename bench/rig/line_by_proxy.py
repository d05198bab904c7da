"""The line's bench where no network namespaces are allowed: a TCP proxy on loopback that breaks as B does.

It cannot lose packets, give new addresses, stay silent or count bytes, so nothing but the time on B can be told.
"""

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.result import Result
from bench.rig.contest import Contestant
from bench.rig.far_end import Centre
from bench.rig.scenarios import SCENARIOS
from bench.rig.way import Counts
from dekat.adapters.sample_line.line import Quality, SampleLine

PATIENCE = 1.6
_B = next(scenario for scenario in SCENARIOS if scenario.name == "B")


class Here:
    """This machine itself as a place."""

    def start(self, *command: str, **how: Any) -> "subprocess.Popen[Any]":
        """Start a process."""
        return subprocess.Popen(command, **how)


class ByProxy(Contestant):
    """A contestant behind a proxy of its own."""

    proxy_port = 0

    def _url(self, scheme: str, port: int) -> str:
        return f"{scheme}://127.0.0.1:{self.proxy_port}"

    @contextlib.contextmanager
    def _line(self, near_ip: str) -> Iterator["ProxyLink"]:
        asked = self.scenario.quality
        quality = Quality(int(asked.send_kbit_s * 1000 / 8), asked.works_s, asked.breaks_s)
        proxy = SampleLine(port=self.proxy_port, target_port=self._centre.port, quality=quality)
        proxy.start()
        try:
            yield ProxyLink()
        finally:
            proxy.stop()


class ProxyLink:
    """What a proxy knows of itself: when it began."""

    def __init__(self) -> None:
        self.began, self.late_s = time.monotonic(), 0.0
        self.sent, self.received = Counts(), Counts()


def measure(folder: Path) -> Iterator[Result]:
    """Our plain line alone."""
    centre = Centre(Here(), folder / "line" / "centre", host="127.0.0.1", port=_free_ports())
    try:
        run = ByProxy(_B, "plain", 1, centre, Here(), is_full=False)
        run.proxy_port = _free_ports()
        run.prepare()
        record = run.race(PATIENCE)
    finally:
        centre.stop()
    yield Result("line B by proxy, plain", record.ratio, "× the line's limit", _B.plain_goal, "lower")


def _free_ports() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
