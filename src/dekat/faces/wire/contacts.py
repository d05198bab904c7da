"""What this end of each line hears: when a station asked last, for how long it was not heard, what it sent and got."""

import threading
from dataclasses import dataclass, replace

from dekat.readings.moved import NOTHING, Moved


@dataclass(frozen=True)
class Heard:
    """One station as it was heard since somebody last took it.

    Facts: `last_s` by the steady clock; `gap_s` the longest silence between two questions.
    """

    last_s: float
    gap_s: int = 0
    moved: Moved = NOTHING


class Contacts:
    """All stations of this process; noted by the wire's thread, taken by another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heard: dict[str, Heard] = {}

    def note(self, node: str, *, now_s: float, moved: Moved = NOTHING) -> None:
        """A station with a valid pass asks, or was answered."""
        with self._lock:
            was = self._heard.get(node, Heard(now_s))
            gap_s = max(was.gap_s, int(now_s - was.last_s))
            self._heard[node] = Heard(now_s, gap_s, was.moved + moved)

    def take(self) -> dict[str, Heard]:
        """Every station that was ever heard; what moved and the longest gap begin anew."""
        with self._lock:
            taken = dict(self._heard)
            self._heard = {node: replace(heard, gap_s=0, moved=NOTHING) for node, heard in taken.items()}
        return taken


CONTACTS = Contacts()
