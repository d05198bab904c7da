"""One direction of a link: a queue of limited length in front of a slow sender. Pure: times are given."""

from collections import deque
from dataclasses import asdict, dataclass


@dataclass
class Counts:
    """IP bytes of one direction.

    Facts: `offered` is what came in; `on_air` what the sender put on the link while it was up; the others say why bytes
    did not get to the other end (`forgotten`: for an address that no longer is).
    """

    offered: int = 0
    on_air: int = 0
    delivered: int = 0
    queue_full: int = 0
    silent: int = 0
    lost: int = 0
    forgotten: int = 0
    swallowed: int = 0
    packets: int = 0

    def as_json(self) -> dict[str, int]:
        """For a report."""
        return asdict(self)


@dataclass(eq=False)
class Waiting:
    """A packet in the queue, and when its last bit will have left."""

    packet: bytes
    leaves_at: float


class Way:
    """The queue and its counters."""

    def __init__(self) -> None:
        self.counts = Counts()
        self._queue: deque[Waiting] = deque()
        self._queued_bytes = 0
        self._free_at = 0.0

    def put(self, packet: bytes, *, at: float, kbit_s: float, queue_bytes: int) -> Waiting | None:
        """Queue a packet; None when there is no room for it."""
        if self._queued_bytes + len(packet) > queue_bytes:
            self.counts.queue_full += len(packet)
            return None
        self._free_at = max(at, self._free_at) + len(packet) * 8 / (kbit_s * 1000)
        waiting = Waiting(packet, self._free_at)
        self._queue.append(waiting)
        self._queued_bytes += len(packet)
        return waiting

    def leave(self, waiting: Waiting) -> bool:
        """Its last bit has left; False when the queue was flushed before."""
        if not self._queue or self._queue[0] is not waiting:
            return False
        self._queue.popleft()
        self._queued_bytes -= len(waiting.packet)
        self.counts.on_air += len(waiting.packet)
        return True

    def flush(self, *, at: float) -> None:
        """The bearer is gone, and what the modem held with it."""
        self.counts.silent += self._queued_bytes
        self._queue.clear()
        self._queued_bytes, self._free_at = 0, at
