"""What may go wrong inside a node: at the n-th time that it commits, flushes, renames or deletes, it dies or fails.

Places: `commit` (the database), `fsync`, `fdatasync` and `pwrite` (any file or folder), `rename`, `link`, `unlink`,
`send` and `recv` (a connected socket). What happens: `die before`, `die after` (SIGKILL), or the name of an error such
as `ENOSPC`.
"""

import errno
import os
import signal
import socket
from pathlib import Path

from dekat.adapters.centre_line import knock, packets, wire_talk
from dekat.project.sqlite import base

DIE_BEFORE, DIE_AFTER = "die before", "die after"
PLACES = {
    "commit": (base.DatabaseWrapper, "_commit"),
    "fsync": (os, "fsync"),
    "fdatasync": (os, "fdatasync"),
    "pwrite": (os, "pwrite"),
    "rename": (Path, "replace"),
    "link": (os, "link"),
    "unlink": (Path, "unlink"),
    "send": (socket.socket, "send"),
    "recv": (socket.socket, "recv"),
}


def arm(place, nth=1, what=DIE_BEFORE, lasts=False):
    """Let it happen at the n-th call from now, once, or from then on when it `lasts`."""
    owner, name = PLACES[place]
    real, calls = getattr(owner, name), 0

    def troubled(*arguments, **named):
        nonlocal calls
        calls += 1
        is_due = calls == nth or (lasts and calls > nth)
        if is_due and what == DIE_BEFORE:
            die()
        if is_due and what != DIE_AFTER:
            raise OSError(getattr(errno, what), os.strerror(getattr(errno, what)))
        answer = real(*arguments, **named)
        if is_due:
            die()
        return answer

    setattr(owner, name, troubled)
    _real.setdefault(place, real)


def disarm():
    """Everything works again."""
    for place, real in _real.items():
        setattr(*PLACES[place], real)
    _real.clear()


def hurry():
    """Knock and wait in hundredths of a second: where thousands of breaks are lived through, each takes its place."""
    knock.KNOCK_EVERY_S, packets._BREATH_S, wire_talk.ANSWER_S = 0.05, 0.01, 1.0


def die():
    """The power goes: no farewell."""
    os.kill(os.getpid(), signal.SIGKILL)


_real = {}
