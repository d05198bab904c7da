"""Three packets over a slow line that keeps breaking: our line, tuspy on the same wire, whole files by POST.

Each has a line of its own of the same quality and they run at the same time.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import UUID

from bench import people
from bench.result import Result
from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node
from dekat.adapters.sample_line.line import Quality, SampleLine
from dekat.faces.wire.server import WireServer, serve_in_thread
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.sync import ports, sessions

PACKETS, PACKET_BYTES = 3, 300_000
LINE = Quality(bytes_per_s=16_000, up_s=24, down_s=4)
# After this many times the physical limit a contestant is stopped.
PATIENCE = 1.6


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """How many times longer than the line itself needs, without any loss and without any header."""
    people.be_the_centre()
    ports.on_packet("bench/1", _take)
    wire, sink = serve_in_thread(0), _sink()
    limit = _physical_limit()
    runs = {
        name: Contestant(name, folder, number, wire if name != "post" else None, sink, limit * PATIENCE)
        for number, name in enumerate(("ours", "tuspy", "post"), start=1)
    }
    took = {name: run.finish() for name, run in runs.items()}
    wire.stop()
    sink.shutdown()
    peers = {}
    for name, words in (("tuspy", "tuspy"), ("post", "whole-file POST")):
        seconds, arrived = took[name]
        peers[words if arrived == PACKETS else f"{words} (stopped, {arrived} of 3 arrived)"] = seconds / limit
    seconds, arrived = took["ours"]
    assert arrived == PACKETS, f"only {arrived} packets arrived"
    yield Result("3 packets of 300 kB, 128 kbit/s flapping", seconds / limit, "× the line's limit", 1.1, "lower", peers)


class Contestant:
    """A station process that brings its three packets through a line of its own."""

    def __init__(
        self, name: str, folder: Path, number: int, wire: WireServer | None, sink: ThreadingHTTPServer, seconds: float
    ) -> None:
        home, kecamatan = folder / name, f"99.01.{number:02d}"
        home.mkdir()
        environment = {"DEKAT_ROLE": "station", "DEKAT_KECAMATAN": kecamatan, "DEKAT_DATA_DIR": str(home)}
        environment |= {"DEKAT_DATABASE_KEY": secrets.token_hex(32)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.line_station", name], env={**os.environ, **environment}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=(folder / f"{name}.log").open("w"),
        )  # fmt: skip
        public = self._hear()
        enrol(public, kecamatan)
        own = own_identity().node
        target = wire.port if wire else sink.server_address[1]
        self._line = SampleLine(port=_free_port(), target_port=int(target), quality=LINE)
        self._say(
            verify_key=own.verify_key.raw.hex(),
            seal_key=own.seal_key.raw.hex(),
            incarnation=own.incarnation.hex(),
            given=sessions.make_pass(node_name=public["name"], now=datetime.now(UTC)),
            url=f"http://127.0.0.1:{self._line.port}",
            seconds=seconds,
            count=PACKETS,
            size=PACKET_BYTES,
        )
        assert self._hear() == "sealed"
        # The line's first up-time begins with the first byte.
        self._line = SampleLine(port=self._line.port, target_port=int(target), quality=LINE)
        self._line.start()
        self._say(go=True)

    def finish(self) -> tuple[float, int]:
        """Seconds it took and how many packets arrived."""
        try:
            seconds, arrived = self._hear()
            return float(seconds), int(arrived)
        finally:
            self._process.kill()
            self._process.wait()
            self._line.stop()

    def _hear(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def _say(self, **words: object) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()


def _physical_limit() -> float:
    """Seconds for the bytes alone: every second of the up-times used, nothing sent twice."""
    sending = PACKETS * PACKET_BYTES / LINE.bytes_per_s
    return sending + int(sending / LINE.up_s) * LINE.down_s


def enrol(public: dict[str, str], kecamatan: str) -> None:
    """Make a station known to the bench's centre."""
    enrol_node(
        name=public["name"],
        kind=NodeKind.STATION,
        kecamatan=kecamatan,
        verify_key=VerifyKey(bytes.fromhex(public["verify_key"])),
        seal_key=SealKey(bytes.fromhex(public["seal_key"])),
        incarnation=bytes.fromhex(public["incarnation"]),
        actor=machine("centre"),
        now=datetime.now(UTC),
    )


def _take(*, item_id: UUID, node: str, body: object, now: datetime) -> None:
    """The packet's content matters to nobody here."""


def _sink() -> ThreadingHTTPServer:
    """Takes whole bodies, as an upload form does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            wanted = int(self.headers["Content-Length"])
            if len(self.rfile.read(wanted)) == wanted:
                self.send_response(204)
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
