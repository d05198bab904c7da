"""The first extract of a kecamatan: its size on the wire, a day's changes, and how pages save while it is taken in."""

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any

import cbor2
import zstandard
from django.db import connections, transaction

from bench import people
from bench.line import enrol
from bench.result import Result
from bench.rig.link import bad_link
from bench.rig.places import Place, places, why_not
from bench.rig.quality import Quality
from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
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
LINK = Quality(send_kbit_s=64, receive_kbit_s=128, delay_ms=150)
NEAR, FAR = "10.122.1.1", "10.122.1.2"
URGENT_AFTER_S = 30
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
    if is_full and not why_not():
        yield from _over_a_link(folder)
    yield _day()
    yield from _take_in()


def _register() -> None:
    people.be_the_centre()
    families = sample.families(people.HERE, count=_MOST_FAMILIES, seed=people.SEED, on=people.NOW.date())
    sized = [(one, len(one.members)) for one in families]
    within = takewhile(lambda total: total <= COUNT, accumulate(size for _, size in sized))
    count = sum(1 for _ in within)
    services.register_families(new=(one for one, _ in sized[:count]), actor=machine("centre"), now=people.NOW)


def _over_a_link(folder: Path) -> Iterator[Result]:
    """A new station behind 128 kbit/s and 300 ms; half a minute later something urgent is told."""
    home = folder / "station"
    home.mkdir()
    environment = {**os.environ, "DEKAT_ROLE": "station", "DEKAT_KECAMATAN": people.HERE, "DEKAT_DATA_DIR": str(home)}
    environment |= {"DEKAT_DATABASE_KEY": secrets.token_hex(32)}
    with places(2) as (near, far), bad_link(near, far, LINK, near_ip=NEAR, far_ip=FAR) as link, ExitStack() as ends:
        centre = ends.enter_context(_End(far, "centre", folder, os.environ))
        station = ends.enter_context(_End(near, "station", folder, environment))
        public, own = station.hear(), own_identity().node
        enrol(public, people.HERE)
        assert centre.hear() == "serving"
        said = {name: getattr(own, name).raw.hex() for name in ("verify_key", "seal_key")}
        station.say(json.dumps({**said, "incarnation": own.incarnation.hex()}))
        time.sleep(URGENT_AFTER_S)
        centre.say(people.HERE)
        told_at, came_at, whole = centre.hear(), station.hear()["news"], station.hear()
    assert whole["residents"] == queries.resident_count(people.HERE), whole
    limit = whole["moved"] * 8 / LINK.receive_kbit_s / 1000
    peers = {"× the link's limit": whole["whole"] / limit, "MB as IP packets": link.received.delivered / 1e6}
    yield Result("first extract at 128 kbit/s, 300 ms, measured", whole["whole"], "s", 200, "lower", peers)
    yield Result("2 kB told meanwhile arrive after", came_at - told_at, "s", 5, "lower", {})


class _End:
    """A process in a place of its own that says and hears a line at a time."""

    def __init__(self, place: Place, role: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._log = (folder / f"{role}.log").open("w")
        self._process = place.start(
            sys.executable, "-m", "bench.extract_ends", role, FAR, env=dict(environment), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
        )  # fmt: skip

    def __enter__(self) -> "_End":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._log.close()

    def hear(self) -> Any:
        return json.loads(self._process.stdout.readline())

    def say(self, line: str) -> None:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


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
