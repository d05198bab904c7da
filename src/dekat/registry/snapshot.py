"""The whole of a kecamatan for its station, in blocks that are named by their content (`extract/1`), at the centre.

A family is always in the block that the hash of its id says, so one new family changes one block. What changed since is
told family by family (`resident/1`); a newer snapshot stands for all of that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import zstandard
from django.db import transaction

from dekat.kernel.canonical import Json
from dekat.kernel.clock import iso
from dekat.registry import block
from dekat.registry.extract import FEED_KIND, family_rows
from dekat.registry.models import Family, Resident
from dekat.registry.revisions import stamp
from dekat.registry.states import ResidentState
from dekat.sync import queries as sync_queries
from dekat.sync import services as sync

SNAPSHOT_KIND = "extract/1"
# A block is about 40 bytes for each of 500 to 1,000 residents: within one piece of 64 KiB.
_MOST_RESIDENTS = 1000
# The number of blocks stays while it fits somehow: with another number every block is another.
_STILL_FITS = (350, 1400)
_MOST_BLOCKS = 4096
_LEVEL = 19
_CHANGES_IN_A_ROW = 500


@dataclass(frozen=True)
class Block:
    """One block: its bytes as they travel, and what they hold.

    Facts: `digest` is of the content before compression, which a station can make of its own rows.
    """

    number: int
    packed: bytes
    digest: bytes
    residents: int

    @property
    def name(self) -> str:
        return sha256(self.packed).hexdigest()


@dataclass(frozen=True)
class Published:
    """A snapshot that was told."""

    residents: int
    blocks: int
    fetched_bytes: int


def publish_extract(kecamatan: str, *, now: datetime) -> Published:
    """Tell a kecamatan's station everybody it has, in blocks (a new station, a new import, many changes).

    Again: a block whose families are as before has the same name and is fetched by nobody again.
    """
    # Whatever was told up to here is committed, so it is in what is read now; what comes later is told after it.
    through = sync.settled_head(kecamatan)
    before, revision = _told(kecamatan), stamp().value
    count = Resident.objects.filter(family__kecamatan=kecamatan, state=ResidentState.ACTIVE).count()
    of = _number_of_blocks(count, before)
    rows: list[Json] = []
    total = residents = 0
    for one in blocks_of(kecamatan, of=of):
        rows.append([one.number, sync.publish_blob(one.packed), one.digest.hex(), len(one.packed), one.residents])
        total, residents = total + len(one.packed), residents + one.residents
    body: dict[str, Json] = {
        "as_of": iso(now), "kecamatan": kecamatan, "revision": revision,
        "of": of, "residents": residents, "bytes": total, "blocks": rows,
    }  # fmt: skip
    stands_for = sync.StandsFor(kind=FEED_KIND, through=through, fetched_bytes=total)
    with transaction.atomic():
        sync.publish(
            scope=kecamatan, kind=SNAPSHOT_KIND, key=kecamatan, body=body, now=now, is_bulky=True, stands_for=stands_for
        )
        sync.drop_blobs(sha256s=_names(before) - _names(body))
    return Published(residents, len(rows), total)


def renew_extracts(kecamatan: Iterable[str], *, now: datetime) -> list[str]:
    """Tell the whole anew where it was never told, where an import changed it, or where much was told since; say where.

    Facts: a station in step fetches only the list; one that was away for months has less to read.
    Again: does nothing while nothing changed.
    """
    return [code for code in kecamatan if _is_stale(code) and publish_extract(code, now=now)]


def _is_stale(kecamatan: str) -> bool:
    before = _told(kecamatan)
    if not before:
        return Resident.objects.filter(family__kecamatan=kecamatan).exists()
    changed = Resident.objects.filter(family__kecamatan=kecamatan, revision__gt=before["revision"])
    told = sync_queries.told_since(scope=kecamatan, kind=SNAPSHOT_KIND, key=kecamatan, of=FEED_KIND)
    # What an import changed was told to nobody.
    return told >= _CHANGES_IN_A_ROW or changed.values("family").distinct().count() > told


def blocks_of(kecamatan: str, *, of: int) -> Iterator[Block]:
    """Everybody of a kecamatan, block by block; blocks without anybody are left out."""
    packer = zstandard.ZstdCompressor(level=_LEVEL)
    for number, family_ids in enumerate(family_ids_by_block(kecamatan, of=of)):
        rows = [row for row in family_rows(family_ids) if block.residents_of(row)]
        if rows:
            content = block.pack(rows)
            yield Block(number, packer.compress(content), digest_of(content), sum(map(block.residents_of, rows)))


def family_ids_by_block(kecamatan: str, *, of: int) -> list[list[UUID]]:
    """Which families belong to each block."""
    found: list[list[UUID]] = [[] for _ in range(of)]
    for family_id in Family.objects.filter(kecamatan=kecamatan).order_by("id").values_list("id", flat=True):
        found[block_number(family_id, of=of)].append(family_id)
    return found


def block_number(family_id: UUID, *, of: int) -> int:
    """The block of a family; the time in its id says nothing about it."""
    return int.from_bytes(sha256(family_id.bytes).digest()[:4]) % of


def digest_of(content: bytes) -> bytes:
    """What two machines with the same families have in common."""
    return sha256(content).digest()[:16]


def _told(kecamatan: str) -> Mapping[str, Json]:
    body = sync_queries.told(scope=kecamatan, kind=SNAPSHOT_KIND, key=kecamatan)
    return json.loads(body) if body else {}


def _names(body: Mapping[str, Json]) -> set[str]:
    rows = body.get("blocks", [])
    return {str(row[1]) for row in rows if isinstance(row, Sequence)} if isinstance(rows, Sequence) else set()


def _number_of_blocks(count: int, before: Mapping[str, Json]) -> int:
    of = before.get("of")
    if isinstance(of, int) and _STILL_FITS[0] * of <= count <= _STILL_FITS[1] * of:
        return of
    return int(min(_MOST_BLOCKS, 1 << max(0, (count - 1) // _MOST_RESIDENTS).bit_length()))
