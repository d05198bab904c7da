"""A slow line between two nodes that can be cut anywhere; it does not look at what it carries."""

import contextlib
import socket
import threading
import time


class SlowLine:
    """So many bytes a second towards the centre; `carried` counts them."""

    def __init__(self, to_port: int, bytes_per_s: int) -> None:
        self._to_port, self._rate = to_port, bytes_per_s
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.carried = 0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Both sides lose the connection in the middle of whatever they say."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for one in pair:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def wait_until_carried(self, count: int, patience_s: float = 20.0) -> None:
        deadline = time.monotonic() + patience_s
        while self.carried < count:
            assert time.monotonic() < deadline, f"only {self.carried} of {count} bytes passed"
            time.sleep(0.02)

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to_port))
            except OSError:
                near.close()
                continue
            near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)
            with self._lock:
                self._pairs.append((near, far))
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(8192):
                target.sendall(piece)
                if is_up:
                    self.carried += len(piece)
                    time.sleep(len(piece) / self._rate)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
