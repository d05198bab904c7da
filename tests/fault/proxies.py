"""Things that stand between a station and its centre: TLS in the middle, a forward proxy, one that gathers bodies."""

import contextlib
import socket
import ssl
import threading
from dataclasses import dataclass

from tests.fault.fault_line import FaultLine


@dataclass
class TlsLine(FaultLine):
    """A line that ends TLS, as the centre's own entrance does, or somebody in its place."""

    tls: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        return super().url.replace("http://", "https://")

    def _serve(self, near: socket.socket) -> None:
        try:
            wrapped = self.tls.wrap_socket(near, server_side=True)
        except OSError:
            near.close()
            return
        super()._serve(wrapped)


@dataclass
class GatheringLine(FaultLine):
    """A proxy that forwards whole bodies only, on a line that breaks after `breaks_after` bytes of one."""

    breaks_after: int = 200_000

    def _pass(self, near, far, head, length, wrong):
        if length <= self.breaks_after:
            return super()._pass(near, far, head, length, wrong)
        taken = 0
        while taken < self.breaks_after:
            taken += len(near.recv(16 * 1024))
        return False


class Answering:
    """A machine that says the same to whoever connects, whatever they ask; `met` counts them."""

    def __init__(self, answer: bytes, *, address: str = "127.0.0.1", port: int = 0) -> None:
        self._answer, self.met = answer, 0
        self._listening = socket.create_server((address, port))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Be gone."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                self.met += 1
                with near, contextlib.suppress(OSError):
                    near.recv(65536)
                    near.sendall(self._answer)


class ForwardProxy:
    """An office's proxy: nothing gets out but by CONNECT, with a login where it wants one."""

    def __init__(self, login: str = "") -> None:
        self._login, self.asked = login, []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Be gone."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=self._serve, args=(self._listening.accept()[0],), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += near.recv(1)
            self.asked.append(head.split(b"\r\n")[0].decode())
            if self._login and f"Basic {self._login}".encode() not in head:
                near.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            host, _, port = head.split(b" ")[1].decode().rpartition(":")
            with socket.create_connection((host, int(port))) as far:
                near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_copy, args=(far, near), daemon=True)
                back.start()
                _copy(near, far)
                back.join(5)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
