"""What a station can say to its centre, each answer checked to be the centre's own."""

import base64
import json
import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import cbor2

from dekat.accounts.identity import follow_centre_keys
from dekat.accounts.queries import centre
from dekat.adapters.centre_line.knock import knock
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreRefused, CentreUnreachable, NotTheCentre
from dekat.adapters.centre_line.wire_talk import Reply, Talk
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso
from dekat.sync import services
from dekat.sync.answers import NONCE_HEADER, RECEIPT_HEADER, SIGNATURE_HEADER, is_signed
from dekat.sync.hello import Welcome

BASE = "/sync/v1"
PASS_FRESH_S = 12 * 60
# A dead clock battery must not cut a station off: validity in time is not asked of the pinned certificate.
_NO_CHECK_TIME = 0x200000
# A longer body is not sent again from its start: the caller asks for the offset first.
_WORTH_RESUMING = 4096


class CentreLine:
    """One connection to the centre, made when needed and made anew when it breaks."""

    def __init__(
        self, url: str, *, clock: Callable[[], datetime], patience_s: float = 20.0, ca_file: Path | None = None
    ) -> None:
        parts = urlsplit(url)
        self._host, self._is_tls = parts.hostname or "", parts.scheme == "https"
        self._port = parts.port or (443 if self._is_tls else 80)
        self._prefix = parts.path.rstrip("/")
        self._tls = _tls(ca_file) if self._is_tls else None
        self._clock, self._patience_s = clock, patience_s
        self._talk: Talk | None = None
        self._has_hung_up = False
        self._pass, self._pass_at = "", 0.0
        self._was = [0, 0]
        self.latency_ms: int | None = None
        self.clock_offset_ms: int | None = None

    @property
    def moved_bytes(self) -> tuple[int, int]:
        """Bytes sent and received since the beginning, HTTP included."""
        talk = self._talk
        return (
            self._was[0] + (talk.sent_bytes if talk else 0),
            self._was[1] + (talk.received_bytes if talk else 0),
        )

    @property
    def has_fresh_pass(self) -> bool:
        return bool(self._pass) and time.monotonic() - self._pass_at < PASS_FRESH_S

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
        return self._accepted(self._ask("POST", f"{BASE}/{what}", {SIGNATURE_HEADER: signature}, body)).body

    def knock_in(self, body: bytes) -> Reply:
        """A new station's first question; its answer proves itself by the one-time code, so the line checks nothing."""
        return self._ask("POST", f"{BASE}/enrol", {}, body, must_be_signed=False)

    def _follow_keys(self) -> bool:
        """Ask for the certificates of the centre's keys; only a chain from the key known here is believed."""
        reply = self._ask("GET", f"{BASE}/keys", must_be_signed=False)
        try:
            found = [(str(statement), str(signature)) for statement, signature in json.loads(reply.body)["keys"]]
        except (ValueError, KeyError, TypeError) as error:
            raise NotTheCentre from error
        return follow_centre_keys(certificates=found, now=self._clock())

    def _greeted(self) -> Welcome:
        hello = services.make_hello(now=self._clock())
        left = self._clock()
        reply = self._ask("POST", f"{BASE}/hello", {SIGNATURE_HEADER: hello.signature}, hello.body)
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
        said = json.loads(self._accepted(self._ask("GET", f"{BASE}/time")).body)
        self.latency_ms = int((time.monotonic() - begun) * 1000)
        return from_iso(str(said["now"]))

    def begin(self, *, item_id: UUID, length_bytes: int, digest: bytes) -> Reply:
        """Announce a packet; the answer has its offset, or its receipt."""
        metadata = f"id {_b64(str(item_id))},sha256 {_b64(digest.hex())}"
        headers = {"Upload-Length": str(length_bytes), "Upload-Metadata": metadata}
        return self._with_pass("POST", f"{BASE}/packets", headers)

    def append(self, *, item_id: UUID, offset: int, piece: bytes) -> Reply:
        """Send bytes of a packet from its offset."""
        headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        return self._with_pass("PATCH", f"{BASE}/packets/{item_id}", headers, piece)

    def messages(self, sealed: list[bytes]) -> list[dict[str, Json]]:
        """Hand in a batch of small messages; the answers in the same order."""
        reply = self._accepted(self._with_pass("POST", f"{BASE}/inbox", {}, cbor2.dumps({"items": sealed})))
        answers = json.loads(reply.body)["answers"]
        if not isinstance(answers, list) or len(answers) != len(sealed):
            raise NotTheCentre
        return answers

    def events(self, packed: bytes) -> int:
        """Hand in the next events of this station's chain; the number the centre then holds."""
        return int(json.loads(self._accepted(self._with_pass("POST", f"{BASE}/events", {}, packed)).body)["ledger_seq"])

    def feed(self, *, epoch: str, after: int, everywhere: int, wait_s: int) -> bytes | None:
        """The next piece of the feed, or None when there is nothing new."""
        path = f"{BASE}/feed?epoch={epoch}&after={after}&all={everywhere}&wait={wait_s}"
        reply = self._accepted(self._with_pass("GET", path, {}, wait_s=wait_s))
        return reply.body if reply.status == 200 else None

    def blob(self, name: str, got: bytearray) -> None:
        """Fetch immutable bytes into `got`, from where it ends; what came stays there when the line breaks."""
        headers = {"Range": f"bytes={len(got)}-"} if got else {}
        before = len(got)
        reply = self._with_pass("GET", f"{BASE}/blobs/{name}", headers, into=got)
        if reply.status not in (200, 206):
            del got[0 if reply.status == 416 else before :]
            raise CentreRefused(refusal=refusal_code(reply), status=reply.status)
        if reply.status == 200 and before:
            del got[:before]
        if sha256(got).hexdigest() != name:
            got.clear()
            raise NotTheCentre

    def hang_up(self) -> None:
        """End for good, from any thread: the question under way fails and no other begins."""
        self._has_hung_up = True
        if (talk := self._talk) is not None:
            talk.interrupt()

    def close(self) -> None:
        """Drop the connection; the next question makes a new one."""
        if self._talk is not None:
            self._was = list(self.moved_bytes)
            talk, self._talk = self._talk, None
            talk.close()

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
        named = {**headers, "Authorization": f"Bearer {self._pass}", "Tus-Resumable": "1.0.0"}
        reply = self._ask(method, path, named, body, wait_s=wait_s, into=into)
        if reply.status == 401:
            self._pass = ""
            raise CentreUnreachable
        return reply

    def _ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        *,
        wait_s: float = 0.0,
        into: bytearray | None = None,
        must_be_signed: bool = True,
    ) -> Reply:
        nonce = secrets.token_hex(12)
        fields = {
            "Host": self._host,
            "Content-Length": str(len(body)),
            NONCE_HEADER: nonce,
            **(headers or {}),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        head = f"{method} {self._prefix}{path} HTTP/1.1\r\n{lines}\r\n".encode("latin1")
        try:
            reply = self._asked(head, body, is_head=method == "HEAD", wait_s=wait_s, into=into)
            if must_be_signed:
                self._check_signed(reply, nonce)
        except (CentreUnreachable, NotTheCentre, BodyTooLargeForProxy):
            self.close()
            raise
        if reply.headers.get("connection", "").lower() == "close":
            self.close()
        return reply

    def _asked(self, head: bytes, body: bytes, *, is_head: bool, wait_s: float, into: bytearray | None) -> Reply:
        """Ask; on a connection that went stale between two questions, once more on a new one (all may be repeated)."""
        if self._talk is not None:
            came_before = len(into or b"")
            try:
                return self._talk.ask(head, body, is_head=is_head, wait_s=wait_s, into=into)
            except CentreUnreachable:
                self.close()
                if len(body) > _WORTH_RESUMING or len(into or b"") != came_before:
                    raise
        if self._has_hung_up:
            raise CentreUnreachable
        self._talk = Talk(knock(self._host, self._port, patience_s=self._patience_s), self._tls, self._host)
        return self._talk.ask(head, body, is_head=is_head, wait_s=wait_s, into=into)

    def _check_signed(self, reply: Reply, nonce: str) -> None:
        is_ours = is_signed(
            centre().verify_key,
            reply.headers.get(SIGNATURE_HEADER.lower(), ""),
            nonce=nonce,
            status=reply.status,
            offset=reply.headers.get("upload-offset", ""),
            receipt=reply.headers.get(RECEIPT_HEADER.lower(), ""),
            body=reply.body,
        )
        if is_ours:
            return
        if reply.status == 413:
            raise BodyTooLargeForProxy
        if reply.status >= 500:
            raise CentreUnreachable
        raise NotTheCentre

    def _accepted(self, reply: Reply) -> Reply:
        if reply.status in (200, 201, 204, 206):
            return reply
        raise CentreRefused(refusal=refusal_code(reply), status=reply.status)


def refusal_code(reply: Reply) -> str:
    """The centre's code in a signed refusal; empty when it gave none."""
    try:
        return str(json.loads(reply.body)["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    if ca_file is not None:
        context.verify_flags |= ssl.VerifyFlags(_NO_CHECK_TIME)
    return context
