"""One POST or GET with one deadline for everything: no server holds a signature longer, however it drips."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, repr=False)
class Answer:
    """What a server said."""

    status: int
    kind: str
    body: bytes


def ask(
    url: str,
    *,
    method: str,
    body: bytes | None,
    headers: Mapping[str, str],
    limit_s: float,
    largest: int,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """Ask once; redirects are not followed.

    Facts: a body longer than `largest` bytes counts as no answer.
    Refuses: nothing of its own; OSError and HTTPException as they come.
    """
    line = _line(url, limit_s, tls)
    is_late = threading.Event()
    watch = threading.Timer(limit_s, _cut, (line, is_late))
    watch.start()
    try:
        line.request(method, _path(url), body, dict(headers))
        answer = line.getresponse()
        content = answer.read(largest + 1)
        if is_late.is_set() or len(content) > largest:
            raise TimeoutError
        return Answer(answer.status, answer.getheader("Content-Type", ""), content)
    finally:
        watch.cancel()
        line.close()


def _line(url: str, limit_s: float, tls: ssl.SSLContext | None) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname or "", parts.port, timeout=limit_s, context=tls)
    return http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=limit_s)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _cut(line: http.client.HTTPConnection, is_late: threading.Event) -> None:
    is_late.set()
    # The answer may hold the socket's last reference; a shutdown ends its reading too.
    if line.sock is not None:
        try:
            line.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
