"""Packets by tus 1.0 (core, creation, creation with upload, termination, expiration, checksum), with three additions.

The client may choose the id, so a lost answer makes no second upload; the creation answer carries the offset, so
resuming costs one round trip; the final answer and HEAD carry the signed receipt.
"""

import asyncio
import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha1, sha256
from uuid import UUID

from dekat.faces.wire.desk import Desk
from dekat.faces.wire.exchange import Answer, ChecksumDiffers, Question, QuestionMalformed
from dekat.faces.wire.part import Part
from dekat.kernel.errors import DekatError
from dekat.sync import services
from dekat.sync.answers import RECEIPT_HEADER
from dekat.sync.rules import MAX_PACKET_BYTES
from dekat.sync.sessions import Session
from dekat.sync.uploads import CentreFull, Progress, UploadUnknown

ROOT = "/sync/v1/packets"
TUS = {"Tus-Resumable": "1.0.0"}
_SHA256 = re.compile(r"([0-9a-f]{64})?")
OPTIONS = {
    **TUS,
    "Tus-Version": "1.0.0",
    "Tus-Extension": "creation,creation-with-upload,termination,expiration,checksum",
    "Tus-Checksum-Algorithm": "sha256,sha1",
    "Tus-Max-Size": str(MAX_PACKET_BYTES),
}
BYTES = "application/offset+octet-stream"
# What is left of a question that need not be read is read all the same up to here: cheaper than a new connection.
_WORTH_READING = 64 * 1024


class ProtocolVersion(DekatError):
    """The client speaks another version of tus."""

    code = "sync.wire.protocol_version"


class ContentType(DekatError):
    """The bytes of an upload come as `application/offset+octet-stream`."""

    code = "sync.wire.content_type"


class Replaced(DekatError):
    """A newer request for the same upload took over; this one is the ghost of a dead line."""

    code = "sync.wire.replaced"


class UnknownMethod(DekatError):
    """This address does not do that."""

    code = "sync.wire.unknown_method"


class UploadHeld(DekatError):
    """The packet is whole and held; what was received is not given up."""

    code = "sync.upload.held"


class Uploads:
    """The upload addresses of one centre process."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk, self._clock = desk, clock
        self._busy: dict[tuple[str, str], Part] = {}

    async def answer(self, question: Question, session: Session) -> Answer:
        """Answer a question to an upload address; the session is already proven, the body not yet read."""
        if question.headers.get("tus-resumable") != "1.0.0":
            raise ProtocolVersion
        upload_id = _name(question.path.removeprefix(ROOT).strip("/"))
        match question.method, bool(upload_id):
            case "POST", False:
                return await self._begin(question, session)
            case "HEAD", True:
                return await self._tell(upload_id, session)
            case "PATCH", True:
                return await self._append(question, upload_id, session)
            case "DELETE", True:
                return await self._drop(upload_id, session)
        raise UnknownMethod

    async def _begin(self, question: Question, session: Session) -> Answer:
        named = _metadata(question.headers.get("upload-metadata", ""))
        length = question.number("Upload-Length", question.headers.get("upload-length"))
        upload_id, digest = _name(named.get("id", "")), named.get("sha256", "")
        if not _SHA256.fullmatch(digest):
            raise QuestionMalformed(part="Upload-Metadata")
        if upload_id:
            await self._evict(upload_id, session)
        progress = await self._desk.ask(
            lambda: services.begin_upload(
                upload_id=upload_id,
                node=session.node,
                length_bytes=length,
                sha256=digest,
                now=self._clock(),
            )
        )
        status = 201 if progress.is_new else 200
        place = {"Location": f"{ROOT}/{progress.id}"}
        if question.headers.get("content-type") != BYTES:
            return Answer(status, {**await self._state(progress, session), **place})
        answer = await self._receive(question, progress.id, session, 0, may_overlap=True)
        return replace(
            answer, status=status if answer.status == 204 else answer.status, headers={**answer.headers, **place}
        )

    async def _tell(self, upload_id: str, session: Session) -> Answer:
        await self._evict(upload_id, session)
        progress = await self._desk.ask(lambda: services.upload_progress(upload_id=upload_id, node=session.node))
        headers = {**await self._state(progress, session), "Cache-Control": "no-store"}
        if progress.sha256:
            headers["Upload-Metadata"] = f"id {_b64(progress.id)},sha256 {_b64(progress.sha256)}"
        return Answer(200, headers)

    async def _drop(self, upload_id: str, session: Session) -> Answer:
        await self._evict(upload_id, session)
        progress = await self._desk.ask(lambda: services.upload_progress(upload_id=upload_id, node=session.node))
        if progress.receipt:
            raise UploadHeld
        await self._desk.ask(lambda: services.drop_upload(upload_id=upload_id, node=session.node))
        return Answer(204, TUS)

    async def _append(self, question: Question, upload_id: str, session: Session) -> Answer:
        if question.headers.get("content-type") != BYTES:
            raise ContentType
        offset = question.number("Upload-Offset", question.headers.get("upload-offset"))
        return await self._receive(question, upload_id, session, offset, may_overlap=False)

    async def _receive(
        self, question: Question, upload_id: str, session: Session, offset: int, *, may_overlap: bool
    ) -> Answer:
        """Take the bytes of a body that begins at `offset`; what is here already is skipped where it may overlap.

        A repeated creation carries the same bytes; if it does not, the packet has another digest and is never taken.
        """
        expected = _Checksum(question.headers.get("upload-checksum", ""))
        await self._evict(upload_id, session)
        # From here to the end of the body this request alone may write; set before anything is awaited.
        part = self._busy[session.node, upload_id] = Part(self._desk)
        try:
            progress = await self._desk.ask(lambda: services.upload_progress(upload_id=upload_id, node=session.node))
            fits = offset <= progress.offset_bytes if may_overlap else offset == progress.offset_bytes
            is_next = not progress.receipt and fits
            if is_next:
                await self._write(question, part, progress, expected, skip=progress.offset_bytes - offset)
        except CentreFull as full:
            raise CentreFull(offset=part.reached) from full
        finally:
            await self._leave((session.node, upload_id), part)
        if progress.receipt and may_overlap:
            return Answer(204, await self._state(progress, session), closes=not await _read_to_its_end(question))
        if not is_next:
            return Answer(409, await self._state(progress, session), closes=True)
        if part.was_replaced:
            raise Replaced
        return Answer(204, await self._state(progress, session, part.reached))

    async def _write(
        self, question: Question, part: Part, progress: Progress, expected: "_Checksum", *, skip: int
    ) -> None:
        """Write each piece as it comes but for the first `skip` bytes; with a checksum, all of this body or none."""
        await part.open(services.part_file(progress.id), progress.length_bytes, progress.offset_bytes)
        try:
            async for piece in part.unless_replaced(question.pieces()):
                expected.add(piece)
                if fresh := piece[skip:]:
                    await part.write(fresh)
                skip = max(0, skip - len(piece))
        except BaseException:
            if expected.is_given:
                await part.cut_back(progress.offset_bytes)
            raise
        if expected.differs:
            await part.cut_back(progress.offset_bytes)
            raise ChecksumDiffers

    async def _leave(self, place: tuple[str, str], part: Part) -> None:
        """Have every byte on the disk before the upload is free for the next request, and free it whatever happens."""
        closing = asyncio.ensure_future(part.close())
        try:
            await asyncio.shield(closing)
        finally:
            if closing.done():
                self._free(place, part)
            else:
                # This question was cut short: nobody else writes while its bytes are still being flushed.
                closing.add_done_callback(lambda _: self._free(place, part))

    def _free(self, place: tuple[str, str], part: Part) -> None:
        if self._busy.get(place) is part:
            del self._busy[place]

    async def _evict(self, upload_id: str, session: Session) -> None:
        """Take the upload from an older request, which may be the ghost of a dead line."""
        while (busy := self._busy.get((session.node, upload_id))) is not None:
            await busy.replace()
            await asyncio.sleep(0)

    async def _state(self, progress: Progress, session: Session, reached: int | None = None) -> dict[str, str]:
        """The headers that say how far an upload is; the last byte makes a packet and its receipt."""
        offset, receipt = progress.offset_bytes if reached is None else reached, progress.receipt
        if not receipt and offset == progress.length_bytes:
            receipt = await self._desk.ask(
                lambda: services.finish_upload(upload_id=progress.id, node=session.node, now=self._clock())
            )
        headers = {**TUS, "Upload-Offset": str(offset), "Upload-Length": str(progress.length_bytes)}
        if progress.expires_at:
            headers["Upload-Expires"] = format_datetime(progress.expires_at, usegmt=True)
        if receipt:
            headers[RECEIPT_HEADER] = receipt
        return headers


def _name(text: str) -> str:
    """The one way to write the name of an upload; empty stays empty."""
    try:
        return str(UUID(text)) if text else ""
    except ValueError as error:
        raise UploadUnknown from error


async def _read_to_its_end(question: Question) -> bool:
    """Read what is left of a body that is short; False when it stays unread."""
    if question.number("Content-Length", question.headers.get("content-length", "0")) > _WORTH_READING:
        return False
    async for _ in question.pieces():
        pass
    return True


def _metadata(text: str) -> dict[str, str]:
    found = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = pair.partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise QuestionMalformed(part="Upload-Metadata") from error
    return found


class _Checksum:
    """What `Upload-Checksum` announced of one body, and the body so far. Refuses: sync.wire.malformed."""

    def __init__(self, text: str) -> None:
        algorithm, _, value = text.partition(" ")
        try:
            self._expected = base64.b64decode(value, validate=True)
        except ValueError as error:
            raise QuestionMalformed(part="Upload-Checksum") from error
        self.is_given = bool(text)
        # tus asks every server for sha1; it finds accidents, and the packet's own digest and signature find the rest.
        self._sum = sha1(usedforsecurity=False) if algorithm == "sha1" else sha256()
        if self.is_given and (algorithm not in ("sha1", "sha256") or len(self._expected) != self._sum.digest_size):
            raise QuestionMalformed(part="Upload-Checksum")

    def add(self, piece: bytes) -> None:
        """Take in the next bytes."""
        if self.is_given:
            self._sum.update(piece)

    @property
    def differs(self) -> bool:
        return self.is_given and self._sum.digest() != self._expected


def as_tus(question: Question, answer: Answer) -> Answer:
    """A refusal at an upload address names the version of tus, as the protocol wants of every answer."""
    if not question.path.startswith(ROOT):
        return answer
    told = {**TUS, "Tus-Version": "1.0.0"} if answer.status == 412 else TUS
    return replace(answer, headers={**answer.headers, **told})


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
