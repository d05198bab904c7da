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
    parts = urlsplit(url)
    is_closed = parts.scheme == "https"
    open_line = [socket.create_connection((parts.hostname or "", parts.port or (443 if is_closed else 80)), limit_s)]
    is_late = threading.Event()
    watch = threading.Timer(limit_s, _cut, (open_line, is_late))
    watch.start()
    try:
        if is_closed:
            _close_up(open_line, parts.hostname or "", tls or ssl.create_default_context())
        status, kind, content = _exchange(open_line[0], method, url, body, headers, largest)
        if is_late.is_set() or len(content) > largest:
            raise TimeoutError
        return Answer(status, kind, content)
    finally:
        watch.cancel()
        open_line[0].close()


def _close_up(open_line: list[socket.socket], host: str, tls: ssl.SSLContext) -> None:
    # The wrapped socket takes the place of the bare one before the first byte, so that the watch can cut it too.
    closed = tls.wrap_socket(open_line[0], server_hostname=host, do_handshake_on_connect=False)
    open_line[0] = closed
    closed.do_handshake()


def _exchange(
    line: socket.socket, method: str, url: str, body: bytes | None, headers: Mapping[str, str], largest: int
) -> tuple[int, str, bytes]:
    parts = urlsplit(url)
    talk = http.client.HTTPConnection(parts.hostname or "", parts.port)
    talk.sock = line
    talk.request(method, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, dict(headers))
    answer = talk.getresponse()
    return answer.status, answer.getheader("Content-Type", ""), answer.read(largest + 1)


def _cut(open_line: list[socket.socket], is_late: threading.Event) -> None:
    is_late.set()
    try:
        # Not the method of a TLS socket, which would forget its state under the thread that reads.
        socket.socket.shutdown(open_line[0], socket.SHUT_RDWR)
    except OSError:
        return
