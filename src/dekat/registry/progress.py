"""How far this station is with taking in its kecamatan."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.registry.models import Snapshot, SnapshotBlock
from dekat.registry.states import BlockState

# The rate is that of the last blocks; older ones came on another line.
_RATE_BLOCKS = 8
_STILL_MOVING = timedelta(seconds=90)


@dataclass(frozen=True)
class ExtractProgress:
    """What is here of a snapshot that is not whole yet.

    Facts: bytes are those that travel; `left` is None while no rate is known or nothing moves; `is_first` while this
    station has never held the whole kecamatan; `unreadable` residents wait for a newer release.
    """

    is_first: bool
    residents_here: int
    residents: int
    fetched_bytes: int
    wanted_bytes: int
    left: timedelta | None
    unreadable: int


def extract_progress(kecamatan: str, *, now: datetime) -> ExtractProgress | None:
    """How far it is; None when the kecamatan is whole, is being compared, or was never told in blocks."""
    snapshot = Snapshot.objects.filter(kecamatan=kecamatan).first()
    blocks = list(snapshot.blocks.all()) if snapshot else []
    not_here = {BlockState.WANTED, BlockState.UNCHECKED} if snapshot and snapshot.is_first else {BlockState.WANTED}
    lacking = [one for one in blocks if one.state in not_here]
    unreadable = sum(one.residents for one in blocks if one.state == BlockState.UNREADABLE)
    if snapshot is None or not (lacking or unreadable):
        return None
    fetched = [one for one in blocks if one.fetched_at is not None]
    fetched_bytes, left_bytes = _bytes(fetched), _bytes(lacking)
    return ExtractProgress(
        is_first=snapshot.is_first,
        residents_here=sum(one.residents for one in blocks if one.state == BlockState.HELD),
        residents=sum(one.residents for one in blocks),
        fetched_bytes=fetched_bytes,
        wanted_bytes=fetched_bytes + left_bytes,
        left=_left(fetched, left_bytes, now) if lacking else None,
        unreadable=unreadable,
    )


def _left(fetched: list[SnapshotBlock], left_bytes: int, now: datetime) -> timedelta | None:
    lately = sorted((one.fetched_at, one.size_bytes) for one in fetched if one.fetched_at)[-_RATE_BLOCKS:]
    if len(lately) < 2 or now - lately[-1][0] > _STILL_MOVING:
        return None
    # The first one's bytes came before it was there.
    span, moved = lately[-1][0] - lately[0][0], sum(size for _, size in lately[1:])
    return span * (left_bytes / moved) if span > timedelta() else None


def _bytes(blocks: list[SnapshotBlock]) -> int:
    return sum(one.size_bytes for one in blocks)
