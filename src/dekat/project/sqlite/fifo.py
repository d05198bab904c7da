"""A lock that is served in the order of asking.

SQLite's own busy handler is unfair: with eight writers some waited 3 to 6 seconds. One queue in the process makes the
longest wait a fraction of a second on the same disk.
"""

import threading
from collections import deque


class FifoLock:
    """First come, first served; not re-entrant (a connection holds it for one transaction)."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_held = False

    def acquire(self, timeout_s: float) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        try:
            if turn.wait(timeout_s):
                return True
        except BaseException:
            # Who is called away while waiting may not keep a place, nor a turn that came in that instant.
            if self._had_turn(turn):
                self.release()
            raise
        return self._had_turn(turn)

    def _had_turn(self, turn: threading.Event) -> bool:
        """Leave the queue; True when the turn had come meanwhile."""
        with self._mutex:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def release(self) -> None:
        """Hand the lock to whoever waits longest."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_held = False
