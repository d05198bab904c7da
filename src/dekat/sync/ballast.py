"""Room that is given up when nothing else is left, so that the recording which is open can still be finished."""

import os
from pathlib import Path

from django.conf import settings

from dekat.sync.files import flush_folder, free_bytes
from dekat.sync.room import RESERVE_BYTES

# Several whole recordings, and the log that the database writes for them.
BALLAST_BYTES = 64 * 1024 * 1024
_PIECE = 1024 * 1024


def hold() -> bool:
    """Take the room while the disk still has plenty; give whether it is held now.

    Again: changes nothing. Below the reserve nothing is taken.
    """
    path = _path()
    if _is_held(path):
        return True
    if free_bytes() < RESERVE_BYTES + BALLAST_BYTES:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Random bytes: a file system that compresses would give no room back for zeros.
        with path.open("wb") as file:
            for _ in range(BALLAST_BYTES // _PIECE):
                file.write(os.urandom(_PIECE))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        return False
    flush_folder(path.parent)
    return True


def release() -> bool:
    """Give the room up; True when there was some.

    Again: there is none.
    """
    path = _path()
    was_held = path.exists()
    path.unlink(missing_ok=True)
    return was_held


def _is_held(path: Path) -> bool:
    return path.exists() and path.stat().st_size == BALLAST_BYTES


def _path() -> Path:
    return Path(settings.ENV.data_dir) / "ballast"
