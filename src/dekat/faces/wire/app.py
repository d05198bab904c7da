"""The machine endpoints `/sync/v1/…` as a bare ASGI application beside Django.

Django reads a whole body before anybody can refuse it or keep its first half; here nothing is read before the pass is
proven, and every byte that arrives is kept.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from dekat.accounts.queries import own_identity
from dekat.faces.wire.admission import Admission
from dekat.faces.wire.contacts import CONTACTS
from dekat.faces.wire.desk import Desk
from dekat.faces.wire.exchange import Answer, LineBroke, Question, Receive, Scope, Send, as_json, send_answer
from dekat.faces.wire.small import Small
from dekat.faces.wire.statuses import refusal
from dekat.faces.wire.turns import Turns
from dekat.faces.wire.tus import OPTIONS, ROOT, UnknownMethod, Uploads, as_tus
from dekat.kernel.errors import DekatError
from dekat.kernel.signing import SigningKey
from dekat.readings.moved import Moved
from dekat.sync import services
from dekat.sync.answers import FAULT, RECEIPT_HEADER, SIGNATURE_HEADER, sign_answer
from dekat.sync.inbox import StationRevoked
from dekat.sync.sessions import Session

logger = logging.getLogger(__name__)
BASE = "/sync/v1"


class UnknownAddress(DekatError):
    """There is nothing at this address."""

    code = "sync.wire.unknown_address"


class WireApp:
    """An ASGI 3 application; one per centre process."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._desk = Desk()
        self._uploads = Uploads(self._desk, clock)
        self._small = Small(self._desk, clock)
        self._admission = Admission()
        self._turns = Turns()
        self._key: SigningKey | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        question, begun_s = Question(scope, receive), time.monotonic()
        sent_bytes = 0
        try:
            answer = await self._answered(question)
            extra = await self._signature(question, answer)
            sent_bytes = len(answer.body)
            await send_answer(answer, send, extra=extra, is_head=question.method == "HEAD")
        except LineBroke:
            return
        finally:
            _note_contact(question, sent_bytes=sent_bytes, begun_s=begun_s)

    async def _answered(self, question: Question) -> Answer:
        try:
            return await self._route(question)
        except DekatError as error:
            logger.info("wire.refused", extra={"code": error.code, "method": question.method})
            return as_tus(question, refusal(error))
        except LineBroke:
            raise
        except Exception:
            logger.exception("wire.fault")
            fault = as_json({"code": FAULT}, 500)
            return Answer(fault.status, fault.headers, fault.body, closes=True)

    async def _route(self, question: Question) -> Answer:
        path, method = question.path, question.method
        if path.startswith(ROOT) and method == "OPTIONS":
            return Answer(204, OPTIONS)
        if (method, path) == ("POST", f"{BASE}/hello"):
            return await self._small.hello(question)
        if (method, path) == ("GET", f"{BASE}/time"):
            return await self._small.time()
        if answer := await self._small.identity(method, path.removeprefix(f"{BASE}/"), question):
            return answer
        session = await self._session(question)
        question.node = session.node
        CONTACTS.note(session.node, now_s=time.monotonic())
        with self._turns.taken(session.node):
            return await self._of_station(question, session)

    async def _of_station(self, question: Question, session: Session) -> Answer:
        path, method = question.path, question.method
        if path == ROOT or path.startswith(f"{ROOT}/"):
            return await self._admitted(question, session)
        if (method, path) == ("POST", f"{BASE}/inbox"):
            return await self._small.inbox(question, session)
        if session.is_revoked:
            raise StationRevoked(node=session.node)
        if (method, path) == ("POST", f"{BASE}/events"):
            return await self._small.events(question, session)
        if (method, path) == ("GET", f"{BASE}/feed"):
            return await self._small.feed(question, session)
        if method == "GET" and path.startswith(f"{BASE}/blobs/"):
            return await self._small.blob(question, path.rpartition("/")[2])
        if method not in ("GET", "POST"):
            raise UnknownMethod
        raise UnknownAddress

    async def _admitted(self, question: Question, session: Session) -> Answer:
        """Packets are heavy: so many stations at once, the others are told when."""
        if question.method not in ("POST", "PATCH"):
            return await self._uploads.answer(question, session)
        self._admission.enter(session.node, now_s=time.monotonic())
        try:
            return await self._uploads.answer(question, session)
        finally:
            self._admission.leave(session.node, now_s=time.monotonic())

    async def _session(self, question: Question) -> Session:
        text = question.headers.get("authorization", "").removeprefix("Bearer ")
        return await self._desk.ask(lambda: services.read_pass(text, now=self._clock()))

    async def _signature(self, question: Question, answer: Answer) -> dict[str, str]:
        """Whoever asks with a nonce can tell this answer from a hotspot's log-in page."""
        if not question.nonce:
            return {}
        if self._key is None:
            self._key = (await self._desk.ask(own_identity)).signing_key
        signature = sign_answer(
            self._key,
            nonce=question.nonce,
            status=answer.status,
            offset=answer.headers.get("Upload-Offset", ""),
            receipt=answer.headers.get(RECEIPT_HEADER, ""),
            body=b"" if question.method == "HEAD" else answer.body,
        )
        return {SIGNATURE_HEADER: signature}

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                self._desk.close()
                return


def _note_contact(question: Question, *, sent_bytes: int, begun_s: float) -> None:
    """What this question and its answer carried, for the reading of this end of the line."""
    if not question.node:
        return
    now_s = time.monotonic()
    # What is sent goes into the kernel at once, and a question for news waits on purpose: only what came has a pace.
    came = question.came_bytes
    moved = Moved(came, int((now_s - begun_s) * 1000) if came else 0, sent_bytes, 0)
    CONTACTS.note(question.node, now_s=now_s, moved=moved)
