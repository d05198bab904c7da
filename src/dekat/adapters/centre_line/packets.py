"""Sending packets over a line that breaks: one follows the other without a pause, and after a break the next bytes go
out with the first question."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dekat.adapters.centre_line.conversation import refusal_code
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreAway, CentreRefused, CentreUnreachable
from dekat.adapters.centre_line.way import KEEPS_BODIES, TOO_LARGE
from dekat.adapters.centre_line.wire_talk import Reply
from dekat.sync import queries, services
from dekat.sync.answers import RECEIPT_HEADER
from dekat.sync.outbox import FILE_DAMAGED
from dekat.sync.queries import OutboxItem
from dekat.sync.rules import FINAL_REFUSALS, MAX_PACKET_BYTES, NO_ITEMS_FAULT, OutState

_DIFFERS = "sync.upload.differs"
# Between two tries, so that a refusing server or proxy is not hammered; a dead line has its own pace in `knock`.
_BREATH_S = 0.2
MIN_PIECE_BYTES = 16 * 1024
# A proxy that gathers whole bodies acknowledges bytes that the centre never sees when the line breaks: twice in a row
# at least so many, and pieces become small enough to pass whole, about four seconds of what the line carries.
_KEPT_BACK_BYTES, _KEPT_BACK_TIMES = 16 * 1024, 2
_PIECE_S, _LARGEST_PIECE_BYTES = 4.0, 256 * 1024
# While the last bytes of one packet are on their way, the first ones of the next already follow.
_IN_FLIGHT = 2


@dataclass(eq=False)
class _Parcel:
    """A packet on its way.

    Facts: the centre has `reached` bytes of it; None where nobody knows. It told us `told` bytes itself; somebody on
    the way acknowledged `claimed` before the last break, at `rate_bytes_s`; `begun_s` is when those began to go.
    """

    item: OutboxItem
    sealed: bytes
    reached: int | None
    told: int = 0
    claimed: int = 0
    begun_s: float = 0.0
    rate_bytes_s: float = 0.0
    # True when the centre waits for other bytes under this name: its announcement was bent on the way.
    is_bent: bool = False


class PacketSender:
    """Sends packets one after the other on one line, and remembers what the way can carry."""

    def __init__(
        self,
        line: CentreLine,
        *,
        clock: Callable[[], datetime],
        patience_s: float,
        may_spend: Callable[[], bool] = lambda: True,
        on_arrival: Callable[[int], None] = lambda left_count: None,
    ) -> None:
        """Prepare to send.

        Facts: `may_spend` is asked before each packet; `on_arrival` is told how many are left after each receipt.
        """
        self._line, self._clock, self._patience_s = line, clock, patience_s
        self._may_spend, self._on_arrival = may_spend, on_arrival
        self._coming: deque[OutboxItem] = deque()
        self._piece_bytes = line.way.piece_bytes or MAX_PACKET_BYTES
        self._kept_back_count = self._fruitless_count = 0
        # True once the centre said that it has what was acknowledged: then it need not be asked after each break.
        self._is_acked_kept = False
        # False where the other side does not take bytes with the announcement: an older centre, a proxy with a limit.
        self._pours = not line.way.piece_bytes
        self._waiting: deque[_Parcel] = deque()
        self._flying: deque[_Parcel] = deque()
        self._went = 0
        self._refusal: CentreRefused | None = None
        self._moved_at = 0.0

    def send_all(self, items: Sequence[OutboxItem]) -> int:
        """Bring packets to the centre, in this order; give how many it holds now.

        Facts: what the centre refused for good stands aside, and the next one goes on.
        Again: resumes where the centre's bytes end, or takes the receipt at once.
        Refuses: line.centre.unreachable (after `patience_s` without a byte of progress), line.centre.not_the_centre,
        line.centre.refused (after the others went).
        """
        self._waiting, self._flying, self._went, self._refusal = deque(), deque(), 0, None
        self._coming = deque(items)
        self._progress()
        while self._coming or self._waiting or self._flying:
            if self._coming and not self._waiting:
                if not self._may_spend():
                    self._coming.clear()
                    continue
                self._fetch(self._coming.popleft())
                continue
            try:
                self._next()
            except CentreUnreachable as trouble:
                self._pick_up()
                if isinstance(trouble, CentreAway):
                    raise  # the line is fine; the worker knows how long to leave the centre in peace
                if time.monotonic() - self._moved_at > self._patience_s:
                    raise
                time.sleep(_BREATH_S)
            except BodyTooLargeForProxy:
                self._pick_up()
                self._pours = False
                self._piece_bytes = min(self._piece_bytes, len(self._waiting[0].sealed))
                self._halve(TOO_LARGE)
        if self._refusal:
            raise self._refusal
        return self._went

    def _fetch(self, item: OutboxItem) -> None:
        sealed = queries.sealed_bytes(item.id)
        if sealed is None:
            return
        if sha256(sealed).digest() != item.digest:
            services.note_refused(item_id=item.id, code=FILE_DAMAGED, now=self._clock())
            return
        # What was never offered, the centre has nothing of.
        self._waiting.append(_Parcel(item, sealed, 0 if item.state == OutState.SEALED else None))

    def _next(self) -> None:
        """One step: begin the next packet, or hear of one that is on its way."""
        if self._waiting and len(self._flying) < _IN_FLIGHT and (self._may_follow() or not self._flying):
            parcel = self._waiting.popleft()
            if parcel.reached is None or not self._pours:
                # Should this break, the parcel is where it was.
                self._waiting.appendleft(parcel)
                self._ask_and_append(parcel)
                return
            self._flying.append(parcel)
            parcel.begun_s = time.monotonic()
            services.note_sent(item_id=parcel.item.id, sent_bytes=parcel.reached)
            self._line.pour(
                item_id=parcel.item.id, digest=parcel.item.digest, offset=parcel.reached, sealed=parcel.sealed,
                poured=self._hear,
            )  # fmt: skip
        else:
            self._hear(self._line.poured_answer())

    def _may_follow(self) -> bool:
        """Whether the next packet may follow the ones on their way on the same line, unasked."""
        return self._pours and self._line.has_fresh_pass and self._waiting[0].reached is not None

    def _hear(self, reply: Reply) -> None:
        """Take the answer to the oldest packet on its way."""
        parcel = self._flying.popleft()
        if reply.headers.get("connection", "").lower() == "close":
            # What followed on that line was not read.
            self._waiting.extendleft(reversed(self._flying))
            self._flying.clear()
        offset = self._judge(parcel, reply)
        if offset is None:
            return
        if offset == parcel.reached and reply.status in (200, 201):
            self._pours = False
        self._compare(parcel, offset)
        parcel.reached = offset
        self._waiting.appendleft(parcel)

    def _pick_up(self) -> None:
        """After a break: what arrived of the packets on their way need not go again."""
        for parcel, more in zip(self._flying, self._line.proven_bytes, strict=False):
            if parcel.reached is not None:
                parcel.claimed = parcel.reached + (more or 0)
                parcel.reached = parcel.claimed if more is not None and (self._is_acked_kept or not more) else None
                if more:
                    parcel.rate_bytes_s = more / max(0.1, time.monotonic() - parcel.begun_s)
                    self._progress()
        self._waiting.extendleft(reversed(self._flying))
        self._flying.clear()

    def _ask_and_append(self, parcel: _Parcel) -> None:
        """The slow way: ask for the offset, then send from there, in pieces that pass."""
        if parcel.is_bent:
            self._line.forget(item_id=parcel.item.id)
        reply = self._line.begin(item_id=parcel.item.id, length_bytes=len(parcel.sealed), digest=parcel.item.digest)
        while (offset := self._judge(parcel, reply)) is not None and offset < len(parcel.sealed):
            if parcel.reached is None or offset > parcel.reached:
                self._progress()
            self._compare(parcel, offset)
            parcel.reached = offset
            if self._pours:
                return
            services.note_sent(item_id=parcel.item.id, sent_bytes=offset)
            piece = parcel.sealed[offset : offset + self._piece_bytes]
            try:
                reply = self._line.append(item_id=parcel.item.id, offset=offset, piece=piece)
            except BodyTooLargeForProxy:
                self._piece_bytes = min(self._piece_bytes, len(piece))
                self._halve(TOO_LARGE)
                return
            except CentreUnreachable:
                self._piece_broke()
                raise
            self._fruitless_count = 0
        self._waiting.remove(parcel)

    def _judge(self, parcel: _Parcel, reply: Reply) -> int | None:
        """The offset the centre told; None when this packet is done: held, or refused for good."""
        if receipt := reply.headers.get(RECEIPT_HEADER.lower()):
            services.take_receipt(text=receipt, now=self._clock())
            self._went += 1
            self._on_arrival(len(self._coming) + len(self._waiting) + len(self._flying))
            self._progress()
            return None
        told = reply.headers.get("upload-offset", "")
        if reply.status in (200, 201, 204, 409) and told.isascii() and told.isdigit():
            return int(told)
        if reply.status in (423, 429, 460):
            parcel.reached = None
            if parcel not in self._waiting:
                self._waiting.appendleft(parcel)
            raise CentreUnreachable
        code = refusal_code(reply)
        if code == _DIFFERS and not parcel.is_bent:
            parcel.is_bent, parcel.reached = True, None
            if parcel not in self._waiting:
                self._waiting.appendleft(parcel)
            raise CentreUnreachable
        if code in NO_ITEMS_FAULT:
            raise CentreRefused(refusal=code, status=reply.status)
        services.note_refused(item_id=parcel.item.id, code=code, now=self._clock())
        if code not in FINAL_REFUSALS:
            self._refusal = CentreRefused(refusal=code, status=reply.status)
        return None

    def _halve(self, finding: str) -> None:
        if self._piece_bytes <= MIN_PIECE_BYTES:
            raise CentreUnreachable
        self._go_in_pieces(self._piece_bytes // 2, finding)

    def _piece_broke(self) -> None:
        """A piece that never passes whole is too long for the time between two breaks."""
        self._fruitless_count += 1
        if self._fruitless_count >= _KEPT_BACK_TIMES and self._piece_bytes > MIN_PIECE_BYTES:
            self._fruitless_count = 0
            self._go_in_pieces(self._piece_bytes // 2, KEEPS_BODIES)

    def _compare(self, parcel: _Parcel, told: int) -> None:
        """What was acknowledged on the way and never came to the centre was kept back by somebody."""
        if parcel.claimed - parcel.told >= _KEPT_BACK_BYTES:
            is_kept_back = told == parcel.told
            self._is_acked_kept = not is_kept_back
            self._kept_back_count = self._kept_back_count + 1 if is_kept_back else 0
        parcel.told, parcel.claimed = told, 0
        if self._kept_back_count >= _KEPT_BACK_TIMES and self._pours:
            self._kept_back_count = 0
            fits = int(_PIECE_S * parcel.rate_bytes_s)
            self._go_in_pieces(min(fits, _LARGEST_PIECE_BYTES), KEEPS_BODIES)

    def _go_in_pieces(self, piece_bytes: int, finding: str) -> None:
        self._pours, self._piece_bytes = False, max(MIN_PIECE_BYTES, piece_bytes)
        if self._line.way.note_piece(self._piece_bytes, finding):
            services.note_way(code=finding, piece_bytes=self._piece_bytes, now=self._clock())

    def _progress(self) -> None:
        self._moved_at = time.monotonic()
