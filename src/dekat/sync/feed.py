"""The change feed: what the centre tells, in order, per scope; what a station applies, together with its cursor."""

import json
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import cbor2
import zstandard
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Length

from dekat.accounts.queries import NodeIdentity, centre, own_identity
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_list, a_text, read_cbor, read_json, unpack
from dekat.sync import blobs as blob_store
from dekat.sync import files, ports
from dekat.sync.models import Counter, FeedCursor, FeedEntry, FormerFeed, Unapplied
from dekat.sync.rules import BULKY, EVERYWHERE, MAX_BATCH_BYTES

logger = logging.getLogger(__name__)
SIGNING_CONTEXT = "dekat/feed/1"
FEED_FAULT = "sync.feed.fault"
# A batch is cut before compression at twice its bound; entries are small, so what travels stays far below it.
_MAX_PLAIN = 2 * MAX_BATCH_BYTES
_LEVEL, _BULKY_LEVEL = 3, 19
# Measured: entries of families shrink to a ninth in a piece.
_SHRINKS = 9
_MAX_UNPACKED = 8 * 1024 * 1024


class BatchInvalid(DekatError):
    """A piece of the feed that the centre did not sign, or that does not follow what this station has."""

    code = "sync.feed.batch_invalid"


class FeedKindUnknown(DekatError):
    """This release knows nobody for feed entries of this kind; the entry waits."""

    code = "sync.feed.kind_unknown"


@dataclass(frozen=True)
class FeedPosition:
    """How far a station is: `seqs` by scope."""

    epoch: str
    seqs: Mapping[str, int]


_Entry = tuple[int, str, str, bytes, list[str]]


@dataclass(frozen=True)
class _Batch:
    epoch: str
    scope: str
    after: int
    through: int
    entries: list[_Entry]


@dataclass(frozen=True)
class StandsFor:
    """What an entry spares a station: all entries of a kind up to a number, for bytes fetched in their place."""

    kind: str
    through: int
    fetched_bytes: int


def publish(
    *,
    scope: str,
    kind: str,
    key: str,
    body: Mapping[str, Json],
    now: datetime,
    blobs: Sequence[str] = (),
    is_bulky: bool = False,
    stands_for: StandsFor | None = None,
) -> None:
    """Tell every station of a scope something, in the caller's transaction.

    Facts: `scope` is a kecamatan code or `*`; `key` names the thing within its kind; `blobs` are the SHA-256 of bytes
    (see `publish_blob`) that the stations should fetch with it. Bulky entries come after all others. What an entry
    `stands_for` is told to stations only where that is shorter; later entries of that kind are told after it.
    Again: the newest body of a (scope, kind, key) wins; the same body once more tells nothing.
    """
    written = canonical_json(body)
    with transaction.atomic():
        _lock(scope)
        known = FeedEntry.objects.filter(scope=scope, kind=kind, key=key).first()
        if known and bytes(known.body) == written and known.blobs == list(blobs):
            return
        facts = {"body": written, "blobs": list(blobs), "published_at": now, "is_bulky": is_bulky}
        if stands_for:
            facts |= {"replaces": stands_for.kind, "stands_for_bytes": stands_for.fetched_bytes}
        facts["seq"] = _next_number(scope)
        FeedEntry.objects.update_or_create(scope=scope, kind=kind, key=key, defaults=facts)
        if stands_for:
            later = FeedEntry.objects.filter(scope=scope, kind=stands_for.kind, seq__gt=stands_for.through)
            for entry in later.order_by("seq"):
                FeedEntry.objects.filter(id=entry.id).update(seq=_next_number(scope))


def settled_head(scope: str) -> int:
    """The number of the newest entry of which nothing older is still on its way: everything up to it is committed."""
    with transaction.atomic():
        _lock(scope)
        return head(scope)


def head(scope: str) -> int:
    """The number of the newest entry ever told to a scope."""
    row = Counter.objects.filter(name=_counter(scope)).first()
    return row.value if row else 0


def feed_epoch() -> str:
    """The name of this life of the centre's feed; kept beside the database, never in its backup."""
    path = _epoch_path()
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return files.write_first(path, secrets.token_hex(16).encode()).decode()


def renew_epoch() -> str:
    """Begin a new life of the feed, after the centre was restored from a backup: every station reads it anew."""
    epoch = secrets.token_hex(16)
    files.write_durably(_epoch_path(), epoch.encode())
    return epoch


def next_batch(*, scope: str, after: int, is_split: bool = False) -> bytes | None:
    """The next signed piece of a scope for a station that has everything up to `after`; None when there is no more.

    Facts: for who asks for the bulky entries apart (`is_split`), a scope has only the others.
    """
    newest = head(scope.removesuffix(BULKY))
    if newest <= after:
        return None
    entries, size, through = [], 0, newest
    for row in _rows(scope, after, newest, is_split).order_by("seq").iterator(500):
        entries.append([row.seq, row.kind, row.key, bytes(row.body), row.blobs])
        size += len(row.body) + len(row.key) + 60
        if size >= _MAX_PLAIN:
            through = row.seq
            break
    if is_split and not entries:
        return None
    packer = zstandard.ZstdCompressor(level=_BULKY_LEVEL if scope.endswith(BULKY) else _LEVEL)
    payload = packer.compress(cbor2.dumps(entries))
    written = canonical_json(
        {"epoch": feed_epoch(), "scope": scope, "after": after, "through": through, "head": newest}
    )
    signature = own_identity().signing_key.sign(context=SIGNING_CONTEXT, message=written + b"\x00" + payload)
    return cbor2.dumps({"header": written, "payload": payload, "signature": signature})


def through_of(piece: bytes) -> int:
    """The last number that a piece made by `next_batch` covers."""
    return int(json.loads(cbor2.loads(piece)["header"])["through"])


def next_of(*, epoch: str, reached: Mapping[str, int]) -> bytes | None:
    """The next piece of any of a station's scopes; what it reached in a former life of the feed does not count."""
    is_same_life = epoch == feed_epoch()
    is_split = any(scope.endswith(BULKY) for scope in reached)
    for scope, seq in reached.items():
        if batch := next_batch(scope=scope, after=seq if is_same_life else 0, is_split=is_split):
            return batch
    return None


def position() -> FeedPosition:
    """How far this station has applied the feed."""
    rows = {row.scope: row for row in FeedCursor.objects.filter(scope__in=_own_scopes())}
    epoch = next((row.epoch for row in rows.values()), "")
    return FeedPosition(epoch, {scope: rows[scope].seq if scope in rows else 0 for scope in _own_scopes()})


def apply_batch(*, data: bytes, now: datetime, is_fresh: bool = True) -> bool:
    """Apply one piece of the feed and move the cursor, both or neither; False when it was of another life.

    Facts: `is_fresh` on the line, whose every answer is to a question of now; a stick may come from a drawer, so no
    piece on it leads back to a life of the feed that the line left, or to one whose beginning is not on it.
    Again: a piece that was applied changes nothing.
    Refuses: sync.feed.batch_invalid.
    """
    source = centre()
    batch = _read(data, source)
    with transaction.atomic():
        cursor, _ = FeedCursor.objects.select_for_update().get_or_create(scope=batch.scope)
        if cursor.epoch != batch.epoch:
            if not is_fresh and (batch.after != 0 or FormerFeed.objects.filter(epoch=batch.epoch).exists()):
                raise BatchInvalid(scope=batch.scope)
            if is_fresh:
                _note_left(cursor.epoch, batch.epoch)
            # Every scope, also one that has nothing to say in this life: it would go on naming the former one.
            start_over(batch.epoch)
            cursor.epoch, cursor.seq = batch.epoch, 0
            if batch.after != 0:
                return False
        if cursor.epoch == batch.epoch and batch.after > cursor.seq:
            raise BatchInvalid(scope=batch.scope)
        if cursor.epoch == batch.epoch and batch.through <= cursor.seq:
            return True
        reached = cursor.seq if cursor.epoch == batch.epoch else 0
        # A piece may begin before the cursor when its question was bent or delivered late.
        for seq, kind, key, body, blobs in (entry for entry in batch.entries if entry[0] > reached):
            _apply(batch.scope.removesuffix(BULKY), seq, kind, key, body, source.name, now)
            for sha256 in blobs:
                blob_store.want_blob(sha256=sha256, now=now)
        cursor.epoch, cursor.seq = batch.epoch, batch.through
        cursor.save(update_fields=["epoch", "seq"])
        return True


def start_over(epoch: str) -> None:
    """Read the feed from its beginning in its new life; what is applied stays, the newest of each key wins."""
    for scope in _own_scopes():
        FeedCursor.objects.update_or_create(scope=scope, defaults={"epoch": epoch, "seq": 0})


def _note_left(former: str, present: str) -> None:
    if former:
        FormerFeed.objects.get_or_create(epoch=former)
    FormerFeed.objects.filter(epoch=present).delete()


def forget_position() -> None:
    """Read everything from its beginning when the feed opens again: what it told was deleted here.

    Again: nothing.
    """
    FeedCursor.objects.all().delete()
    Unapplied.objects.all().delete()


def retry_unapplied(*, now: datetime) -> int:
    """Try the feed entries again that nobody could take when they came; give how many are still waiting."""
    name = centre().name
    for row in Unapplied.objects.all():
        with transaction.atomic():
            scope, seq, kind, key, body = row.scope, row.seq, row.kind, row.key, bytes(row.body)
            _apply(scope, seq, kind, key, body, name, now)
    return Unapplied.objects.count()


def _apply(scope: str, seq: int, kind: str, key: str, body: bytes, node: str, now: datetime) -> None:
    handler = ports.feed_handler(kind)
    try:
        if handler is None:
            raise FeedKindUnknown(kind=kind)
        with transaction.atomic():
            item_id = uuid5(NAMESPACE_URL, f"dekat:feed:{scope}:{kind}:{key}:{seq}")
            handler(item_id=item_id, node=node, body=json.loads(body), now=now)
    except OperationalError:
        # A full disk, a lock: nothing is wrong with the entry. The whole piece waits, cursor and all.
        raise
    except Exception as trouble:
        # Broken on purpose: "no bare except below a face". One entry that this release stumbles over would otherwise
        # hold back every later one of its scope for ever; it is kept, logged, and tried again at each start.
        if not isinstance(trouble, DekatError):
            logger.exception("sync.feed.fault", extra={"kind": kind})
        Unapplied.objects.update_or_create(
            scope=scope,
            kind=kind,
            key=key,
            defaults={"seq": seq, "body": body, "code": getattr(trouble, "code", FEED_FAULT)},
        )
    else:
        Unapplied.objects.filter(scope=scope, kind=kind, key=key).delete()


def _read(data: bytes, source: NodeIdentity) -> _Batch:
    try:
        outer = read_cbor(data)
        written, payload, signature = outer["header"], outer["payload"], outer["signature"]
        message = written + b"\x00" + payload
        if not source.verify_key.accepts(context=SIGNING_CONTEXT, message=message, signature=signature):
            raise BatchInvalid(scope="")
        said = read_json(written)
        plain = read_cbor(unpack(payload, limit=_MAX_UNPACKED))
        entries = [_entry(*entry) for entry in a_list(plain)]
        scope = a_text(said["scope"])
        batch = _Batch(a_text(said["epoch"]), scope, a_count(said["after"]), a_count(said["through"]), entries)
    except (ValueError, TypeError, KeyError) as error:
        raise BatchInvalid(scope="") from error
    if scope not in _own_scopes():
        raise BatchInvalid(scope=scope)
    return batch


def _rows(scope: str, after: int, newest: int, is_split: bool) -> QuerySet[FeedEntry]:
    base = scope.removesuffix(BULKY)
    rows = FeedEntry.objects.filter(scope=base, seq__gt=after, seq__lte=newest)
    if not is_split:
        return rows
    if base == scope:
        return rows.filter(is_bulky=False) if scope != EVERYWHERE else rows
    rows = rows.filter(is_bulky=True)
    snapshot = rows.exclude(replaces="").order_by("-seq").first()
    if snapshot is None:
        return rows
    older = rows.filter(kind=snapshot.replaces, seq__lt=snapshot.seq)
    told = (older.aggregate(total=Sum(Length("body")))["total"] or 0) // _SHRINKS
    if after == 0 or told > snapshot.stands_for_bytes:
        return rows.exclude(kind=snapshot.replaces, seq__lt=snapshot.seq)
    return rows


def _entry(seq: object, kind: object, key: object, body: object, blobs: object) -> _Entry:
    if not isinstance(body, bytes):
        raise TypeError
    return a_count(seq), a_text(kind), a_text(key), body, [a_text(name) for name in a_list(blobs)]


def _own_scopes() -> list[str]:
    own = own_identity().node.kecamatan
    return [EVERYWHERE, own, own + BULKY] if own else [EVERYWHERE]


def _lock(scope: str) -> None:
    """Until the commit: no reader sees number n+1 before n."""
    Counter.objects.get_or_create(name=_counter(scope))
    Counter.objects.select_for_update().get(name=_counter(scope))


def _next_number(scope: str) -> int:
    Counter.objects.filter(name=_counter(scope)).update(value=F("value") + 1)
    return head(scope)


def _counter(scope: str) -> str:
    return f"feed:{scope}"


def _epoch_path() -> Path:
    return Path(settings.ENV.data_dir) / "feed-epoch"
