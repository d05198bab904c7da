"""Serve the wire in a thread of the process that serves the pages."""

import contextlib
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import uvicorn

from dekat.faces.clock import now as present
from dekat.faces.wire.app import WireApp
from dekat.faces.wire.strangers import HeadInTime

_START_PATIENCE_S = 10.0
_GHOST_AFTER_S = 60


@dataclass(frozen=True)
class WireServer:
    """A running wire.

    Facts: `port` is the real one, also where 0 was asked for.
    """

    port: int
    _server: uvicorn.Server
    _thread: threading.Thread

    def stop(self) -> None:
        """Take no more, let what runs end (3 s), and return when the threads are gone."""
        self._server.should_exit = True
        self._thread.join()


def serve_in_thread(
    port: int,
    *,
    host: str = "127.0.0.1",
    clock: Callable[[], datetime] = present,
    certificate: Path | None = None,
    key: Path | None = None,
) -> WireServer:
    """Start the wire beside the pages; returns when it takes connections.

    Facts: with a `certificate` and its `key` (PEM) it speaks TLS itself; without, a proxy before it does.
    """
    listening = _listening(host, port)
    config = uvicorn.Config(
        WireApp(clock),
        http=HeadInTime,
        log_config=None,
        log_level="warning",
        access_log=False,
        lifespan="on",
        # A slow station may think between two packets; its connection is worth more than the few bytes it holds.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=3,
        server_header=False,
        ws="none",
        ssl_context_factory=(lambda *_: _tls(certificate, key)) if certificate else None,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="wire", daemon=True)
    thread.start()
    deadline = time.monotonic() + _START_PATIENCE_S
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    if not server.started:
        raise RuntimeError("The wire did not start")
    return WireServer(listening.getsockname()[1], server, thread)


def _listening(host: str, port: int) -> socket.socket:
    """A socket whose connections suit bad lines: what they have (TCP options) each connection inherits."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's waiting off only where a socket says that it is TCP; over TLS an answer would wait a whole
    # round trip behind the session ticket.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # A station that changed its address never says goodbye.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "linux":
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _GHOST_AFTER_S)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _GHOST_AFTER_S // 4)
        with contextlib.suppress(OSError):
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_CONGESTION, b"bbr")
    listening.bind((host, port))
    return listening


def _tls(certificate: Path, key: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    # A station resumes its last session; one ticket is enough, each costs a slow line 250 bytes.
    context.num_tickets = 1
    return context
