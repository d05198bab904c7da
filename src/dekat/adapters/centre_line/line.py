"""What a station can say to its centre, each answer checked to be the centre's own."""

import base64
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import cbor2

from dekat.accounts.centre_keys import follow_centre_keys
from dekat.adapters.centre_line.conversation import Conversation, refusal_code
from dekat.adapters.centre_line.trouble import CentreRefused, CentreUnreachable, NotTheCentre
from dekat.adapters.centre_line.tunnel import Proxy
from dekat.adapters.centre_line.way import Way
from dekat.adapters.centre_line.wire_talk import Question, Reply
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso
from dekat.kernel.reading import Unreadable, a_count, a_text, read_json
from dekat.sync import services
from dekat.sync.answers import DIGEST_HEADER, SIGNATURE_HEADER, content_digest
from dekat.sync.feed import FeedPosition
from dekat.sync.hello import Welcome
from dekat.sync.rules import BULKY, EVERYWHERE

BASE = "/sync/v1"
PASS_FRESH_S = 12 * 60
_BYTES = {"Content-Type": "application/offset+octet-stream"}
_LONGEST_NUMBER = 18
# The bytes that arrived are not the ones that were sent: the same question again.
_CAME_ALTERED = 460


class CentreLine:
    """One line to the centre, and the pass that opens it.

    Each question refuses: line.centre.unreachable, line.centre.away, line.centre.not_the_centre,
    line.centre.intercepted, line.centre.refused, line.proxy.refused, line.proxy.too_large.
    """

    def __init__(
        self,
        url: str,
        *,
        clock: Callable[[], datetime],
        patience_s: float = 20.0,
        ca_file: Path | None = None,
        way: Way | None = None,
        proxy: Proxy | None = None,
        door: str = "",
    ) -> None:
        self._clock, self.way = clock, way or Way(clock=clock)
        self._talk = Conversation(url, patience_s=patience_s, ca_file=ca_file, way=self.way, proxy=proxy, door=door)
        self._pass, self._pass_at = "", 0.0
        self.latency_ms: int | None = None
        self.clock_offset_ms: int | None = None

    @property
    def moved_bytes(self) -> tuple[int, int]:
        """Bytes sent and received since the beginning, HTTP included."""
        return self._talk.moved_bytes

    @property
    def resent_count(self) -> int:
        """Segments that the kernel sent again since the beginning."""
        return self._talk.resent_count

    @property
    def acknowledged_at(self) -> float:
        """When, on this machine's steady clock, the other side last acknowledged something; 0 where nobody tells."""
        return self._talk.acknowledged_at

    def wait_for_connection(self, patience_s: float) -> None:
        """From now on, give up trying to connect after so long."""
        self._talk.patience_s = patience_s

    @property
    def segment_bytes(self) -> int | None:
        """How much one packet may carry where big ones vanish on the way; None where all pass."""
        return self._talk.segment_bytes

    @property
    def has_fresh_pass(self) -> bool:
        return self.greeted_s_ago < PASS_FRESH_S

    @property
    def greeted_s_ago(self) -> float:
        """How long ago the centre last said welcome; for ever where it did not."""
        return time.monotonic() - self._pass_at if self._pass else float("inf")

    def greet(self) -> Welcome:
        """Say hello; learn what the centre holds, lacks and has, and how far the clocks are apart."""
        try:
            return self._greeted()
        except NotTheCentre:
            # It may be the centre with a newer key, which its former one certified.
            if not self._follow_keys():
                raise
            return self._greeted()

    def tell(self, what: str, body: bytes, signature: str) -> bytes:
        """Put a signed question of this station's own identity (`key`, `life`); the centre's answer."""
        question = Question("POST", f"{BASE}/{what}", {SIGNATURE_HEADER: signature}, body)
        return self._accepted(self._talk.ask(question)).body

    def knock_in(self, body: bytes) -> Reply:
        """A new station's first question; its answer proves itself by the one-time code, so the line checks nothing."""
        return self._talk.ask(Question("POST", f"{BASE}/enrol", {}, body, proves_itself=True))

    def _follow_keys(self) -> bool:
        """Ask for the certificates of the centre's keys; only a chain from the key known here is believed."""
        reply = self._talk.ask(Question("GET", f"{BASE}/keys", {}, proves_itself=True))
        try:
            found = [(a_text(statement), a_text(signature)) for statement, signature in read_json(reply.body)["keys"]]
        except (ValueError, KeyError, TypeError) as error:
            raise NotTheCentre from error
        return follow_centre_keys(certificates=found, now=self._clock())

    def _greeted(self) -> Welcome:
        hello = services.make_hello(now=self._clock())
        left = self._clock()
        reply = self._talk.ask(Question("POST", f"{BASE}/hello", {SIGNATURE_HEADER: hello.signature}, hello.body))
        came = self._clock()
        welcome = services.read_welcome(self._accepted(reply).body)
        self._pass, self._pass_at = welcome.session_pass, time.monotonic()
        offset = ((welcome.came_at - left) + (welcome.left_at - came)) / 2
        error = ((came - left) - (welcome.left_at - welcome.came_at)) / 2
        self.latency_ms = max(0, error * 2 // timedelta(milliseconds=1))
        self.clock_offset_ms = offset // timedelta(milliseconds=1)
        return welcome

    def probe(self) -> datetime:
        """The centre's time; also the cheapest proof that the line is up."""
        begun = time.monotonic()
        told = _said(self._accepted(self._talk.ask(Question("GET", f"{BASE}/time"))), "now")
        self.latency_ms = int((time.monotonic() - begun) * 1000)
        try:
            return from_iso(str(told))
        except ValueError as error:
            raise NotTheCentre from error

    def begin(
        self, *, item_id: UUID, length_bytes: int, digest: bytes, meanwhile: Callable[[Reply], None], piece: bytes = b""
    ) -> None:
        """Announce a packet, with its first bytes in the same breath; `poured_answer` gives the answer later.

        Facts: the answer has the offset, or the receipt; `meanwhile` takes the answers to older questions that come
        while these bytes go out.
        """
        if not self.has_fresh_pass:
            self.greet()
        headers = _announced(item_id, length_bytes, digest) | (_BYTES if piece else {})
        self._pour(Question("POST", f"{BASE}/packets", self._named(headers), piece), meanwhile)

    def ask_offset(self, *, item_id: UUID, meanwhile: Callable[[Reply], None]) -> None:
        """Ask how far a packet is that the centre already told of; else as `begin`, and shorter."""
        if not self.has_fresh_pass:
            self.greet()
        self._pour(Question("HEAD", f"{BASE}/packets/{item_id}", self._named({})), meanwhile)

    def append(self, *, item_id: UUID, offset: int, piece: bytes, meanwhile: Callable[[Reply], None]) -> None:
        """Send bytes of a packet from its offset; else as `begin`."""
        headers = {"Upload-Offset": str(offset), **_BYTES}
        self._pour(Question("PATCH", f"{BASE}/packets/{item_id}", self._named(headers), piece), meanwhile)

    def poured_answer(self) -> Reply:
        """The answer to the oldest packet that was sent and has none yet."""
        return self._known(self._talk.hear())

    @property
    def carried_bytes(self) -> int:
        """How much of the last question was acknowledged on the way before the line broke; 0 where nobody tells."""
        return self._talk.carried_bytes

    def forget(self, *, item_id: UUID) -> None:
        """Give up what the centre holds of an unfinished upload."""
        self._with_pass("DELETE", f"{BASE}/packets/{item_id}", {})

    def messages(self, sealed: list[bytes]) -> list[dict[str, Json]]:
        """Hand in a batch of small messages; the answers in the same order."""
        body = cbor2.dumps({"items": sealed})
        reply = self._accepted(self._with_pass("POST", f"{BASE}/inbox", _digest_of(body), body))
        answers = _said(reply, "answers")
        if not isinstance(answers, list) or len(answers) != len(sealed):
            raise NotTheCentre
        if not all(isinstance(answer, dict) for answer in answers):
            raise NotTheCentre
        return answers

    def events(self, packed: bytes) -> int:
        """Hand in the next events of this station's chain; the number the centre then holds."""
        reply = self._accepted(self._with_pass("POST", f"{BASE}/events", _digest_of(packed), packed))
        try:
            return a_count(_said(reply, "ledger_seq"))
        except Unreadable as error:
            raise NotTheCentre from error

    def feed(self, *, at: FeedPosition, wait_s: int) -> bytes | None:
        """The next piece of the feed, or None when there is nothing new."""
        own = next((scope for scope in at.seqs if scope != EVERYWHERE and not scope.endswith(BULKY)), "")
        reached = f"all={at.seqs[EVERYWHERE]}&after={at.seqs.get(own, 0)}&bulk={at.seqs.get(own + BULKY, 0)}"
        path = f"{BASE}/feed?epoch={at.epoch}&{reached}&wait={wait_s}"
        reply = self._accepted(self._with_pass("GET", path, {}, wait_s=wait_s))
        return reply.body if reply.status == 200 else None

    def blob(self, name: str, got: bytearray, *, most: int) -> bool:
        """Fetch at most so many more of immutable bytes into `got`, from where it ends; True when that is all.

        Facts: what came stays in `got` when the line breaks. An earlier centre sends all that is left.
        """
        headers = {"Range": f"bytes={len(got)}-{len(got) + most - 1}"}
        before = len(got)
        reply = self._with_pass("GET", f"{BASE}/blobs/{name}", headers, into=got)
        if reply.status not in (200, 206):
            del got[0 if reply.status == 416 else before :]
            raise CentreRefused(refusal=refusal_code(reply), status=reply.status)
        if reply.status == 200 and before:
            del got[:before]
        if reply.status == 206 and len(got) < _whole_length(reply):
            return False
        if sha256(got).hexdigest() != name:
            got.clear()
            raise NotTheCentre
        return True

    def hang_up(self) -> None:
        """End for good, from any thread: the question under way fails and no other begins."""
        self._talk.hang_up()

    def close(self) -> None:
        """Drop the connection; the next question makes a new one."""
        self._talk.close()

    def _with_pass(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes = b"",
        *,
        wait_s: float = 0.0,
        into: bytearray | None = None,
    ) -> Reply:
        if not self.has_fresh_pass:
            self.greet()
        return self._let_in(self._talk.ask(Question(method, path, self._named(headers), body, wait_s, into)))

    def _pour(self, question: Question, meanwhile: Callable[[Reply], None]) -> None:
        self._talk.say(question, heard=lambda reply: meanwhile(self._known(reply)))

    def _named(self, headers: Mapping[str, str]) -> dict[str, str]:
        return {**headers, "Authorization": f"Bearer {self._pass}", "Tus-Resumable": "1.0.0"}

    def _known(self, reply: Reply) -> Reply:
        if reply.status == 401:
            self._pass = ""
            raise CentreUnreachable
        return reply

    def _let_in(self, reply: Reply) -> Reply:
        if self._known(reply).status == _CAME_ALTERED:
            raise CentreUnreachable
        return reply

    def _accepted(self, reply: Reply) -> Reply:
        if reply.status in (200, 201, 204, 206):
            return reply
        raise CentreRefused(refusal=refusal_code(reply), status=reply.status)


def _said(reply: Reply, name: str) -> object:
    """What a good answer of the centre must say.

    Refuses: line.centre.not_the_centre.
    """
    try:
        return read_json(reply.body)[name]
    except (ValueError, KeyError, TypeError) as error:
        raise NotTheCentre from error


def _whole_length(reply: Reply) -> int:
    """How long the whole is of which this is a part; nothing when it is not said."""
    _, _, total = reply.headers.get("content-range", "").rpartition("/")
    return int(total) if total.isascii() and total.isdigit() and len(total) <= _LONGEST_NUMBER else 0


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _digest_of(body: bytes) -> dict[str, str]:
    """Lets the centre tell a bit that turned over on the way from an item that nobody can take."""
    return {DIGEST_HEADER: content_digest(body)}


def _announced(item_id: UUID, length_bytes: int, digest: bytes) -> dict[str, str]:
    metadata = f"id {_b64(str(item_id))},sha256 {_b64(digest.hex())}"
    return {"Upload-Length": str(length_bytes), "Upload-Metadata": metadata}
