"""Who may send packets now, when all stations come back in the same second: so many at once, the longest waiting first.

Pure: its clock is given. Small messages, the feed and greetings never wait here.
"""

from collections import Counter

from dekat.kernel.errors import DekatError

CONCURRENT_STATIONS = 64
# A station that has its place asks for the next packet within a round trip; a place nobody uses is given away.
IDLE_S = 10.0
# Who does not come back so long after the time that was named is not waiting any longer.
GRACE_S = 20.0
_SHORTEST_WAIT_S, _LONGEST_WAIT_S = 2, 300
_FIRST_GUESS_S = 10.0


class TooManyStations(DekatError):
    """More stations send packets than this centre takes at once; `retry_after_s` says when to ask again."""

    code = "sync.wire.busy"


class Admission:
    """The places of one centre process."""

    def __init__(self, concurrent: int = CONCURRENT_STATIONS) -> None:
        self._concurrent = concurrent
        self._since_s: dict[str, float] = {}
        self._seen_s: dict[str, float] = {}
        self._under_way: Counter[str] = Counter()
        self._waiting: dict[str, float] = {}
        self._held_s = _FIRST_GUESS_S
        self._clear_again_s = 0.0

    def enter(self, node: str, *, now_s: float) -> None:
        """Give a place for one question; `leave` must follow.

        Again: a station that has a place keeps it.
        Refuses: sync.wire.busy.
        """
        self._clear(now_s)
        if node not in self._seen_s:
            self._waiting.setdefault(node, 0.0)
            free = self._concurrent - len(self._seen_s)
            ahead = next(place for place, other in enumerate(self._waiting) if other == node)
            if ahead >= free:
                wait_s = self._wait_s(ahead - free)
                self._waiting[node] = now_s + wait_s
                raise TooManyStations(retry_after_s=wait_s)
            del self._waiting[node]
            self._since_s[node] = now_s
        self._seen_s[node] = now_s
        self._under_way[node] += 1

    def leave(self, node: str, *, now_s: float) -> None:
        """The question was answered, or its line broke."""
        self._under_way[node] -= 1
        self._seen_s[node] = now_s

    def _clear(self, now_s: float) -> None:
        """Once a second at the most: thousands may ask in it."""
        if now_s < self._clear_again_s:
            return
        self._clear_again_s = now_s + 1.0
        for node in [one for one, seen_s in self._seen_s.items() if now_s - seen_s > IDLE_S]:
            if not self._under_way[node]:
                held_s = self._seen_s.pop(node) - self._since_s.pop(node)
                self._held_s = 0.9 * self._held_s + 0.1 * (held_s + IDLE_S)
                del self._under_way[node]
        for node in [one for one, due_s in self._waiting.items() if now_s > due_s + GRACE_S]:
            del self._waiting[node]

    def _wait_s(self, ahead: int) -> int:
        """When a place will be free for who has so many before it, as places were held until now."""
        guess_s = self._held_s * (ahead + 1) / self._concurrent
        return round(min(_LONGEST_WAIT_S, max(_SHORTEST_WAIT_S, guess_s)))
