"""The small addresses of the line: hello, messages, ledger events, the feed, blobs, the time."""

import asyncio
import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from django.conf import settings

from dekat.accounts.centre_keys import centre_certificates
from dekat.faces.wire.desk import Desk
from dekat.faces.wire.exchange import Answer, Question, QuestionMalformed, as_json
from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_cbor
from dekat.sync import queries, services
from dekat.sync.answers import FAULT
from dekat.sync.hello import Hello
from dekat.sync.inbox import StationRevoked
from dekat.sync.rules import BULKY, EVERYWHERE
from dekat.sync.sessions import Session

logger = logging.getLogger(__name__)
MAX_HELLO_BYTES = 4 * 1024
MAX_IDENTITY_BYTES = 16 * 1024
MAX_INBOX_BYTES = 1024 * 1024
# A sealed message is longer than a kilobyte; more of them in one body are none.
MAX_INBOX_ITEMS = 1024
MAX_WAIT_S = 50
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LOOK_EVERY_S = 0.5


class BlobUnknown(DekatError):
    """The centre has no bytes of this name."""

    code = "sync.blob.unknown"


class Small:
    """Everything but the uploads."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk, self._clock = desk, clock

    async def hello(self, question: Question) -> Answer:
        """Who greets, what it lacks and what it gets; the times bound the difference between the clocks."""
        came_at = self._clock()
        body = await question.strangers_body(MAX_HELLO_BYTES)
        hello = Hello(body, question.headers.get("dekat-signature", ""))
        address, lease_days = question.address, settings.ENV.extract_lease_days
        welcome = await self._desk.ask(
            lambda: services.answer_hello(hello=hello, now=came_at, address=address, lease_days=lease_days)
        )
        return as_json({**welcome, "left_at": iso(self._clock())})

    async def identity(self, method: str, what: str, question: Question) -> Answer | None:
        """What a machine asks about keys before any pass, each question proven by itself; None for another address."""
        now, signature = self._clock(), question.headers.get("dekat-signature", "")
        if (method, what) == ("GET", "keys"):
            found = await self._desk.ask(centre_certificates)
            return as_json({"keys": [[*pair] for pair in found]})
        if method != "POST" or what not in ("enrol", "key", "life"):
            return None
        body, address = await question.strangers_body(MAX_IDENTITY_BYTES), question.address
        takers: dict[str, Callable[[], dict[str, Json]]] = {
            "enrol": lambda: services.answer_in(body=body, now=now, address=address),
            "key": lambda: services.take_key(body=body, signature=signature, now=now),
            "life": lambda: services.take_life(body=body, signature=signature, now=now),
        }
        return as_json(await self._desk.ask(takers[what]))

    async def time(self) -> Answer:
        """This centre's clock."""
        return as_json({"now": iso(self._clock())})

    async def inbox(self, question: Question, session: Session) -> Answer:
        """A batch of sealed messages; each gets its own receipt or refusal, in the order they came."""
        try:
            said = read_cbor(await question.body(MAX_INBOX_BYTES))
            items = said["items"]
            is_shaped = isinstance(items, list) and len(items) <= MAX_INBOX_ITEMS
            is_shaped = is_shaped and all(isinstance(item, bytes) for item in items)
        except (ValueError, TypeError, KeyError) as error:
            raise QuestionMalformed(part="body") from error
        if not is_shaped:
            raise QuestionMalformed(part="body")
        answers: list[Json] = [await self._desk.ask(partial(self._take, item, session)) for item in items]
        return as_json({"answers": answers})

    async def events(self, question: Question, session: Session) -> Answer:
        """The next events of the station's own chain."""
        packed = await question.body(services.MAX_PACKED_BYTES)
        held = await self._desk.ask(lambda: services.take_events(sender=session.node, packed=packed))
        return as_json({"ledger_seq": held})

    async def feed(self, question: Question, session: Session) -> Answer:
        """The next piece of the feed; waits for one when the station has everything."""
        query = question.query
        wait_s = min(question.number("wait", query.get("wait", "0")), MAX_WAIT_S)
        reached = {EVERYWHERE: question.number("all", query.get("all", "0"))}
        if session.kecamatan:
            reached[session.kecamatan] = question.number("after", query.get("after", "0"))
            if "bulk" in query:
                reached[session.kecamatan + BULKY] = question.number("bulk", query["bulk"])
        until = asyncio.get_running_loop().time() + wait_s
        while True:
            batch = await self._desk.ask(lambda: _next_piece(session, query.get("epoch", ""), reached))
            if batch is not None:
                return Answer(200, {"content-type": "application/cbor"}, batch)
            if asyncio.get_running_loop().time() >= until:
                return Answer(204)
            await asyncio.sleep(_LOOK_EVERY_S)

    async def blob(self, question: Question, name: str) -> Answer:
        """Immutable bytes, from the byte where the station broke off."""
        content = await self._desk.ask(lambda: queries.blob(name)) if _SHA256.fullmatch(name) else None
        if content is None:
            raise BlobUnknown
        headers = {"content-type": "application/octet-stream", "accept-ranges": "bytes", "etag": f'"{name}"'}
        start, end = _range(question.headers.get("range", ""), len(content))
        if (start, end) == (0, len(content)):
            return Answer(200, headers, content)
        if start >= len(content):
            return Answer(416, {"content-range": f"bytes */{len(content)}"})
        span = f"bytes {start}-{end - 1}/{len(content)}"
        return Answer(206, {**headers, "content-range": span}, content[start:end])

    def _take(self, sealed: bytes, session: Session) -> dict[str, Json]:
        try:
            return {"receipt": services.take_message(sealed=sealed, now=self._clock(), sent_by=session.node)}
        except DekatError as refused:
            return {"code": refused.code}
        except Exception:
            # One message that this centre stumbles over must not hold back the others of its batch.
            logger.exception("wire.message.fault")
            return {"code": FAULT}


def _next_piece(session: Session, epoch: str, reached: Mapping[str, int]) -> bytes | None:
    piece = services.next_of(epoch=epoch, reached=reached)
    # Asked last: a revocation that came while the piece was read counts.
    if not services.may_read(session):
        raise StationRevoked(node=session.node)
    return piece


def _range(text: str, length: int) -> tuple[int, int]:
    """Where the asked bytes begin and end (exclusive); anything but one plain range gets the whole, as HTTP allows."""
    first, _, last = text.removeprefix("bytes=").partition("-")
    is_range = len(text) <= 40 and text.startswith("bytes=") and first.isascii() and first.isdigit()
    if not is_range or (last and not (last.isascii() and last.isdigit() and int(last) >= int(first))):
        return 0, length
    return int(first), min(int(last) + 1, length) if last else length
