"""Secret files that only this machine's user can read, and the key of the stamps among them."""

import os
from pathlib import Path

from dekat.documents.stamp import StampKey
from dekat.kernel.signing import SigningKey

STAMP_FILE = "stamp.key"


def stamp_key(folder: Path) -> StampKey:
    """Give the stamp key of this folder; make it at the first call.

    Again: the same folder gives the same key.
    """
    path = folder / STAMP_FILE
    if not path.exists():
        keep_secret(path, SigningKey.generate().raw)
    return StampKey(path.read_bytes())


def keep_secret(path: Path, content: bytes) -> None:
    """Write a file with mode 0600 so that it is there whole or not at all; the first writer wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
