"""Readers that follow the log: each knows how far it has read, and is given only what was said since.

What a reader makes of the log can be thrown away and made again; the log cannot. A reader first works, then says
`have_read`, so whatever happens between is read twice and never missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from dekat.ledger.models import Chain, Event, Mark


@dataclass(frozen=True)
class Unread:
    """The end of a chain that a reader has not read; with `is_rewritten` it read something that is there no longer."""

    node: str
    after_seq: int
    last_seq: int
    last_hash: bytes
    is_rewritten: bool = False


def unread(reader: str) -> list[Unread]:
    """The chains of which the reader has not read the end; empty when it has read everything."""
    marks = {mark.node: mark for mark in Mark.objects.filter(reader=reader)}
    found = [_unread(chain, marks.pop(chain.node, None)) for chain in Chain.objects.order_by("node")]
    gone = [Unread(mark.node, 0, 0, b"", is_rewritten=True) for mark in marks.values()]
    return [*(one for one in found if one), *gone]


def _unread(chain: Chain, mark: Mark | None) -> Unread | None:
    last_seq, last_hash = chain.last_seq, bytes(chain.last_hash)
    if mark is None:
        return Unread(chain.node, 0, last_seq, last_hash) if last_seq else None
    if (mark.seq, bytes(mark.hash)) == (last_seq, last_hash):
        return None
    read = Event.objects.filter(node=chain.node, seq=mark.seq).values_list("hash", flat=True).first()
    is_rewritten = mark.seq >= last_seq or read is None or bytes(read) != bytes(mark.hash)
    return Unread(chain.node, 0 if is_rewritten else mark.seq, last_seq, last_hash, is_rewritten)


def touched(new: Sequence[Unread], *, names: Sequence[str]) -> Iterator[tuple[str, datetime]]:
    """The subject and the time of each unread event of these names, read in pieces."""
    for one in new:
        span = Q(node=one.node, seq__gt=one.after_seq, seq__lte=one.last_seq)
        rows = Event.objects.filter(span, name__in=names).order_by("seq")
        yield from rows.values_list("subject", "occurred_at").iterator(chunk_size=5000)


def have_read(reader: str, new: Sequence[Unread]) -> None:
    """Keep how far the reader has come; a mark never goes back."""
    with transaction.atomic():
        for one in new:
            values = {"seq": one.last_seq, "hash": one.last_hash}
            mark, is_new = Mark.objects.get_or_create(reader=reader, node=one.node, defaults=values)
            if not is_new:
                Mark.objects.filter(id=mark.id, seq__lt=one.last_seq).update(**values)


def wait_for_turn(kind: str) -> None:
    """Let one reader of this kind work at a time, inside the caller's transaction."""
    Mark.objects.get_or_create(reader=f"{kind}/", node="", defaults={"seq": 0, "hash": b""})
    Mark.objects.select_for_update().get(reader=f"{kind}/", node="")


def forget(kind: str) -> None:
    """Let a reader begin again, in every version that it had: `turns` is `turns/…`."""
    Mark.objects.filter(reader__startswith=f"{kind}/").delete()


def has_read(reader: str) -> bool:
    """Whether the reader has read any chain yet."""
    return Mark.objects.filter(reader=reader).exists()
