"""The first extract of a kecamatan: its size on the wire, a day's changes, and how pages save while it is taken in."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, takewhile
from pathlib import Path

import cbor2
import zstandard
from django.db import connections, transaction

from bench import people
from bench.result import Result
from dekat.accounts.actor import machine
from dekat.kernel.canonical import canonical_json
from dekat.kernel.ids import new_id
from dekat.registry import holding, queries, sample, services
from dekat.registry.extract import extract_row
from dekat.registry.models import Extract, Family, Resident, SnapshotBlock, ToldFamily
from dekat.registry.snapshot import SNAPSHOT_KIND
from dekat.sync import feed
from dekat.sync import queries as sync_queries
from dekat.sync import services as sync
from dekat.sync.models import Counter, FeedEntry
from dekat.sync.rules import BULKY

COUNT = 60_000
LINE_BITS = 128_000
CHANGES = 60
_MOST_FAMILIES = 30_000
# A question, its answer's head and signature, and the packets around them, for each piece.
_AROUND_BYTES = 900


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Bytes for each resident against JSON and zstd; then everything is taken in while somebody saves."""
    _register()
    rows = [extract_row([one], as_of=people.NOW) for one in queries.family_ids(people.HERE)]
    plain = canonical_json(rows)
    peers = {
        "B as JSON": len(plain) / COUNT,
        "B as JSON, zstd -19": len(zstandard.ZstdCompressor(level=19).compress(plain)) / COUNT,
        "B as the JSON pieces of before": _as_before(rows) / COUNT,
    }
    told = services.publish_extract(people.HERE, now=people.NOW)
    wire = told.fetched_bytes + len(_pieces(0)) + told.blocks * _AROUND_BYTES
    yield Result(f"first extract of {COUNT:,} residents", wire / COUNT, "B a resident", 46, "lower", peers)
    yield Result("first extract at 128 kbit/s, computed", wire * 8 / LINE_BITS, "s", 180, "lower", {"MB": wire / 1e6})
    yield _day()
    yield from _take_in()


def _register() -> None:
    people.be_the_centre()
    families = sample.families(people.HERE, count=_MOST_FAMILIES, seed=people.SEED, on=people.NOW.date())
    sized = [(one, len(one.members)) for one in families]
    within = takewhile(lambda total: total <= COUNT, accumulate(size for _, size in sized))
    count = sum(1 for _ in within)
    services.register_families(new=(one for one, _ in sized[:count]), actor=machine("centre"), now=people.NOW)


def _as_before(rows: list[dict[str, object]]) -> int:
    """Twelve families in an entry, 128 KiB of entries in a piece, zstd -3: what the first release sent."""
    packer, total, entries, size = zstandard.ZstdCompressor(level=3), 0, [], 0
    for start in range(0, len(rows), 12):
        families = [family for row in rows[start : start + 12] for family in row["families"]]  # type: ignore[attr-defined]
        body = canonical_json({"as_of": rows[start]["as_of"], "families": families})
        entries.append([start, "resident/1", f"part:{start}", body, []])
        size += len(body)
        if size >= 128 * 1024 or start + 12 >= len(rows):
            total += len(packer.compress(cbor2.dumps(entries))) + _AROUND_BYTES
            entries, size = [], 0
    return total


def _pieces(after: int) -> bytes:
    found = b""
    while piece := sync.next_batch(scope=people.HERE + BULKY, after=after, is_split=True):
        found, after = found + piece, feed.through_of(piece)
    return found


def _day() -> Result:
    """Sixty families of a day, fetched the next morning."""
    before = Counter.objects.get(name=f"feed:{people.HERE}").value
    now = people.NOW + timedelta(hours=8)
    with transaction.atomic():
        for family_id in queries.family_ids(people.HERE)[:: COUNT // 4 // CHANGES][:CHANGES]:
            services.publish_family(family_id, now=now)
    pieces = _pieces(before)
    bodies = FeedEntry.objects.filter(scope=people.HERE, seq__gt=before).values_list("body", flat=True)
    peers = {"kB as JSON": sum(map(len, map(bytes, bodies))) / 1000}
    return Result(f"a day's {CHANGES} changed families", len(pieces) / 1000, "kB", 18, "lower", peers)


def _take_in() -> Iterator[Result]:
    body = sync_queries.told(scope=people.HERE, kind=SNAPSHOT_KIND, key=people.HERE)
    for table in (Resident, Family, ToldFamily, Extract):
        table.objects.all().delete()
    holding.take_snapshot(item_id=new_id(people.NOW), node="centre", body=json.loads(body), now=people.NOW)
    waits: list[float] = []
    done = threading.Event()
    saver = threading.Thread(target=_save, args=(done, waits))
    saver.start()
    start = time.perf_counter()
    holding.name_lacking(people.NOW)
    for block in SnapshotBlock.objects.order_by("number"):
        content = sync_queries.blob(block.sha256)
        assert content is not None
        holding.take_block(sha256=block.sha256, content=content, now=people.NOW)
    took = time.perf_counter() - start
    done.set()
    saver.join()
    assert Resident.objects.count() >= COUNT - 10, Resident.objects.count()
    waits.sort()
    peers = {"ms at the 99th of 100": waits[len(waits) * 99 // 100] * 1000, "saves": float(len(waits))}
    yield Result("a save while the extract is taken in, longest", waits[-1] * 1000, "ms", 250, "lower", peers)
    again = time.perf_counter()
    holding.take_snapshot(item_id=new_id(people.NOW), node="centre", body=json.loads(body), now=people.NOW)
    holding.name_lacking(people.NOW)
    assert not SnapshotBlock.objects.exclude(state="HELD").exists()
    peers = {"s to compare it when nothing is new": time.perf_counter() - again}
    yield Result(f"{COUNT:,} residents taken in", took, "s", 120, "lower", peers)


def _save(done: threading.Event, waits: list[float]) -> None:
    """An operator who saves ten times a second."""
    while not done.is_set():
        start = time.perf_counter()
        with transaction.atomic():
            Counter.objects.update_or_create(name="bench", defaults={"value": len(waits)})
        waits.append(time.perf_counter() - start)
        done.wait(0.1)
    connections.close_all()
