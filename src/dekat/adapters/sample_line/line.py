"""One line between a station and its centre."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass

CHUNK_BYTES = 4096
POLL_S = 0.2


@dataclass(frozen=True)
class Quality:
    """How good a line is.

    Facts: `bytes_per_s` each way (0 = no limit); the line is up for `up_s`, then down for `down_s` (0 = never down).
    """

    bytes_per_s: int = 0
    up_s: float = 0.0
    down_s: float = 0.0

    def is_up(self, elapsed_s: float) -> bool:
        """Say whether the line is up so many seconds after it began."""
        period = self.up_s + self.down_s
        return period == 0 or self.down_s == 0 or elapsed_s % period < self.up_s


class SampleLine:
    """Listens on `port` and forwards to `target_port`, both on loopback, until `stop`."""

    def __init__(self, *, port: int, target_port: int, quality: Quality) -> None:
        self.port, self.target_port, self.quality = port, target_port, quality
        self.is_pulled = False
        self._began = time.monotonic()
        self._is_stopped = threading.Event()
        self._pairs: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def is_up(self) -> bool:
        """Whether bytes pass now."""
        return not self.is_pulled and self.quality.is_up(time.monotonic() - self._began)

    def start(self) -> None:
        """Begin to listen, in threads of its own."""
        threading.Thread(target=self._watch, name=f"line-{self.port}", daemon=True).start()

    def pull(self, *, is_pulled: bool) -> None:
        """Pull the cable, or put it back."""
        self.is_pulled = is_pulled

    def stop(self) -> None:
        """End the line and everything on it."""
        self._is_stopped.set()
        self._drop()

    def _watch(self) -> None:
        listener: socket.socket | None = None
        while not self._is_stopped.is_set():
            if self.is_up and listener is None:
                listener = socket.create_server(("127.0.0.1", self.port))
                listener.settimeout(POLL_S)
            elif not self.is_up and listener is not None:
                listener.close()
                listener = None
                self._drop()
            if listener is None:
                time.sleep(POLL_S)
                continue
            with contextlib.suppress(TimeoutError, OSError):
                self._forward(listener.accept()[0])
        if listener is not None:
            listener.close()

    def _forward(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self.target_port), timeout=5)
        except OSError:
            near.close()
            return
        near.settimeout(None)
        far.settimeout(None)
        with self._lock:
            self._pairs |= {near, far}
        for source, sink in ((near, far), (far, near)):
            threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(CHUNK_BYTES):
                if self.quality.bytes_per_s:
                    time.sleep(len(piece) / self.quality.bytes_per_s)
                sink.sendall(piece)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            with self._lock:
                self._pairs.discard(end)

    def _drop(self) -> None:
        with self._lock:
            ends, self._pairs = self._pairs, set()
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
