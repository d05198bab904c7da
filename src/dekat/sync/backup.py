"""Is a backup whole? Only then may stations delete what it holds: every row is there, each packet byte for byte."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import psycopg
from django.conf import settings

from dekat.kernel.errors import DekatError
from dekat.sync.models import InItem

_ROWS = "SELECT inbox_seq, digest, path, envelope FROM sync_initem ORDER BY inbox_seq"


class BackupUnverified(DekatError):
    """A backup lacks something that the centre holds, or is damaged."""

    code = "sync.backup.unverified"


@dataclass(frozen=True)
class Checked:
    """How far a backup is whole."""

    through: int
    checked: int


def check_backup(folder: Path, *, through: int | None = None, database_url: str = "") -> Checked:
    """Read a backup from its first item on and compare each with what this centre holds.

    Facts: `folder` holds `centre.db` (unless `database_url` names a restored PostgreSQL) and `packets/` as the data
    folder does. Without `through` the newest number of the backup is meant. It must not be the data folder itself.
    Refuses: sync.backup.unverified.
    """
    if folder.resolve() == Path(settings.ENV.data_dir).resolve():
        raise BackupUnverified(reason="same_folder", number=0)
    checked, last = 0, 0
    held = {row.inbox_seq: bytes(row.digest) for row in InItem.objects.only("inbox_seq", "digest").iterator(2000)}
    for number, digest, path, envelope in _rows(folder, database_url):
        if through is not None and number > through:
            break
        if number != last + 1 or held.get(number) != digest:
            raise BackupUnverified(reason="number", number=last + 1)
        if _digest_of(folder, path, envelope) != digest:
            raise BackupUnverified(reason="bytes", number=number)
        checked, last = checked + 1, number
    if last == 0 or (through is not None and last < through):
        raise BackupUnverified(reason="number", number=last + 1)
    return Checked(last, checked)


def _digest_of(folder: Path, path: str, envelope: bytes | None) -> bytes:
    if not path:
        return sha256(envelope or b"").digest()
    try:
        with (folder / "packets" / path).open("rb") as file:
            return file_digest(file, "sha256").digest()
    except OSError:
        return b""


def _rows(folder: Path, database_url: str) -> Iterator[tuple[int, bytes, str, bytes | None]]:
    try:
        for number, digest, path, envelope in _postgres(database_url) if database_url else _sqlite(folder):
            yield int(number), bytes(digest), str(path), None if envelope is None else bytes(envelope)
    except (sqlite3.Error, psycopg.Error) as error:
        raise BackupUnverified(reason="database", number=0) from error


def _sqlite(folder: Path) -> Iterator[tuple[int, bytes, str, bytes | None]]:
    with closing(sqlite3.connect(f"file:{folder / 'centre.db'}?mode=ro", uri=True)) as backup:
        if backup.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupUnverified(reason="database", number=0)
        yield from backup.execute(_ROWS)


def _postgres(url: str) -> Iterator[tuple[int, bytes, str, bytes | None]]:
    with psycopg.connect(url) as restored, restored.cursor(name="backup") as cursor:
        cursor.execute(_ROWS)
        yield from cursor
