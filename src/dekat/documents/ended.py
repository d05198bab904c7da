"""The list of documents that no longer hold, at work: made and told by the centre, held by stations.

A station learns of its own kecamatan's documents at once (`document/1`). The list tells it, once a day, of all others.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max

from dekat.accounts.queries import has_identity, own_identity
from dekat.accounts.roles import NodeKind
from dekat.documents import feed, ports, queries
from dekat.documents.kinds import DocumentStatus
from dekat.documents.models import Document, HeldStatusList
from dekat.documents.status_list import StatusList, decode, encode, packed
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.sync import queries as sync_queries
from dekat.sync import services as sync
from dekat.sync.rules import EVERYWHERE

FEED_KIND = "ended-documents/1"
KEY = "newest"
# Signed anew so often that its day tells a checker how much to rely on it.
SIGNED_FOR = timedelta(minutes=10)
TOLD_EVERY = timedelta(hours=20)


class NoListYet(DekatError):
    """This station has not fetched the list of ended documents yet."""

    code = "documents.list.none_yet"


@dataclass(frozen=True)
class _Made:
    ended: tuple[int, datetime | None]
    at: datetime
    raw: bytes


_made: _Made | None = None


def signed_list(*, now: datetime) -> bytes:
    """The list as of now, signed; at the centre.

    Facts: the same bytes for up to ten minutes while no document ends.
    Refuses: documents.workshop.not_an_issuer.
    """
    global _made
    authority = ports.authority()
    rows = Document.objects.exclude(status=DocumentStatus.ACTIVE)
    found = rows.aggregate(count=Count("id"), newest=Max("changed_at"))
    ended = (found["count"], found["newest"])
    if _made is None or _made.ended != ended or not timedelta() <= now - _made.at < SIGNED_FOR:
        parts = {
            status: packed(rows.filter(status=status).values_list("id", flat=True))
            for status in (DocumentStatus.SUPERSEDED, DocumentStatus.REVOKED)
        }
        made = StatusList(authority.issuer, now, parts[DocumentStatus.SUPERSEDED], parts[DocumentStatus.REVOKED])
        _made = _Made(ended, now, encode(made, authority.stamp_key))
    return _made.raw


def tell_stations(*, now: datetime) -> bool:
    """Have every station fetch the list; False when it was told within the last twenty hours.

    Again: nothing is told twice.
    """
    told = sync_queries.told(scope=EVERYWHERE, kind=FEED_KIND, key=KEY)
    before: Mapping[str, str] = json.loads(told) if told else {}
    if before and now - from_iso(before["as_of"]) < TOLD_EVERY:
        return False
    raw = signed_list(now=now)
    with transaction.atomic():
        name = sync.publish_blob(raw)
        body: dict[str, Json] = {"sha256": name, "as_of": iso(now), "stamp_keys": feed.stamp_keys_message()}
        sync.publish(scope=EVERYWHERE, kind=FEED_KIND, key=KEY, body=body, now=now)
        sync.drop_blobs(sha256s={before["sha256"]} - {name} if before else set())
    return True


def take_feed_entry(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Want the newest list; what sync calls for each `ended-documents/1`."""
    feed.keep_stamp_keys(body["stamp_keys"], now)
    sync.want_blob(sha256=str(body["sha256"]), now=now, kind=FEED_KIND)


def take_list(*, sha256: str, content: bytes, now: datetime) -> None:
    """Hold the list that was fetched, unless a newer one is held.

    Refuses: documents.stamp.false.
    """
    as_of = decode(content, queries.stamp_keys()).as_of
    held = HeldStatusList.objects.filter(id=1).first()
    if held is None or held.as_of <= as_of:
        HeldStatusList.objects.update_or_create(id=1, defaults={"as_of": as_of, "content": content})


def newest_list(*, now: datetime) -> bytes:
    """The signed list that this machine can show: the centre's own, or at a station the one it holds.

    Refuses: documents.list.none_yet.
    """
    if not is_station():
        return signed_list(now=now)
    row = HeldStatusList.objects.filter(id=1).first()
    if row is None:
        raise NoListYet
    return bytes(row.content)


def is_station() -> bool:
    """Whether this machine holds only its own kecamatan's documents."""
    return has_identity() and own_identity().node.kind is NodeKind.STATION


def held_list() -> StatusList | None:
    """The list that this machine holds; None before the first."""
    row = HeldStatusList.objects.filter(id=1).first()
    return decode(bytes(row.content), queries.stamp_keys()) if row else None
