"""Out through an office's forward proxy: one CONNECT, then the same TLS as without it. The proxy sees no content."""

import base64
import socket
import time
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from dekat.adapters.centre_line.trouble import CentreAway, CentreUnreachable
from dekat.kernel.errors import DekatError

_ANSWER_S = 20.0
_MAX_HEAD = 16 * 1024


class ProxyRefused(DekatError):
    """The office's proxy does not let this machine through to the centre."""

    code = "line.proxy.refused"


@dataclass(frozen=True)
class Proxy:
    """Where the proxy is, and the value of `Proxy-Authorization`, empty where it wants none."""

    host: str
    port: int
    authorization: str = ""


def read_proxy(url: str) -> Proxy | None:
    """The proxy that `http://[user:password@]host:port` names; None for an empty text."""
    if not url:
        return None
    parts = urlsplit(url)
    login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    authorization = f"Basic {base64.b64encode(login.encode()).decode()}" if parts.username else ""
    return Proxy(parts.hostname or "", parts.port or 3128, authorization)


def open_tunnel(connected: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    """Have the proxy connect this socket with the centre.

    Refuses: line.proxy.refused, line.centre.away, line.centre.unreachable.
    """
    connected.settimeout(_ANSWER_S)
    target = f"{host}:{port}"
    login = f"Proxy-Authorization: {proxy.authorization}\r\n" if proxy.authorization else ""
    try:
        connected.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{login}\r\n".encode("latin1"))
        status = _status(connected)
    except OSError as error:
        connected.close()
        raise CentreUnreachable from error
    if status == "200":
        return
    connected.close()
    if status.startswith("5"):
        raise CentreAway(retry_after_s=None)
    raise ProxyRefused(status=status)


def _status(connected: socket.socket) -> str:
    """The number in the proxy's answer; what follows its head belongs to the centre and stays on the line."""
    head, until_s = bytearray(), time.monotonic() + _ANSWER_S
    while not head.endswith(b"\r\n\r\n") and len(head) < _MAX_HEAD:
        piece = connected.recv(1)
        # One byte now and then is no answer.
        if not piece or time.monotonic() > until_s:
            raise ConnectionResetError
        head += piece
    return head.decode("latin1").partition(" ")[2][:3]
