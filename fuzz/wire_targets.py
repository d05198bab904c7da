"""The centre's side of the line as a whole, and the station's reading of what comes back."""

import asyncio
import logging
import os
import socket
import struct
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar
from unittest.mock import patch

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.stream import Stream
from dekat.adapters.centre_line.wire_talk import Question, Reply, Talk
from dekat.faces.wire import small
from dekat.faces.wire.app import WireApp
from dekat.faces.wire.desk import Desk
from dekat.faces.wire.small import Small
from dekat.faces.wire.tus import Uploads
from dekat.sync import files
from dekat.sync.feed import FeedPosition
from fuzz.world import ITEM, World

T = TypeVar("T")


class _OneThread(Desk):
    """Work at once, in this thread: the fuzzer undoes what one input wrote, so it must be the only writer."""

    async def ask(self, work: Callable[[], T]) -> T:
        return work()

    async def file(self, work: Callable[[], T]) -> T:
        return work()


class _Faults(logging.Handler):
    """What the wire stumbled over and hid behind a 500."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[BaseException] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.seen.append(record.exc_info[1])


@cache
def _app(clock: Callable[[], Any]) -> WireApp:
    app, desk = WireApp(clock), _OneThread()
    app._desk, app._uploads, app._small = desk, Uploads(desk, clock), Small(desk, clock)
    return app


def ask_wire(world: World, data: bytes) -> int:
    """A whole request to the centre; give the status of its answer.

    Facts: a first line, header lines, an empty line, then pieces of the body divided by `\\n--\\n`.

    A last piece of `!` breaks the line. Without an `authorization` of its own it carries a good pass.
    """
    head, _, body = data.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    method, _, address = first.partition(b" ")
    path, _, query = address.partition(b"?")
    pairs = [line.partition(b":") for line in lines if b":" in line]
    headers = [(name.strip().lower(), value.strip()) for name, _, value in pairs]
    names = {name for name, _ in headers}
    if b"authorization" not in names:
        headers.append((b"authorization", f"Bearer {world.session_pass}".encode()))
    if b"tus-resumable" not in names:
        headers.append((b"tus-resumable", b"1.0.0"))
    scope = {
        "type": "http",
        "method": method.decode("latin1"),
        "path": path.decode("utf-8", "replace"),
        "query_string": query,
        "headers": headers,
    }
    try:
        # The event loop of this target runs in the thread of the database, which Django has to be told.
        with patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"), patch.object(small, "MAX_WAIT_S", 0):
            return asyncio.run(_answered(world, scope, body.split(b"\n--\n"), connections["default"]))
    finally:
        for part in files.part_path("x").parent.glob("*"):
            part.unlink()


async def _answered(world: World, scope: dict[str, Any], pieces: list[bytes], database: BaseDatabaseWrapper) -> int:
    connections["default"] = database
    coming = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    coming[-1]["more_body"] = False
    if pieces[-1] == b"!":
        coming[-1] = {"type": "http.disconnect"}
    sent: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    faults, log = _Faults(), logging.getLogger("dekat.faces.wire")
    log.addHandler(faults)
    try:
        await _app(world.clock)(scope, receive, send)
    finally:
        log.removeHandler(faults)
    if faults.seen:
        raise faults.seen[0]
    return int(sent[0]["status"]) if sent else 0


def read_reply(_: World, data: bytes) -> None:
    """Bytes that come back on a connection, to an ordinary question and then to a HEAD."""
    here, there = socket.socketpair()
    with here:
        with there:
            there.sendall(data[: 64 * 1024])
        talk = Talk(Stream(here, None, ""))
        talk.hear(Question("GET", "/"))
        talk.hear(Question("HEAD", "/"))


def hear_centre(world: World, data: bytes) -> None:
    """An answer that the centre did sign: the first byte chooses the question, the next two are the status."""
    which, status, body = (data + b"\0")[0], struct.unpack(">H", (data[1:] + b"\0\0")[:2])[0] % 600, data[3:]

    class Signed:
        """A conversation whose one answer was already proven."""

        def ask(self, _: Question) -> Reply:
            return Reply(status, {"upload-offset": "5"}, body)

        def say(self, _: Question, *, heard: Callable[[Reply], None] | None = None) -> None:
            """Nothing comes meanwhile."""

        def hear(self) -> Reply:
            return Reply(status, {"upload-offset": "5"}, body)

    line = CentreLine("http://centre.invalid", clock=world.clock)
    line._talk = Signed()
    line._pass, line._pass_at = "pass", time.monotonic()
    questions: tuple[Callable[[], object], ...] = (
        line.probe,
        lambda: line.messages([b"a"]),
        lambda: line.events(b""),
        lambda: line.feed(at=FeedPosition("", {"*": 0}), wait_s=0),
        lambda: line.blob("0" * 64, bytearray(), most=1024),
        lambda: line.begin(item_id=ITEM, length_bytes=1, digest=b"", meanwhile=lambda _: None),
        line.poured_answer,
        line.greet,
    )
    questions[which % len(questions)]()
