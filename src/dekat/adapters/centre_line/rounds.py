"""What a station does with its line, in rounds: greet, hand in, fetch. Each round is harmless to repeat."""

from collections.abc import Callable
from datetime import datetime

from dekat.accounts.queries import own_identity
from dekat.adapters.centre_line.line import CentreLine
from dekat.adapters.centre_line.packets import PacketSender
from dekat.adapters.centre_line.trouble import BodyTooLargeForProxy, CentreRefused
from dekat.sync import files, queries, services
from dekat.sync.hello import Welcome
from dekat.sync.rules import BLOB_PIECE_BYTES, Carrier

_BATCH_BYTES = 256 * 1024
_CLOCK_STEP_MS = 100
# What is urgent comes before a file that is half here; so many halves are kept in memory, of what is still wanted.
_MOST_BEGUN = 4


class Rounds:
    """The rounds of one line."""

    def __init__(
        self,
        line: CentreLine,
        *,
        clock: Callable[[], datetime],
        patience_s: float,
        may_spend: Callable[[], bool] = lambda: True,
        on_arrival: Callable[[int], None] = lambda left_count: None,
    ) -> None:
        self.line, self._clock, self._may_spend = line, clock, may_spend
        self._packets = PacketSender(
            line, clock=clock, patience_s=patience_s, may_spend=may_spend, on_arrival=self._has_arrived
        )
        self._on_arrival = on_arrival
        self._welcome: Welcome | None = None
        # The numbers that the centre lacked when it was greeted, less what it was given since.
        self._lacking: set[int] = set()
        self._ledger_held: dict[str, tuple[int, str]] = {}
        self._noted_offset: int | None = None
        self._partial: dict[str, bytearray] = {}
        self._refused: set[str] = set()
        self._fetched_count = 0

    def greet(self) -> Welcome:
        """Say hello and take in what the centre says of clocks, custody and orders."""
        welcome = self._welcome = self.line.greet()
        self._refused.clear()
        now = self._clock()
        if services.obey(welcome, ask=self.line.tell, now=now):
            # This machine has another key or another life now, and says so.
            welcome = self._welcome = self.line.greet()
        self._lacking = set(welcome.missing)
        self._ledger_held = dict(welcome.ledger_held)
        offset = self.line.clock_offset_ms
        if offset is not None and (self._noted_offset is None or abs(offset - self._noted_offset) >= _CLOCK_STEP_MS):
            services.note_clock(offset_ms=offset, error_ms=(self.line.latency_ms or 0) // 2)
            self._noted_offset = offset
        services.note_missing(seqs=welcome.missing, incarnation=own_identity().node.incarnation, now=now)
        if welcome.durable_through:
            services.note_durable(incarnation=own_identity().node.incarnation, through=welcome.durable_through, now=now)
            services.purge()
        return welcome

    def hand_in_small(self) -> int:
        """Messages first, then this station's own ledger events; give how many messages went."""
        welcome = self._fresh_welcome()
        went = sum(self._hand_in(batch) for batch in _batches(self._to_send(Carrier.MESSAGE)))
        if welcome.may_read:
            while found := services.next_events(self._ledger_held):
                chain, packed = found
                self._ledger_held[chain] = (self.line.events(packed), services.last_hash(packed))
        return went

    @property
    def has_packets_waiting(self) -> bool:
        """Whether packets of the last `send_packets` are not at the centre yet."""
        return self._packets.has_waiting

    def send_packets(self) -> int:
        """All packets that wait or that the centre lost, oldest first; one that is refused does not block the next."""
        self._fresh_welcome()
        return self._packets.send_all(self._to_send(Carrier.PACKET))

    def pull_feed(self, *, wait_s: int = 0) -> int:
        """Apply the feed until there is nothing new; give how many pieces came."""
        pieces = 0
        while True:
            at = services.position()
            data = self.line.feed(at=at, wait_s=wait_s)
            if data is None:
                return pieces
            services.apply_batch(data=data, now=self._clock())
            pieces, wait_s = pieces + 1, 0

    def fetch_blobs(self) -> int:
        """Fetch the bytes the feed told of, and look between two pieces whether the feed has something new."""
        before = self._fetched_count
        for name in self._wanted():
            while self._may_spend() and self._fetch_piece(name):
                self.pull_feed()
        return self._fetched_count - before

    def fetch_next(self) -> bool:
        """Fetch one piece of what is wanted most; False when nothing is wanted.

        Facts: what a broken line left of a blob is used by the next call.
        """
        name = next(iter(self._wanted()), None) if self._may_spend() else None
        if name is not None:
            self._fetch_piece(name)
        return name is not None

    def _wanted(self) -> list[str]:
        services.settle(self._clock())
        wanted = [name for name in queries.wanted_blobs(free_bytes=files.free_bytes()) if name not in self._refused]
        self._partial = {name: self._partial[name] for name in wanted[:_MOST_BEGUN] if name in self._partial}
        return wanted

    def _fetch_piece(self, name: str) -> bool:
        """Whether there is more of it."""
        got = self._partial.setdefault(name, bytearray())
        try:
            if not self.line.blob(name, got, most=BLOB_PIECE_BYTES):
                return True
        except CentreRefused as refusal:
            if refusal.facts["refusal"] == "sync.blob.unknown":
                services.give_up(sha256=name)
            self._refused.add(name)
            return False
        services.keep_fetched(sha256=name, content=bytes(got), now=self._clock())
        del self._partial[name]
        self._fetched_count += 1
        return False

    def _to_send(self, carrier: Carrier) -> list[queries.OutboxItem]:
        incarnation = own_identity().node.incarnation
        return queries.items_to_send(
            carrier=carrier, missing=sorted(self._lacking), incarnation=incarnation, now=self._clock()
        )

    def _has_arrived(self, item: queries.OutboxItem, left_count: int) -> None:
        self._lacking.discard(item.seq)
        self._on_arrival(left_count)

    def _hand_in(self, batch: list[tuple[queries.OutboxItem, bytes]]) -> int:
        went = 0
        try:
            answers = self.line.messages([sealed for _, sealed in batch])
        except BodyTooLargeForProxy:
            if len(batch) == 1:
                raise
            middle = len(batch) // 2
            return self._hand_in(batch[:middle]) + self._hand_in(batch[middle:])
        for (item, _), answer in zip(batch, answers, strict=True):
            if "receipt" in answer:
                services.take_receipt(text=str(answer["receipt"]), now=self._clock())
                self._lacking.discard(item.seq)
                went += 1
            else:
                services.note_refused(item_id=item.id, code=str(answer.get("code", "")), now=self._clock())
        return went

    def _fresh_welcome(self) -> Welcome:
        if self._welcome is None or not self.line.has_fresh_pass:
            return self.greet()
        return self._welcome


def _batches(items: list[queries.OutboxItem]) -> list[list[tuple[queries.OutboxItem, bytes]]]:
    batches: list[list[tuple[queries.OutboxItem, bytes]]] = [[]]
    size = 0
    for item in items:
        sealed = queries.sealed_bytes(item.id)
        if sealed is None:
            continue
        if batches[-1] and size + len(sealed) > _BATCH_BYTES:
            batches.append([])
            size = 0
        batches[-1].append((item, sealed))
        size += len(sealed)
    return [batch for batch in batches if batch]
