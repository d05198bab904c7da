"""A population file into the register, against putting the very same rows into the very same tables by hand."""

import time
from collections.abc import Iterator
from pathlib import Path

import sqlcipher3
from django.db import connection

from bench import people
from bench.result import Result
from dekat.registry.models import Family, Resident

COUNT, FULL_COUNT = 100_000, 1_000_000
CHUNK_ROWS = 5000
TABLES = (Family._meta.db_table, Resident._meta.db_table)


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """How many times longer the import takes than `executemany` of finished rows."""
    count = FULL_COUNT if is_full else COUNT
    path = people.write_file(folder / "residents.csv", count=count)
    start = time.perf_counter()
    found = people.import_file(path)
    ours = time.perf_counter() - start
    assert found.refused == 0 and found.added + found.unchanged == count, found
    raw = _by_hand(folder / "raw.db")
    peers = {"rows/s": count / ours, "executemany rows/s": count / raw}
    yield Result(f"import of {count:,} residents", ours / raw, "× executemany", 1.7, "lower", peers)


def _by_hand(path: Path) -> float:
    """Seconds for the finished rows, with the same columns, indexes and durability, and no question asked."""
    raw = sqlcipher3.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    seconds = 0.0
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table])
            for (made_by,) in cursor.fetchall():
                raw.execute(made_by)
            cursor.execute(f"SELECT * FROM {table}")
            while rows := cursor.fetchmany(CHUNK_ROWS):
                start = time.perf_counter()
                raw.execute("BEGIN IMMEDIATE")
                raw.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)
                raw.execute("COMMIT")
                seconds += time.perf_counter() - start
    raw.close()
    return seconds
