"""Files that survive a power cut: write aside, flush, rename, flush the folder."""

import errno
import os
import secrets
import shutil
from pathlib import Path

from django.conf import settings


def outbox_path(item_id: object) -> Path:
    """Where a station keeps a sealed packet."""
    return _data_dir() / "outbox" / f"{item_id}.dkp"


def orphan_path(item_id: object) -> Path:
    """Where a station puts a sealed packet that was never committed."""
    return _data_dir() / "outbox" / "orphaned" / f"{item_id}.dkp"


def packet_path(item_id: object, year: int) -> Path:
    """Where the centre keeps a packet."""
    return _data_dir() / "packets" / f"{year:04d}" / f"{item_id}.dkp"


def stray_path(digest: bytes) -> Path:
    """Where the centre keeps bytes that contradict a packet it holds."""
    return _data_dir() / "packets" / "stray" / f"{digest.hex()}.dkp"


def part_path(upload_id: str) -> Path:
    """Where the bytes of an unfinished upload gather."""
    return _data_dir() / "uploads" / f"{upload_id}.part"


def free_bytes() -> int:
    """What the disk of this machine's data has left."""
    folder = _data_dir()
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def is_disk_full(error: BaseException) -> bool:
    """Say whether this is the operating system's word for "no room left"."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def remove_durably(path: Path) -> None:
    """Have no file under this name, also after a power cut.

    Again: nothing.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return
    flush_folder(path.parent)


def write_durably(path: Path, data: bytes) -> None:
    """Have the whole file on the disk under its name, or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    try:
        # Never through a link that somebody laid where the draft goes: on a stick it would lead to a file of ours.
        with open(draft, "wb", opener=_no_link) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        # On a full disk the half that was written would take the last room.
        draft.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def read_small(path: Path, *, limit: int) -> bytes:
    """The bytes of a file that somebody else may have written; what is no plain file or longer than `limit` is refused.

    Refuses: OSError.
    """
    if path.stat().st_size > limit or not path.is_file():
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return path.read_bytes()


def write_first(path: Path, data: bytes) -> bytes:
    """Have a file that whoever came first wrote; give its content. Safe for threads and processes at once."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    write_durably(draft, data)
    try:
        os.link(draft, path)
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink()
        flush_folder(path.parent)
    return data


def link_durably(source: Path, data: bytes, path: Path) -> None:
    """Give bytes that are already on the disk a second name; copied where that cannot be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, path)
        flush_folder(path.parent)
    except OSError:
        # The name exists from a try that never committed, or the file system has no links.
        write_durably(path, data)


def flush_folder(folder: Path) -> None:
    """Make a rename or a deletion in the folder survive a power cut (Windows has no such call and needs none)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _data_dir() -> Path:
    return Path(settings.ENV.data_dir)
