"""Questions to one address and their answers, each proven to be the centre's; the connection comes and goes."""

import logging
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from weakref import WeakSet

from dekat.accounts.queries import centre
from dekat.adapters.centre_line.knock import knock
from dekat.adapters.centre_line.stream import STALL_S, Stream
from dekat.adapters.centre_line.tls import tls_for
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreAway, CentreUnreachable, NotTheCentre
from dekat.adapters.centre_line.tunnel import Proxy, open_tunnel
from dekat.adapters.centre_line.way import Way
from dekat.adapters.centre_line.wire_talk import Question, Reply, Talk
from dekat.kernel.reading import read_json
from dekat.sync.answers import NONCE_HEADER, RECEIPT_HEADER, SIGNATURE_HEADER, as_asked, is_signed, new_nonce

logger = logging.getLogger(__name__)
# A longer body is not sent again from its start: the caller asks for the offset first.
_WORTH_RESUMING = 4096
# A question at least so long whose connection moved less than that is fruitless: small packets pass, big ones vanish.
_BIG_BYTES = 2048
_FRUITLESS_LIMIT = 3
# What the centre answers when it cannot take more just now; with `Retry-After` it says when.
_NOT_NOW = (429, 503, 507)
# What a proxy says, unsigned, when the centre did not answer it in time or it has no time itself.
_PROXY_PAUSES = (408, 425, 429, 499)
# Whoever asks for more waiting is not obeyed: residents' recordings wait too.
_LONGEST_WAIT_S = 900
# What passes everywhere: 576 bytes less two headers.
NARROW_SEGMENT_BYTES = 536
# When a connection to an address broke last; a lane that was quiet since then does not trust its own any more.
_broke_at: dict[tuple[str, int], float] = {}
# Every lane's; what was acknowledged to one of them so short a time ago shows that the line is up.
_conversations: WeakSet["Conversation"] = WeakSet()
_joining = threading.Lock()
_ALIVE_S = 1.0


@dataclass(frozen=True)
class _Asked:
    """A question without an answer, and after how many bytes of its connection it begins; None where nobody tells."""

    question: Question
    nonce: str
    begins_at: int | None


class Conversation:
    """One connection to the centre, made when needed and made anew when it breaks."""

    def __init__(
        self,
        url: str,
        *,
        patience_s: float,
        ca_file: Path | None,
        way: Way,
        proxy: Proxy | None,
        door: str = "",
    ) -> None:
        parts = urlsplit(url)
        self._host, is_tls = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if is_tls else 80)
        self._prefix = parts.path.rstrip("/")
        self._tls = tls_for(ca_file) if is_tls else None
        self.patience_s, self._way, self._proxy, self._door = patience_s, way, proxy, door
        # True after somebody else answered at the address that the name service gave.
        self._distrusts_names = False
        self._talk: Talk | None = None
        self._open: deque[_Asked] = deque()
        self._has_hung_up = False
        self._was, self._was_resent = [0, 0], 0
        self._fruitless = self._lives_for_bytes = 0
        self._rate_bytes_s = 0.0
        self.segment_bytes: int | None = None
        # How much of its last question the last connection carried before it broke.
        self.carried_bytes = 0
        # When the other side last acknowledged something on a connection that is gone; 0 for never.
        self._acknowledged_at = 0.0
        with _joining:
            _conversations.add(self)

    @property
    def moved_bytes(self) -> tuple[int, int]:
        """Bytes sent and received since the beginning, HTTP included."""
        stream = self._talk.stream if self._talk else None
        return (
            self._was[0] + (stream.sent_bytes if stream else 0),
            self._was[1] + (stream.received_bytes if stream else 0),
        )

    @property
    def resent_count(self) -> int:
        """Segments that the kernel sent again since the beginning."""
        talk = self._talk
        return self._was_resent + (talk.stream.resent_count if talk else 0)

    @property
    def acknowledged_at(self) -> float:
        """When, on this machine's steady clock, the other side last acknowledged something; 0 where nobody tells."""
        talk = self._talk
        return max(self._acknowledged_at, talk.stream.acknowledged_at if talk else 0.0)

    def ask(self, question: Question) -> Reply:
        """Ask and give the answer; on a connection that went stale between two questions, once more on a new one.

        Refuses: line.centre.unreachable, line.centre.away, line.centre.not_the_centre, line.proxy.too_large.
        """
        came_before = len(question.into or b"")
        is_used = self._has_live_talk()
        try:
            self.say(question)
            return self.hear()
        except CentreAway:
            raise
        except CentreUnreachable:
            is_begun = len(question.body) > _WORTH_RESUMING or len(question.into or b"") != came_before
            if not is_used or is_begun or self._has_hung_up:
                raise
        self.say(question)
        return self.hear()

    def say(self, question: Question, *, heard: Callable[[Reply], None] | None = None) -> None:
        """Send a question whose answer `hear` gives; `heard` takes the answers to older ones that come meanwhile.

        Refuses: line.centre.unreachable, line.centre.away, line.centre.not_the_centre, line.proxy.too_large.
        """
        self.carried_bytes = 0
        talk = self._connected()
        nonce = new_nonce()
        fields = {"Host": self._host, "Content-Length": str(len(question.body)), NONCE_HEADER: nonce}
        lines = "".join(f"{name}: {value}\r\n" for name, value in (fields | dict(question.headers)).items())
        head = f"{question.method} {self._prefix}{question.path} HTTP/1.1\r\n{lines}\r\n".encode("latin1")
        self._open.append(_Asked(question, nonce, talk.stream.taken_bytes()))
        try:
            talk.say(head, question.body, on_older_answer=(lambda: heard(self.hear())) if heard else None)
        except CentreUnreachable:
            self._broke(talk)
            raise

    def hear(self) -> Reply:
        """The answer to the oldest question that has none yet.

        Refuses: line.centre.unreachable, line.centre.away, line.centre.not_the_centre, line.proxy.too_large.
        """
        talk = self._talk
        if talk is None or not self._open:
            raise CentreUnreachable
        asked = self._open[0]
        try:
            reply = talk.hear(asked.question)
            if not asked.question.proves_itself:
                _check_signed(reply, asked)
        except CentreUnreachable:
            self._broke(talk)
            raise
        except BodyTooLargeForProxy:
            self.close()
            raise
        except NotTheCentre:
            self._was_lied_to()
            raise
        if not talk.is_proven:
            talk.is_proven = True
            at = (self._proxy.host, self._proxy.port) if self._proxy else (self._host, self._port)
            self._way.note_proven(*at, talk.stream.peer)
        self._open.popleft()
        if max(len(asked.question.body), len(reply.body)) > _BIG_BYTES:
            self._fruitless = 0
        if reply.headers.get("connection", "").lower() == "close":
            self.close()
        if reply.status in _NOT_NOW and (wait_s := _retry_after_s(reply)) is not None:
            self.close()
            raise CentreAway(retry_after_s=wait_s, refusal=refusal_code(reply))
        return reply

    def hang_up(self) -> None:
        """End for good, from any thread: the question under way fails and no other begins."""
        self._has_hung_up = True
        if (talk := self._talk) is not None:
            talk.stream.interrupt()

    def close(self) -> None:
        """Drop the connection and the questions on it; the next one makes a new one."""
        self._open.clear()
        if self._talk is not None:
            self._was, self._was_resent = list(self.moved_bytes), self.resent_count
            self._acknowledged_at = self.acknowledged_at
            talk, self._talk = self._talk, None
            talk.stream.close()

    def _connected(self) -> Talk:
        if self._has_live_talk() and self._talk:
            return self._talk
        if self._has_hung_up:
            raise CentreUnreachable
        connected = self._knock()
        try:
            stream = Stream(
                connected, self._tls, self._host,
                lives_for_bytes=self._lives_for_bytes, rate_bytes_s=self._rate_bytes_s,
            )  # fmt: skip
        except NotTheCentre:
            self._was_lied_to()
            raise
        except CentreUnreachable:
            self._was_fruitless()
            raise
        self._talk = Talk(stream)
        return self._talk

    def _knock(self) -> socket.socket:
        """A connection to the centre, or through the office's proxy, which then looks up its name itself."""
        host, port = (self._proxy.host, self._proxy.port) if self._proxy else (self._host, self._port)
        try:
            connected = knock(
                host, port, patience_s=self.patience_s, segment_bytes=self.segment_bytes,
                known=self._way.addresses(host, port), distrusts_names=self._distrusts_names,
                door=self._door, is_alive=self._is_alive,
            )  # fmt: skip
        except CentreUnreachable:
            self._distrusts_names = False
            raise
        if self._proxy:
            open_tunnel(connected, self._proxy, self._host, self._port)
        return connected

    def _is_alive(self) -> bool:
        """Whether something that another lane sent was acknowledged a moment ago."""
        with _joining:
            others = [one for one in _conversations if one is not self]
        here, now_s = (self._host, self._port), time.monotonic()
        return any((one._host, one._port) == here and now_s - one.acknowledged_at < _ALIVE_S for one in others)

    def _has_live_talk(self) -> bool:
        """Whether there is a connection, heard since another lane saw the line break."""
        if self._talk and not self._open and self._talk.stream.heard_at < _broke_at.get((self._host, self._port), 0.0):
            self.close()
        return self._talk is not None

    def _broke(self, talk: Talk) -> None:
        """Take note of what a dead connection leaves behind, and drop it."""
        acked = talk.stream.acked_bytes()
        last = self._open[-1] if self._open else None
        if last and acked is not None and last.begins_at is not None:
            self.carried_bytes = max(0, acked - last.begins_at)
            if self.carried_bytes > _BIG_BYTES:
                self._fruitless = 0
            elif len(last.question.body) > _BIG_BYTES or talk.is_cut_short:
                self._was_fruitless()
        if talk.stream.is_stalled:
            _broke_at[self._host, self._port] = time.monotonic() - STALL_S
        self._lives_for_bytes, self._rate_bytes_s = talk.stream.sent_bytes, talk.stream.rate_bytes_s
        self.close()

    def _was_lied_to(self) -> None:
        """Somebody else is there: next time the addresses that proved to be the centre's, or the name's again."""
        self._distrusts_names = not self._distrusts_names
        self.close()

    def _was_fruitless(self) -> None:
        """After three connections that let nothing big through, keep every packet small: somewhere big ones vanish."""
        self._fruitless += 1
        if self._fruitless >= _FRUITLESS_LIMIT and self.segment_bytes is None:
            self.segment_bytes = NARROW_SEGMENT_BYTES
            logger.warning("line.segments.narrowed", extra={"bytes": NARROW_SEGMENT_BYTES})


def refusal_code(reply: Reply) -> str:
    """The centre's code in a signed refusal; empty when it gave none."""
    try:
        return str(read_json(reply.body)["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _retry_after_s(reply: Reply) -> int | None:
    """How many seconds the answer asks us to wait; None when it does not say so in a number."""
    text = reply.headers.get("retry-after", "").strip()
    return min(int(text), _LONGEST_WAIT_S) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _check_signed(reply: Reply, open_one: _Asked) -> None:
    is_ours = is_signed(
        centre().verify_key,
        reply.headers.get(SIGNATURE_HEADER.lower(), ""),
        nonce=open_one.nonce,
        question=as_asked(open_one.nonce, method=open_one.question.method, target=open_one.question.path),
        status=reply.status,
        offset=reply.headers.get("upload-offset", ""),
        receipt=reply.headers.get(RECEIPT_HEADER.lower(), ""),
        body=reply.body,
    )
    if is_ours:
        return
    if reply.status == 413:
        raise BodyTooLargeForProxy
    if reply.status >= 500 or reply.status in _PROXY_PAUSES:
        raise CentreAway(retry_after_s=_retry_after_s(reply))
    raise NotTheCentre
