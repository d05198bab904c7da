"""What may go wrong inside a node: at the n-th time that it commits, flushes, renames or deletes, it dies or fails.

Places: `commit` and `statement` (the database), `fsync`, `fdatasync` and `pwrite` (any file or folder), `rename`,
`link`, `unlink`, `send` and `recv` (a connected socket), `apply` (what an item asks is done). What happens:
`die before`, `die after` (SIGKILL), or the name of an error such as `ENOSPC`.
"""

import errno
import os
import signal
import socket
from pathlib import Path

from django.db.backends.utils import CursorWrapper

from dekat.adapters.centre_line import knock, packets, wire_talk
from dekat.project.sqlite import base
from dekat.sync import apply

DIE_BEFORE, DIE_AFTER = "die before", "die after"
PLACES = {
    "commit": (base.DatabaseWrapper, "_commit"),
    "statement": (CursorWrapper, "execute"),
    "apply": (apply, "outcome"),
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
        if isinstance(arguments[0], socket.socket) and arguments[0].family == socket.AF_UNIX:
            return real(*arguments, **named)  # how the test talks to this node
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


def note_flushed(note):
    """Write into a file how long each other file was when it was flushed: what a power cut leaves of it for sure."""
    for name in ("fsync", "fdatasync"):
        setattr(os, name, _noting(getattr(os, name), Path(note)))


def _noting(real, note):
    def flushed(descriptor):
        length = os.fstat(descriptor).st_size
        real(descriptor)
        with note.open("a") as lines:
            lines.write(f"{length} {Path(f'/proc/self/fd/{descriptor}').readlink()}\n")

    return flushed


def disarm():
    """Everything works again."""
    for place, real in _real.items():
        setattr(*PLACES[place], real)
    _real.clear()


def hurry():
    """Knock and wait in hundredths of a second: where thousands of breaks are lived through, each takes its place."""
    knock.PACES, packets._BREATH_S, wire_talk.ANSWER_S = ((float("inf"), 0.05),), 0.01, 1.0


def die():
    """The power goes: no farewell."""
    os.kill(os.getpid(), signal.SIGKILL)


_real = {}
