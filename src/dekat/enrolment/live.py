"""What a device sees just now, for a page that asks frame by frame.

One view is open at a time: a device streams to one viewer, and an old computer has no strength for two. A page that
stops asking (closed, left, or its computer asleep) closes the view by that; nobody has to tell.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import count

from dekat.enrolment import ports
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Slap
from dekat.kernel.errors import DekatError

FORGOTTEN_AFTER_S = 2.0
# No device shows more than 50 frames a second; a film in memory would, and take the whole computer.
BETWEEN_FRAMES_S = 0.02
LONGEST_WAIT_S = 3.0


class NothingSeen(DekatError):
    """The device gave no picture in time; a recording is possible without one."""

    code = "enrolment.live.nothing_seen"


@dataclass(frozen=True)
class Subject:
    """Which device looks at what; in practice it is one that sees only people who do not exist."""

    kind: DeviceKind
    slap: Slap | None = None
    is_practice: bool = False


@dataclass(frozen=True)
class Seen:
    """One JPEG and its number; a higher number is later."""

    number: int
    jpeg: bytes


class View:
    """One open view: a thread of its own takes every frame, so that the page always gets the latest."""

    def __init__(
        self, subject: Subject, open_frames: Callable[[], Iterator[bytes]], numbers: Iterator[int], wait_s: float
    ) -> None:
        self.subject, self.is_open = subject, True
        self._open_frames, self._numbers, self._wait_s = open_frames, numbers, wait_s
        self._asked_at = time.monotonic()
        self._changed = threading.Condition()
        self._seen = Seen(0, b"")
        self._trouble: DekatError = NothingSeen()
        threading.Thread(target=self._follow, name="live-view", daemon=True).start()

    def after(self, number: int) -> Seen:
        """The latest frame that is later than `number`.

        Refuses: enrolment.live.nothing_seen, sbi.device.*.
        """
        self._asked_at = time.monotonic()
        with self._changed:
            self._changed.wait_for(lambda: self._seen.number > number or not self.is_open, timeout=self._wait_s)
            if self._seen.number <= number:
                raise self._trouble
            return self._seen

    def close(self) -> None:
        """Take no further frame."""
        with self._changed:
            self.is_open = False
            self._changed.notify_all()

    def _follow(self) -> None:
        try:
            frames = self._open_frames()
            for jpeg in frames:
                self._show(jpeg)
                if not self.is_open or time.monotonic() - self._asked_at > FORGOTTEN_AFTER_S:
                    break
                time.sleep(BETWEEN_FRAMES_S)
            if isinstance(frames, Generator):
                frames.close()
        except DekatError as error:
            self._trouble = error
        finally:
            self.close()

    def _show(self, jpeg: bytes) -> None:
        with self._changed:
            self._seen = Seen(next(self._numbers), jpeg)
            self._changed.notify_all()


class Window:
    """The one place where a device is watched."""

    def __init__(self, *, wait_s: float = LONGEST_WAIT_S) -> None:
        self._wait_s = wait_s
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._view: View | None = None

    def look(self, subject: Subject, *, after: int = 0) -> Seen:
        """The latest frame of a subject that is later than `after`; another subject closes the view before.

        Refuses: enrolment.live.nothing_seen, enrolment.devices_missing, sbi.device.*.
        """
        return self._view_of(subject).after(after)

    def close(self) -> None:
        """Watch nothing."""
        with self._lock:
            if self._view:
                self._view.close()
            self._view = None

    def _view_of(self, subject: Subject) -> View:
        devices = ports.devices(is_practice=subject.is_practice)
        with self._lock:
            if self._view and self._view.is_open and self._view.subject == subject:
                return self._view
            if self._view:
                self._view.close()
            self._view = View(subject, lambda: devices.preview(subject.kind, subject.slap), self._numbers, self._wait_s)
            return self._view


window = Window()
"""The station's window; a process has one."""
