"""One HTTP question and its answer over bare ASGI: no body is read before somebody asks for it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from dekat.kernel import reading
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.sync.answers import DIGEST_HEADER, content_digest

# The ASGI specification's own loose types; everything beyond this module is exact.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


# A greeting is some 400 bytes: half a second at 8 kbit/s.
STRANGERS_BODY_S = 60.0


class QuestionMalformed(DekatError):
    """A request that does not say what its address needs; `part` names what is wrong."""

    code = "sync.wire.malformed"


class BodyTooLarge(DekatError):
    """A body is larger than this address takes."""

    code = "sync.wire.too_large"


class BodyTooSlow(DekatError):
    """Somebody who has not proved who they are takes too long over the few bytes that would prove it."""

    code = "sync.wire.too_slow"


class ChecksumDiffers(DekatError):
    """The bytes of this request are not the ones it announced; none of them is kept."""

    code = "sync.wire.checksum"


class LineBroke(Exception):
    """The other side went away in the middle of its body; what came before is kept."""


@dataclass
class Question:
    """A request whose body still lies on the line."""

    scope: Scope
    receive: Receive
    headers: Mapping[str, str] = field(init=False)
    query: Mapping[str, str] = field(init=False)
    # Who asks, once the pass is proven; and what came of the body.
    node: str = ""
    came_bytes: int = 0

    def __post_init__(self) -> None:
        self.headers = {name.decode("latin1").lower(): value.decode("latin1") for name, value in self.scope["headers"]}
        pairs = parse_qs(self.scope.get("query_string", b"").decode("latin1"))
        self.query = {name: values[-1] for name, values in pairs.items()}

    @property
    def method(self) -> str:
        return str(self.headers.get("x-http-method-override", self.scope["method"])).upper()

    @property
    def path(self) -> str:
        return str(self.scope["path"])

    @property
    def address(self) -> str:
        """Where the question came from, as the server in front of us says."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def nonce(self) -> str:
        return self.headers.get("dekat-nonce", "")[:64]

    def number(self, name: str, text: str | None) -> int:
        """Read a whole number from a header or the query.

        Refuses: sync.wire.malformed.
        """
        if text is None or not text.isascii() or not text.isdigit() or len(text) > 18:
            raise QuestionMalformed(part=name)
        return int(text)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it arrives; LineBroke when it ends too early."""
        while True:
            message = await self.receive()
            if message["type"] != "http.request":
                if left := self._left():
                    self.came_bytes += len(left)
                    yield left
                raise LineBroke
            if message.get("body"):
                self.came_bytes += len(message["body"])
                yield message["body"]
            if not message.get("more_body"):
                return

    def _left(self) -> bytes:
        """What arrived together with the end of the line: uvicorn keeps it with the connection and does not tell."""
        return bytes(getattr(getattr(self.receive, "__self__", None), "body", b""))

    async def strangers_body(self, limit: int) -> bytes:
        """The whole body of somebody who has not proved yet who they are.

        Refuses: sync.wire.too_large, sync.wire.too_slow.
        """
        try:
            return await asyncio.wait_for(self.body(limit), STRANGERS_BODY_S)
        except TimeoutError as error:
            raise BodyTooSlow from error

    async def body(self, limit: int) -> bytes:
        """The whole body, where it is small; a station's slow line may take its time.

        Refuses: sync.wire.too_large, sync.wire.checksum.
        """
        gathered = bytearray()
        async for piece in self.pieces():
            gathered += piece
            if len(gathered) > limit:
                raise BodyTooLarge(limit=limit)
        announced = self.headers.get(DIGEST_HEADER.lower())
        if announced is not None and announced != content_digest(gathered):
            raise ChecksumDiffers
        return bytes(gathered)


@dataclass(frozen=True)
class Answer:
    """What goes back."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    # True where the body was not read to its end, so that the line cannot be used again.
    closes: bool = False


def as_json(value: Mapping[str, Json], status: int = 200) -> Answer:
    """An answer in canonical JSON."""
    return Answer(status, {"content-type": "application/json"}, canonical_json(value))


def read_json(body: bytes) -> dict[str, Json]:
    """A JSON mapping from a body.

    Refuses: sync.wire.malformed.
    """
    try:
        value = reading.read_json(body)
    except ValueError as error:
        raise QuestionMalformed(part="body") from error
    if not isinstance(value, dict):
        raise QuestionMalformed(part="body")
    return value


async def send_answer(answer: Answer, send: Send, *, extra: Mapping[str, str], is_head: bool) -> None:
    """Put an answer on the line."""
    headers = {**answer.headers, **extra}
    if answer.status != 204:
        headers["content-length"] = str(len(answer.body))
    if answer.closes:
        headers["connection"] = "close"
    raw = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if is_head else answer.body})
