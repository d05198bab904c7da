"""Sending packets over a line that breaks: one follows the other without a pause, and after a break one question tells.

What was on its way when the line broke is not guessed: on a line that is up for seconds only, repeating it costs as
much as asking, and bytes besides.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dekat.adapters.centre_line.conversation import refusal_code
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.pieces import Pieces
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreAway, CentreRefused, CentreUnreachable
from dekat.adapters.centre_line.wire_talk import Reply
from dekat.sync import queries, services
from dekat.sync.answers import RECEIPT_HEADER
from dekat.sync.outbox import FILE_DAMAGED
from dekat.sync.queries import OutboxItem
from dekat.sync.rules import FINAL_REFUSALS, NO_ITEMS_FAULT, OutState

_DIFFERS = "sync.upload.differs"
# Between two tries, so that a refusing server or proxy is not hammered; a dead line has its own pace in `knock`.
_BREATH_S = 0.2
# While the last bytes of one packet are on their way, the first ones of the next already follow.
_IN_FLIGHT = 2
# So much acknowledged before a break shows that the line is worth more patience, so often without the centre's word:
# something on the way may acknowledge bytes for ever and pass none of them on.
_GOOD_PART_BYTES, _BREAKS_WITHOUT_WORD = 2048, 2
# So many answers in a row to bytes that moved nothing, and so many times altered on the way, are no accident any more.
_IDLE_LIMIT, _ALTERED_LIMIT = 3, 3
_UNKNOWN, _ALTERED = 404, 460
# Of the next packet, so many times what a round trip carries fills the time while the centre is asked about this one.
_FILLER, _LARGEST_FILLER_BYTES = 1.5, 64 * 1024
# After a longer silence the centre is asked about everything anew.
_REMEMBERED_S = 300.0


@dataclass(eq=False)
class _Parcel:
    """A packet that waits or flies.

    Facts: the centre has `reached` bytes of it, None where it has to be asked; `is_new` until it was ever begun;
    `until` is how far the bytes go that are on their way since `begun_s`. Before the last break it went from `told`,
    and `claimed` bytes were acknowledged at `rate_bytes_s`. The centre never told more than `furthest`, and answered
    `idle_count` times in a row to bytes that moved nothing. `is_bent` when the centre waits for other bytes under this
    name, because its announcement was bent on the way.
    """

    item: OutboxItem
    sealed: bytes
    is_new: bool
    reached: int | None = None
    until: int = 0
    is_filler: bool = False
    begun_s: float = 0.0
    told: int = 0
    claimed: int = 0
    rate_bytes_s: float = 0.0
    is_bent: bool = False
    furthest: int = 0
    idle_count: int = 0


class PacketSender:
    """Sends packets one after the other on one line, and remembers what the way can carry."""

    def __init__(
        self,
        line: CentreLine,
        *,
        clock: Callable[[], datetime],
        patience_s: float,
        may_spend: Callable[[], bool] = lambda: True,
        on_arrival: Callable[[OutboxItem, int], None] = lambda item, left_count: None,
    ) -> None:
        """Prepare to send.

        Facts: `may_spend` is asked before each packet; `on_arrival` is told after each receipt which packet arrived and
        how many are left.
        """
        self._line, self._clock, self._patience_s = line, clock, patience_s
        self._may_spend, self._on_arrival = may_spend, on_arrival
        self._coming: deque[OutboxItem] = deque()
        self._pieces = Pieces(line.way, clock=clock)
        self._waiting: deque[_Parcel] = deque()
        self._flying: deque[_Parcel] = deque()
        self._left_off: dict[UUID, _Parcel] = {}
        self._went, self._rate_bytes_s = 0, 0.0
        self._refusal: CentreRefused | None = None
        self._moved_at, self._breaks_without_word = 0.0, 0
        self._altered: Counter[UUID] = Counter()

    @property
    def has_waiting(self) -> bool:
        """Whether some of the packets last asked for are not done."""
        return bool(self._coming or self._waiting or self._flying)

    def send_all(self, items: Sequence[OutboxItem]) -> int:
        """Bring packets to the centre, in this order; give how many it holds now.

        Facts: what the centre refused for good stands aside, and the next one goes on.
        Again: resumes where the centre's bytes end, or takes the receipt at once.
        Refuses: line.centre.unreachable (after `patience_s` without a byte of progress), line.centre.not_the_centre,
        line.centre.refused (after the others went).
        """
        is_recent = time.monotonic() - self._moved_at < _REMEMBERED_S
        told = [parcel for parcel in self._waiting if parcel.reached or parcel.furthest]
        self._left_off = {parcel.item.id: parcel for parcel in told} if is_recent else {}
        self._waiting, self._flying, self._went, self._refusal = deque(), deque(), 0, None
        self._coming = deque(items)
        self._pieces.look_again()
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
                if any(parcel.until for parcel in self._flying):
                    self._pieces.broke()
                self._pick_up()
                if isinstance(trouble, CentreAway):
                    raise  # the line is fine; the worker knows how long to leave the centre in peace
                if time.monotonic() - self._moved_at > self._patience_s:
                    raise
                time.sleep(_BREATH_S)
            except BodyTooLargeForProxy:
                self._pick_up()
                self._pieces.too_large(len(self._waiting[0].sealed))
            except CentreRefused:
                self._pick_up()
                raise
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
        # What was never offered, the centre has nothing of; what did not fly when the line went quiet is where it was.
        parcel = _Parcel(item, sealed, is_new=item.state == OutState.SEALED)
        if left_off := self._left_off.pop(item.id, None):
            parcel.reached, parcel.furthest = left_off.reached, left_off.furthest
        self._waiting.append(parcel)

    def _next(self) -> None:
        """One step: begin the next packet, or hear of one that is on its way."""
        if not self._waiting or (self._flying and not self._may_follow()):
            self._hear(self._line.poured_answer())
            return
        parcel = self._waiting.popleft()
        self._flying.append(parcel)
        ahead = self._flying[0] if len(self._flying) > 1 else None
        may_pour = parcel.is_new and self._pieces.pours
        parcel.begun_s, parcel.until = time.monotonic(), 0
        if parcel.reached is None and not may_pour:
            self._ask(parcel)
            return
        parcel.told = parcel.reached or 0
        parcel.is_filler = ahead is not None and not ahead.until
        most = self._filler_bytes if parcel.is_filler else self._pieces.at_once_bytes
        parcel.until = min(len(parcel.sealed), parcel.told + most)
        parcel.is_new, parcel.reached = False, parcel.told
        services.note_sent(item_id=parcel.item.id, sent_bytes=parcel.told)
        item, piece = parcel.item, parcel.sealed[parcel.told : parcel.until]
        if may_pour:
            self._line.begin(
                item_id=item.id, length_bytes=len(parcel.sealed), digest=item.digest, piece=piece, meanwhile=self._hear
            )
        else:
            self._line.append(item_id=item.id, offset=parcel.told, piece=piece, meanwhile=self._hear)

    def _ask(self, parcel: _Parcel) -> None:
        """Ask how far the centre is; where it never told of this packet, announce it in the same breath."""
        if parcel.is_bent:
            self._line.forget(item_id=parcel.item.id)
        parcel.is_new = False
        if parcel.furthest and not parcel.is_bent:
            self._line.ask_offset(item_id=parcel.item.id, meanwhile=self._hear)
            return
        self._line.begin(
            item_id=parcel.item.id, length_bytes=len(parcel.sealed), digest=parcel.item.digest, meanwhile=self._hear
        )

    def _may_follow(self) -> bool:
        """Whether the next packet may follow the one on its way, before that is answered."""
        ahead, parcel = self._flying[-1], self._waiting[0]
        is_known = parcel.reached is not None or (parcel.is_new and self._pieces.pours)
        # Asked behind the last bytes of the one ahead, it is known when those are answered.
        may_ask = not parcel.is_bent and ahead.until == len(ahead.sealed)
        # Behind a question the first bytes of the next packet fill the time until its answer; then the asked one goes.
        is_gap = self._pieces.pours and (ahead.is_filler or (not ahead.until and self._filler_bytes > 0))
        is_free = is_gap or ahead.until == len(ahead.sealed)
        return len(self._flying) < _IN_FLIGHT and is_free and (is_known or may_ask) and self._line.has_fresh_pass

    @property
    def _filler_bytes(self) -> int:
        """What the line carries while a question is answered; 0 while its rate is not known."""
        round_trip_s = (self._line.latency_ms or 300) / 1000
        return min(int(_FILLER * round_trip_s * self._rate_bytes_s), _LARGEST_FILLER_BYTES)

    def _hear(self, reply: Reply) -> None:
        """Take the answer to the oldest packet on its way."""
        parcel = self._flying.popleft()
        if reply.headers.get("connection", "").lower() == "close":
            self._pick_up()
        self._take(parcel, reply)

    def _take(self, parcel: _Parcel, reply: Reply) -> None:
        """Go on with a packet as the centre says: it is done, or there is more to send."""
        offset = self._judge(parcel, reply)
        if offset is None:
            return
        self._pieces.compare(
            claimed_bytes=parcel.claimed, kept_bytes=max(0, offset - parcel.told), rate_bytes_s=parcel.rate_bytes_s
        )
        parcel.claimed = 0
        if offset > parcel.furthest:
            parcel.furthest, parcel.idle_count = offset, 0
            self._progress()
            self._pieces.passed()
        elif parcel.until:
            parcel.idle_count += 1
            # It took the announcement and left the bytes.
            self._pieces.pours = self._pieces.pours and reply.status not in (200, 201)
        parcel.reached, parcel.until, parcel.is_filler = offset, 0, False
        self._waiting.appendleft(parcel)
        if parcel.idle_count >= _IDLE_LIMIT:
            # What is sent does not arrive, whatever is answered: a breath, and in the end the round is over.
            self._line.close()
            raise CentreUnreachable

    def _pick_up(self) -> None:
        """After a break or a refusal only the centre knows what arrived of the packets on their way."""
        carried = self._line.carried_bytes
        if self._flying and carried:
            last = self._flying[-1]
            last.claimed = min(carried, last.until - last.told)
            last.rate_bytes_s = carried / max(0.1, time.monotonic() - last.begun_s)
            self._rate_bytes_s = max(last.rate_bytes_s, self._rate_bytes_s / 2)
        for parcel in self._flying:
            parcel.reached, parcel.until, parcel.is_filler = None, 0, False
        if self._flying:
            # An answer that is still to come would be taken for another's.
            self._line.close()
        self._waiting.extendleft(reversed(self._flying))
        self._flying.clear()
        if carried > _GOOD_PART_BYTES and self._breaks_without_word < _BREAKS_WITHOUT_WORD:
            self._breaks_without_word += 1
            self._moved_at = time.monotonic()

    def _judge(self, parcel: _Parcel, reply: Reply) -> int | None:
        """The offset the centre told; None when this packet is done: held, or refused for good."""
        if receipt := reply.headers.get(RECEIPT_HEADER.lower()):
            services.take_receipt(text=receipt, now=self._clock())
            self._altered.pop(parcel.item.id, None)
            self._went += 1
            self._on_arrival(parcel.item, len(self._coming) + len(self._waiting) + len(self._flying))
            self._progress()
            return None
        told = reply.headers.get("upload-offset", "")
        if reply.status in (200, 201, 204, 409) and told.isascii() and told.isdigit():
            return int(told)
        code = refusal_code(reply)
        is_newly_bent = code == _DIFFERS and not parcel.is_bent
        # The centre gave up what it had, or came back from an older copy of itself: announced anew.
        is_gone = reply.status == _UNKNOWN and parcel.furthest > 0
        if is_gone:
            parcel.furthest = 0
        if reply.status == _ALTERED:
            self._altered[parcel.item.id] += 1
            parcel.furthest = 0
        is_accident = reply.status == _ALTERED and self._altered[parcel.item.id] < _ALTERED_LIMIT
        if reply.status in (423, 429) or is_accident or is_newly_bent or is_gone:
            parcel.reached, parcel.until = None, 0
            parcel.is_bent = parcel.is_bent or is_newly_bent
            self._waiting.appendleft(parcel)
            raise CentreUnreachable
        if code in NO_ITEMS_FAULT:
            raise CentreRefused(refusal=code, status=reply.status)
        services.note_refused(item_id=parcel.item.id, code=code, now=self._clock())
        if code not in FINAL_REFUSALS:
            self._refusal = CentreRefused(refusal=code, status=reply.status)
        return None

    def _progress(self) -> None:
        """The centre itself said that something came."""
        self._moved_at, self._breaks_without_word = time.monotonic(), 0
