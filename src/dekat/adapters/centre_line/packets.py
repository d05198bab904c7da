"""Sending one packet over a line that breaks: resume in one round trip, as long as something moves."""

import time
from datetime import datetime
from hashlib import sha256

from dekat.adapters.centre_line.line import CentreLine, refusal_code
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreAway, CentreRefused, CentreUnreachable
from dekat.adapters.centre_line.wire_talk import Reply
from dekat.sync import queries, services
from dekat.sync.answers import RECEIPT_HEADER
from dekat.sync.outbox import FILE_DAMAGED
from dekat.sync.queries import OutboxItem
from dekat.sync.rules import FINAL_REFUSALS, MAX_PACKET_BYTES

# Between two tries, so that a refusing server or proxy is not hammered; a dead line has its own pace in `knock`.
_BREATH_S = 0.2
MIN_PIECE_BYTES = 16 * 1024


class PacketSender:
    """Sends packets one after the other on one line, and remembers what the way can carry."""

    def __init__(self, line: CentreLine, *, patience_s: float) -> None:
        self._line, self._patience_s = line, patience_s
        self._piece_bytes = MAX_PACKET_BYTES

    def send(self, item: OutboxItem, *, now: datetime) -> bool:
        """Bring one packet to the centre; False when the centre refused it for good and it stands aside.

        Again: resumes where the centre's bytes end, or takes the receipt at once.
        Refuses: line.centre.unreachable (after `patience_s` without a byte of progress), line.centre.not_the_centre,
        line.centre.refused.
        """
        sealed = queries.sealed_bytes(item.id)
        if sealed is None:
            return False
        if sha256(sealed).digest() != item.digest:
            services.note_refused(item_id=item.id, code=FILE_DAMAGED, now=now)
            return False
        best, moved_at = -1, time.monotonic()
        while True:
            try:
                if (offset := self._step(item, sealed, now)) is None:
                    return True
            except CentreUnreachable as trouble:
                if isinstance(trouble, CentreAway) and trouble.facts.get("retry_after_s") is not None:
                    raise
                if time.monotonic() - moved_at > self._patience_s:
                    raise
                time.sleep(_BREATH_S)
                continue
            except CentreRefused as refusal:
                if refusal.facts["refusal"] not in FINAL_REFUSALS:
                    raise
                services.note_refused(item_id=item.id, code=str(refusal.facts["refusal"]), now=now)
                return False
            if offset > best:
                best, moved_at = offset, time.monotonic()

    def _step(self, item: OutboxItem, sealed: bytes, now: datetime) -> int | None:
        """Ask for the offset and send from there; None when the receipt is here."""
        reply = self._line.begin(item_id=item.id, length_bytes=len(sealed), digest=item.digest)
        offset = self._offset(item, reply, now)
        while offset is not None and offset < len(sealed):
            services.note_sent(item_id=item.id, sent_bytes=offset)
            piece = sealed[offset : offset + self._piece_bytes]
            try:
                reply = self._line.append(item_id=item.id, offset=offset, piece=piece)
            except BodyTooLargeForProxy:
                if self._piece_bytes <= MIN_PIECE_BYTES:
                    raise CentreUnreachable from None
                self._piece_bytes = max(MIN_PIECE_BYTES, min(self._piece_bytes, len(piece)) // 2)
                return offset
            offset = self._offset(item, reply, now)
        return offset

    def _offset(self, item: OutboxItem, reply: Reply, now: datetime) -> int | None:
        if receipt := reply.headers.get(RECEIPT_HEADER.lower()):
            services.take_receipt(text=receipt, now=now)
            return None
        told = reply.headers.get("upload-offset", "")
        if reply.status in (200, 201, 204, 409) and told.isascii() and told.isdigit():
            return int(told)
        if reply.status in (423, 429, 460):
            raise CentreUnreachable
        raise CentreRefused(refusal=refusal_code(reply), status=reply.status)
