"""A station holds its kecamatan: which blocks of the snapshot it lacks, and taking them in while people search.

A block that this machine can make of its own rows is not fetched, whoever told those rows and whenever.
"""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import Unreadable, unpack
from dekat.registry import block
from dekat.registry.extract import ExtractInvalid, empty_families, family_rows, note_age, put_families
from dekat.registry.models import Family, Snapshot, SnapshotBlock, ToldFamily
from dekat.registry.snapshot import SNAPSHOT_KIND, block_number, digest_of, family_ids_by_block
from dekat.registry.states import BlockState
from dekat.sync import services as sync

logger = logging.getLogger(__name__)
# What one block may unpack to: about 100 bytes for each resident, far below this.
_MAX_UNPACKED = 4 * 1024 * 1024
# Whoever saves something on a page waits for one transaction of this many families; measured in `make bench`.
_FAMILIES_AT_ONCE = 30


def take_snapshot(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Remember which blocks the kecamatan consists of; what sync calls for each `extract/1`.

    Again: the blocks are compared once more.
    Refuses: registry.extract.invalid.
    """
    try:
        kecamatan, as_of, of = str(body["kecamatan"]), from_iso(str(body["as_of"])), _positive(body["of"])
        blocks = [_block(row, of) for row in _listed(body["blocks"])]
    except (KeyError, ValueError, TypeError) as error:
        raise ExtractInvalid from error
    before = Snapshot.objects.filter(kecamatan=kecamatan).first()
    is_first = before.is_first if before else not Family.objects.filter(kecamatan=kecamatan).exists()
    with transaction.atomic():
        _forget(kecamatan)
        snapshot, _ = Snapshot.objects.update_or_create(
            kecamatan=kecamatan, defaults={"as_of": as_of, "is_first": is_first}
        )
        for one in blocks:
            one.snapshot = snapshot
        SnapshotBlock.objects.bulk_create(blocks)


def name_lacking(now: datetime) -> None:
    """Compare each new block with what is here, and want the bytes of those that differ."""
    for snapshot in Snapshot.objects.filter(blocks__state=BlockState.UNCHECKED).distinct():
        unchecked = list(snapshot.blocks.filter(state=BlockState.UNCHECKED).order_by("number"))
        here = family_ids_by_block(snapshot.kecamatan, of=unchecked[0].of)
        for one in unchecked:
            is_same = digest_of(_content(here[one.number])) == bytes(one.digest)
            with transaction.atomic():
                state = BlockState.HELD if is_same else BlockState.WANTED
                if SnapshotBlock.objects.filter(id=one.id).update(state=state) and not is_same:
                    sync.want_blob(sha256=one.sha256, now=now, kind=SNAPSHOT_KIND)
        listed = set(snapshot.blocks.values_list("number", flat=True))
        for number, family_ids in enumerate(here):
            if number not in listed:
                _empty(family_ids, keep=set())
        _close(snapshot)


def take_block(*, sha256: str, content: bytes, now: datetime) -> None:
    """Hold the families of a fetched block, a few in each transaction; what sync calls for its bytes.

    Again: what is here as the block says is not written again.
    """
    one = SnapshotBlock.objects.select_related("snapshot").filter(sha256=sha256).first()
    if one is None:
        return
    try:
        _hold(one, _unpacked(content, bytes(one.digest)))
    except (DekatError, IntegrityError) as refusal:
        # Of a later release, or against a constraint: it waits for the next snapshot and holds no other block back.
        code = getattr(refusal, "code", "registry.block.contradicts")
        logger.warning("registry.block.unreadable", extra={"code": code, "block": one.number})
        SnapshotBlock.objects.filter(id=one.id).update(state=BlockState.UNREADABLE)
        return
    SnapshotBlock.objects.filter(id=one.id).update(state=BlockState.HELD, fetched_at=now)
    _close(one.snapshot)


def _hold(one: SnapshotBlock, rows: Sequence[block.Row]) -> None:
    kecamatan = one.snapshot.kecamatan
    said = {UUID(str(row["id"])): row for row in rows}
    if any(block_number(family_id, of=one.of) != one.number for family_id in said):
        raise block.BlockMalformed
    here = family_ids_by_block(kecamatan, of=one.of)[one.number]
    known = {str(row["id"]): row for row in family_rows(here)}
    wanted = [row for row in rows if known.get(str(row["id"])) != row]
    for start in range(0, len(wanted), _FAMILIES_AT_ONCE):
        some = wanted[start : start + _FAMILIES_AT_ONCE]
        with transaction.atomic():
            # Asked inside: the feed may tell of a family at any instant.
            newer = _told([UUID(str(row["id"])) for row in some])
            put_families([row for row in some if UUID(str(row["id"])) not in newer])
    _empty(here, keep=said.keys())


def _empty(family_ids: Sequence[UUID], *, keep: Collection[UUID]) -> None:
    gone = [family_id for family_id in family_ids if family_id not in keep]
    for start in range(0, len(gone), _FAMILIES_AT_ONCE):
        some = gone[start : start + _FAMILIES_AT_ONCE]
        with transaction.atomic():
            newer = _told(some)
            settled = Family.objects.filter(id__in=[one for one in some if one not in newer], members__isnull=False)
            if ids := list(settled.distinct().values_list("id", flat=True)):
                empty_families(ids)


def _told(family_ids: Sequence[UUID]) -> set[UUID]:
    return set(ToldFamily.objects.filter(id__in=family_ids).values_list("id", flat=True))


def _close(snapshot: Snapshot) -> None:
    """The whole kecamatan is here as of the snapshot."""
    if not snapshot.blocks.exclude(state=BlockState.HELD).exists():
        with transaction.atomic():
            Snapshot.objects.filter(kecamatan=snapshot.kecamatan).update(is_first=False)
            note_age(snapshot.kecamatan, snapshot.as_of)


def _forget(kecamatan: str) -> None:
    """A newer list makes what is still wanted of the older one, and what was told since, old."""
    for name in SnapshotBlock.objects.filter(snapshot=kecamatan).values_list("sha256", flat=True):
        sync.give_up(sha256=name)
    SnapshotBlock.objects.filter(snapshot=kecamatan).delete()
    ToldFamily.objects.filter(kecamatan=kecamatan).delete()


def _content(family_ids: Sequence[UUID]) -> bytes:
    rows = [row for row in family_rows(family_ids) if block.residents_of(row)]
    return block.pack(rows) if rows else b""


def _unpacked(content: bytes, digest: bytes) -> list[block.Row]:
    try:
        plain = unpack(content, limit=_MAX_UNPACKED)
    except Unreadable as error:
        raise block.BlockMalformed from error
    if digest_of(plain) != digest:
        raise block.BlockMalformed
    return block.unpack(plain)


def _block(row: Json, of: int) -> SnapshotBlock:
    number, name, digest, size_bytes, residents = _listed(row)
    if not isinstance(number, int) or not 0 <= number < of:
        raise ValueError
    return SnapshotBlock(
        number=number, of=of, sha256=str(name), digest=bytes.fromhex(str(digest)),
        size_bytes=_positive(size_bytes), residents=_positive(residents),
    )  # fmt: skip


def _positive(value: Json) -> int:
    if not isinstance(value, int) or not 0 < value < 1 << 31:
        raise ValueError
    return value


def _listed(value: Json) -> Sequence[Json]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError
    return value
