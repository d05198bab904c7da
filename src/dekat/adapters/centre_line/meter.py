"""What a line carries, looked at once a second: bytes, and the time in which something moved. Pure."""

from collections import deque

from dekat.readings.moved import NOTHING, Moved

# A look that comes late (a busy machine, a laptop that slept) says nothing of the time between.
_LONGEST_LOOK_S = 3.0
_RATE_OVER_S = 30.0


class Meter:
    """Turns counters that only grow into what moved since somebody last took it."""

    def __init__(self) -> None:
        self._seen: tuple[int, int, int] | None = None
        self._at_s = 0.0
        self._pending = NOTHING
        self._recent: deque[tuple[float, int]] = deque()

    def look(self, *, sent_bytes: int, received_bytes: int, resent_count: int, now_s: float) -> None:
        """Take the counters in."""
        seen, passed_s = self._seen, min(now_s - self._at_s, _LONGEST_LOOK_S)
        self._seen, self._at_s = (sent_bytes, received_bytes, resent_count), now_s
        if seen is None:
            return
        sent, received, resent = (max(0, now - was) for now, was in zip(self._seen, seen, strict=True))
        passed_ms = max(1, int(passed_s * 1000))
        self._pending += Moved(sent, passed_ms if sent else 0, received, passed_ms if received else 0, resent)
        if sent:
            self._recent.append((passed_s, sent))
        while sum(span for span, _ in self._recent) > _RATE_OVER_S:
            self._recent.popleft()

    def take(self) -> Moved:
        """What moved since the last time it was taken."""
        taken, self._pending = self._pending, NOTHING
        return taken

    @property
    def pending(self) -> Moved:
        """What moved and was not taken yet."""
        return self._pending

    @property
    def up_bytes_s(self) -> float | None:
        """How fast bytes leave while they leave, over the last half minute of it; None before anything left."""
        spans = sum(span for span, _ in self._recent)
        return sum(count for _, count in self._recent) / spans if spans else None
