"""One connection's questions and answers in HTTP/1.1; a second question may follow before the first is answered."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dekat.adapters.centre_line.stream import Stream
from dekat.adapters.centre_line.trouble import CentreUnreachable, NotTheCentre

ANSWER_S = 30.0
_MAX_HEAD = 32 * 1024
_MAX_BODY = 32 * 1024 * 1024
# Python itself refuses to read a number of some thousand digits, with an error that nobody expects here.
_MOST_DIGITS = 18
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Question:
    """What to ask; `into` keeps what came of the answer's body even when the line breaks.

    Facts: the answer to a question that `proves_itself` is not checked by the line: whoever asks checks it.
    """

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    wait_s: float = 0.0
    into: bytearray | None = None
    proves_itself: bool = False


@dataclass(frozen=True)
class Reply:
    """An answer as it came; believe it only after its signature was checked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Talk:
    """A connection that is up."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        # True once an answer began and its rest did not come.
        self.is_cut_short = False
        self._unanswered = 0
        # True as soon as the centre's signature came over it.
        self.is_proven = False

    def say(self, head: bytes, body: bytes, *, on_older_answer: Callable[[], None] | None = None) -> int:
        """Send a question; give after how many bytes of this connection its body began.

        Facts: returns early when it is answered before its end: a refusal, so the rest is not wanted. While it goes
        out, `on_older_answer` is called when the answer to an older question lies here complete.
        Refuses: line.centre.unreachable.
        """
        self.stream.mark()
        body_from = self.stream.sent_bytes + len(head)
        view = memoryview(head + body)
        self._unanswered += 1
        while view:
            try:
                view = view[self.stream.push(view) :]
            except CentreUnreachable:
                if self._unanswered == 1 and _END in self.stream.came:
                    return body_from
                raise
            while on_older_answer and self._unanswered > 1 and self._has_answer():
                on_older_answer()
            if self._unanswered == 1 and _END in self.stream.came:
                break
        return body_from

    def hear(self, question: Question) -> Reply:
        """Give the answer to the oldest question that has none yet.

        Refuses: line.centre.unreachable, line.centre.not_the_centre.
        """
        came = self.stream.came
        while _END not in came:
            if len(came) > _MAX_HEAD:
                raise NotTheCentre
            self._receive(ANSWER_S + question.wait_s)
        status, headers, taken = _parsed(came)
        del came[:taken]
        body = self._body(_body_length(question.method, status, headers), question.into)
        self._unanswered -= 1
        return Reply(status, headers, body)

    def _has_answer(self) -> bool:
        """Whether the oldest answer lies here complete; only of questions whose answers have a short body."""
        if _END not in self.stream.came:
            return False
        status, headers, taken = _parsed(self.stream.came)
        return len(self.stream.came) >= taken + _body_length("POST", status, headers)

    def _body(self, length: int, into: bytearray | None) -> bytes:
        kept = bytearray() if into is None else into
        came, taken = self.stream.came, 0
        while taken < length:
            if not came:
                self.is_cut_short = True
                self._receive(ANSWER_S)
                self.is_cut_short = False
            piece = came[: length - taken]
            del came[: len(piece)]
            kept += piece
            taken += len(piece)
        return bytes(kept[len(kept) - length :]) if length else b""

    def _receive(self, patience_s: float) -> None:
        """Wait for something to come; as long as the other side acknowledges more, nobody is late."""
        until, acked = time.monotonic() + patience_s, self.stream.acked_bytes()
        while time.monotonic() < until:
            if self.stream.pull():
                return
            if (now := self.stream.acked_bytes()) != acked:
                until, acked = time.monotonic() + patience_s, now
        raise CentreUnreachable


def _parsed(came: bytearray) -> tuple[int, dict[str, str], int]:
    """Status, headers, and where the body begins."""
    raw = bytes(came).partition(_END)[0]
    lines = raw.decode("latin1").split("\r\n")
    try:
        version, status, *_ = lines[0].split(" ")
        fields = (line.partition(":") for line in lines[1:])
        headers = {name.strip().lower(): value.strip() for name, _, value in fields}
        if not version.startswith("HTTP/1."):
            raise NotTheCentre
        return int(status), headers, len(raw) + len(_END)
    except ValueError as error:
        raise NotTheCentre from error


def _body_length(method: str, status: int, headers: Mapping[str, str]) -> int:
    """The centre always says how long its answer is; who does not is somebody else."""
    if method == "HEAD" or status in (204, 304):
        return 0
    text = headers.get("content-length", "")
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS or int(text) > _MAX_BODY:
        raise NotTheCentre
    return int(text)
