"""A line between a station and its centre that does one wrong thing to the questions a test names.

It reads HTTP far enough to know where a question ends, and asks `plan(question)` what to do with each one. What it can
do: pass, cut the question after n bytes, lose or cut the answer, deliver the question twice, hold it back and deliver
it after the next one, hang with the question half delivered, answer in the centre's place, flip a bit either way.
"""

import contextlib
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

PIECE = 16 * 1024


@dataclass(frozen=True)
class Wrong:
    """What to do with one question; the plain one passes it.

    Facts: `cut_after` and `answer_after` count bytes of the whole question or answer; `flip_at` and `flip_answer_at`
    are the places of a byte whose lowest bit turns; `answer` is sent instead of asking the centre.
    """

    cut_after: int | None = None
    answer_after: int | None = None
    is_twice: bool = False
    is_held_back: bool = False
    hangs: bool = False
    flip_at: int | None = None
    flip_answer_at: int | None = None
    answer: bytes | None = None


PASS = Wrong()


@dataclass
class Question:
    """A question on its way: `number` counts all questions of this line from 0."""

    number: int
    method: str
    path: str
    head: bytes
    body_bytes: int


Plan = Callable[[Question], Wrong]


@dataclass
class FaultLine:
    """Listens on loopback; `seen` lists every question. It hangs up on a centre that says nothing for `patience_s`."""

    to_port: int
    plan: Plan = lambda _: PASS
    patience_s: float = 20.0
    seen: list[Question] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._late: list[bytes] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """End the line and everything on it."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        self._open.add(near)
        with near, contextlib.suppress(OSError, EOFError, ValueError):
            while self._one(near):
                """Until the line breaks."""
        self._open.discard(near)

    def _one(self, near: socket.socket) -> bool:
        """One question; False when the connection is over."""
        head = _until(near, b"\r\n\r\n")
        method, path, *_ = head.split(b" ", 2)
        length = _length(head)
        with self._lock:
            question = Question(len(self.seen), method.decode(), path.decode(), head, length)
            self.seen.append(question)
        wrong = self.plan(question)
        if wrong.answer is not None:
            _exactly(near, length)
            near.sendall(wrong.answer)
            return b"close" not in wrong.answer.lower()
        if wrong.is_held_back:
            self._late.append(head + _exactly(near, length))
            return False
        with socket.create_connection(("127.0.0.1", self.to_port), timeout=self.patience_s) as far:
            self._open.add(far)
            try:
                return self._pass(near, far, head, length, wrong)
            finally:
                self._open.discard(far)

    def _pass(self, near: socket.socket, far: socket.socket, head: bytes, length: int, wrong: Wrong) -> bool:
        whole = head + _exactly(near, length)
        if wrong.flip_at is not None:
            whole = _flipped(whole, wrong.flip_at)
        if wrong.cut_after is not None:
            far.sendall(whole[: wrong.cut_after])
            if wrong.hangs:
                near.recv(1)  # until the station gives up
            return False
        far.sendall(whole)
        answer = _answer(far, is_head=head.startswith(b"HEAD "))
        if wrong.is_twice:
            with socket.create_connection(("127.0.0.1", self.to_port), timeout=self.patience_s) as again:
                again.sendall(whole)
                _answer(again, is_head=head.startswith(b"HEAD "))
        for late in self._take_late():
            with socket.create_connection(("127.0.0.1", self.to_port), timeout=self.patience_s) as again:
                again.sendall(late)
                _answer(again, is_head=False)
        if wrong.flip_answer_at is not None:
            answer = _flipped(answer, wrong.flip_answer_at)
        near.sendall(answer[: wrong.answer_after])
        return wrong.answer_after is None and b"connection: close" not in answer.lower()

    def _take_late(self) -> list[bytes]:
        with self._lock:
            late, self._late = self._late, []
        return late


def _until(source: socket.socket, end: bytes) -> bytes:
    came = bytearray()
    while not came.endswith(end):
        piece = source.recv(1)
        if not piece:
            raise EOFError
        came += piece
    return bytes(came)


def _exactly(source: socket.socket, count: int) -> bytes:
    came = bytearray()
    while len(came) < count:
        piece = source.recv(min(PIECE, count - len(came)))
        if not piece:
            raise EOFError
        came += piece
    return bytes(came)


def _answer(far: socket.socket, *, is_head: bool) -> bytes:
    head = _until(far, b"\r\n\r\n")
    has_body = not is_head and not head.startswith((b"HTTP/1.1 204", b"HTTP/1.1 304"))
    return head + (_exactly(far, _length(head)) if has_body else b"")


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _flipped(data: bytes, place: int) -> bytes:
    changed = bytearray(data)
    changed[min(place, len(data) - 1)] ^= 1
    return bytes(changed)
