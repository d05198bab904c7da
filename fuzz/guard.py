"""What no parser may do, whatever it is given: crash with anything but its refusals, hang, or eat the machine."""

import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.db import transaction

from dekat.faces.wire.exchange import LineBroke
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import Unreadable

LIMIT_S = 1.0
LIMIT_BYTES = 256 * 1024 * 1024
DEFINED: tuple[type[Exception], ...] = (DekatError, LineBroke, Unreadable)


class TooSlow(BaseException):
    """One input took more than a second of the processor; no `except Exception` may hide it."""


def is_refused(work: Callable[[], object], refusals: tuple[type[Exception], ...] = DEFINED) -> bool:
    """Do the work once and undo what it wrote; say whether it was refused with one of its own refusals."""
    try:
        with _undone(), _limits():
            work()
    except refusals:
        return True
    return False


@contextmanager
def _undone() -> Iterator[None]:
    whole = transaction.atomic()
    # As Django's own TestCase does: commands that want to be outermost are so inside this one.
    whole._from_testcase = True  # type: ignore[attr-defined]
    with whole:
        try:
            yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def _limits() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_mapped_bytes() + LIMIT_BYTES, hard))
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_S)
    begun = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    # A hang inside C hears no signal before it ends.
    if time.process_time() - begun > LIMIT_S:
        raise TooSlow


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


def _mapped_bytes() -> int:
    if sys.platform != "linux":
        return 1 << 40
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
