"""How a station stands with its centre: what it was told, until when it may read its extract, where it was seen.

The lease is renewed by each greeting. Its time is the largest this station ever knew, plus what its steady clock
counted since: setting the clock back, or pulling its battery, wins nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
from dekat.kernel.errors import DekatError
from dekat.ledger.queries import events
from dekat.ledger.services import record
from dekat.sync.models import Sighting, Standing

LEASE_DAYS = 7
KEEP_SIGHTINGS = timedelta(days=90)
_SAY_AGAIN_AFTER = timedelta(hours=1)
_CLOSING = frozenset({"stopped", "reenrol"})
_SEEN = "sync.revoked_station.seen"
_WRITE_EVERY = timedelta(minutes=1)
# This process's steady clock at its last look, and the largest time it then knew.
_last_look: tuple[float, datetime] | None = None


class LeaseEnded(DekatError):
    """The centre has not been heard for so long that the extract of the register stays closed."""

    code = "sync.lease.ended"


class ExtractClosed(DekatError):
    """The centre stopped this machine: its extract stays closed until it is enrolled anew."""

    code = "sync.lease.closed"


class ExtractWiped(DekatError):
    """The centre told this machine to delete its extract of the register."""

    code = "sync.lease.wiped"


@dataclass(frozen=True)
class StandingFacts:
    """What this station was last told.

    Facts: `lease_ends_at` is None before the first greeting; `now` is the largest time this machine knows.
    """

    orders: tuple[str, ...]
    told_at: datetime | None
    lease_ends_at: datetime | None
    now: datetime


def standing(*, now: datetime) -> StandingFacts:
    """How this station stands; a machine that never greeted has no orders and no lease yet."""
    row = Standing.objects.first()
    if row is None:
        return StandingFacts((), None, None, now)
    at = _largest(row, now)
    ends_at = row.leased_at + timedelta(days=row.lease_days) if row.leased_at else None
    return StandingFacts(tuple(row.orders), row.told_at, ends_at, at)


def check_lease(*, now: datetime) -> None:
    """Say nothing while this station may read its extract of the register.

    Facts: before the first greeting there is nothing to read that did not come with a person.
    Refuses: sync.lease.ended, sync.lease.closed, sync.lease.wiped.
    """
    found = standing(now=now)
    if "wipe_extract" in found.orders:
        raise ExtractWiped
    if _CLOSING.intersection(found.orders):
        raise ExtractClosed
    if found.lease_ends_at is not None and found.now >= found.lease_ends_at:
        raise LeaseEnded(days=(found.now - found.lease_ends_at).days + 1)


def note_told(*, orders: Sequence[str], lease_days: int, may_read: bool, now: datetime) -> None:
    """Keep what the centre said of this machine, and renew its lease while it may read.

    Again: the newest word stands.
    """
    global _last_look
    with transaction.atomic():
        name = own_identity().node.name
        row, _ = Standing.objects.select_for_update().get_or_create(node=name, defaults={"seen_at": now})
        row.orders, row.told_at, row.seen_at = list(orders), now, _largest(row, now)
        if may_read and lease_days:
            row.leased_at, row.lease_days = row.seen_at, lease_days
        elif not may_read:
            row.leased_at, row.lease_days = row.seen_at, 0
        row.save()
        _last_look = (time.monotonic(), row.seen_at)


def forget() -> None:
    """This machine was enrolled anew: what it was told in its former life is over.

    Again: nothing.
    """
    Standing.objects.all().delete()


def renew_by_receipt(*, received_at: datetime, now: datetime) -> None:
    """A receipt that came by stick is a word of the centre too: it was heard then, by its own clock.

    Again: an older receipt changes nothing. A station that was told something else renews nothing.
    """
    row = Standing.objects.filter(orders=[]).exclude(leased_at=None).first()
    if row is None:
        return
    heard_at = min(received_at, _largest(row, now))
    Standing.objects.filter(node=row.node, leased_at__lt=heard_at).update(leased_at=heard_at)


def note_sighting(
    *, node: str, incarnation: bytes, address: str, last_seq: int, is_revoked: bool, now: datetime
) -> None:  # fmt: skip
    """At the centre: keep where a life of a station spoke from; a revoked one is told of in the log, once an hour.

    Again: the same place moves its last time.
    """
    with transaction.atomic():
        row, _ = Sighting.objects.select_for_update().get_or_create(
            node=node,
            incarnation=incarnation,
            address=address[:45],
            defaults={"first_at": now, "last_at": now, "last_seq": last_seq},
        )
        Sighting.objects.filter(id=row.id).update(last_at=now, last_seq=Greatest(F("last_seq"), last_seq))
        Sighting.objects.filter(node=node, last_at__lt=now - KEEP_SIGHTINGS).delete()
        if is_revoked and not _was_said(node, address, now):
            record(
                name=_SEEN,
                subject=f"node:{node}",
                actor=machine(own_identity().node.name).label,
                data={"address": address[:45], "last_seq": last_seq},
                now=now,
            )


def _was_said(node: str, address: str, now: datetime) -> bool:
    said = events(names=[_SEEN], subject=f"node:{node}", since=now - _SAY_AGAIN_AFTER)
    return any(event.data["address"] == address[:45] for event in said)


def _largest(row: Standing, now: datetime) -> datetime:
    """The largest time this machine knows; noted at most once a minute."""
    global _last_look
    steady = time.monotonic()
    counted = row.seen_at
    # What is more than the last write ahead was another machine's time (a restored image).
    if _last_look is not None and _last_look[1] - row.seen_at <= 2 * _WRITE_EVERY:
        counted = max(counted, _last_look[1] + timedelta(seconds=steady - _last_look[0]))
    at = max(now, counted)
    _last_look = (steady, at)
    if at - row.seen_at > _WRITE_EVERY:
        Standing.objects.filter(node=row.node, seen_at__lt=at).update(seen_at=at)
    return at
