"""Questions to sync: what is safe here, what arrived, what stands aside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, Sum

from dekat.accounts.queries import centre_keys, own_identity
from dekat.sync import envelope, files
from dekat.sync.models import Blob, BlobWanted, FeedEntry, InItem, OutboxHead, OutItem, Settlement, Stray, Unapplied
from dekat.sync.receipts import Receipt, read
from dekat.sync.room import RESERVE_BYTES
from dekat.sync.rules import LONGEST_WAIT, MAX_PACKET_BYTES, WAITING, Carrier, InState, OutState


@dataclass(frozen=True)
class PacketStatus:
    """Where a packet or message is.

    Facts: at a station `state` is an `OutState`, at the centre an `InState`; `sent_bytes` of `size_bytes` are at the
    centre; `code` says why it stands aside.
    """

    packet_id: UUID
    kind: str
    seq: int
    state: str
    size_bytes: int
    sent_bytes: int
    sealed_at: datetime
    received_at: datetime | None
    code: str


@dataclass(frozen=True)
class OutboxSummary:
    """What waits on this station, for "37 rekaman aman di sini"."""

    waiting_count: int
    waiting_bytes: int
    oldest_sealed_at: datetime | None
    message_count: int
    quarantined_count: int


@dataclass(frozen=True)
class OutboxItem:
    """An item that the line may take."""

    id: UUID
    carrier: Carrier
    seq: int
    size_bytes: int
    digest: bytes
    state: OutState


@dataclass(frozen=True)
class AsideItem:
    """An item at the centre that somebody must look at."""

    id: UUID
    node: str
    seq: int
    kind: str
    code: str
    received_at: datetime


def packet_status(packet_id: UUID) -> PacketStatus | None:
    """Where a packet (or message) is, as this machine knows it; None when it never was here."""
    if sent := OutItem.objects.filter(id=packet_id).first():
        return PacketStatus(
            sent.id,
            sent.kind,
            sent.seq,
            sent.state,
            sent.size_bytes,
            sent.sent_bytes,
            sent.sealed_at,
            sent.received_at,
            sent.code,
        )
    if came := InItem.objects.filter(id=packet_id).first():
        return PacketStatus(
            came.id,
            came.kind,
            came.seq,
            came.state,
            came.size_bytes,
            came.size_bytes,
            came.sealed_at,
            came.received_at,
            came.code,
        )
    return None


def receipt_text(packet_id: UUID) -> str:
    """The signed receipt as it travels; empty when the item is not held."""
    row = InItem.objects.filter(id=packet_id).first() or OutItem.objects.filter(id=packet_id).first()
    return row.receipt if row else ""


def receipts(packet_id: UUID) -> list[Receipt]:
    """The signed receipts for an item, oldest first; empty until the centre answered."""
    text = receipt_text(packet_id)
    return [read(text, centre_keys())] if text else []


def outbox_summary() -> OutboxSummary:
    """What waits on this station for the centre."""
    waiting = OutItem.objects.filter(state__in=WAITING)
    packets = waiting.filter(carrier=Carrier.PACKET).aggregate(
        count=Count("id"), size=Sum("size_bytes"), oldest=Min("sealed_at")
    )
    return OutboxSummary(
        waiting_count=packets["count"],
        waiting_bytes=packets["size"] or 0,
        oldest_sealed_at=packets["oldest"],
        message_count=waiting.filter(carrier=Carrier.MESSAGE).count(),
        quarantined_count=OutItem.objects.filter(state__in=(OutState.QUARANTINED, OutState.HELD)).count(),
    )


def items_to_send(
    *,
    carrier: Carrier,
    missing: list[int] | None = None,
    incarnation: bytes = b"",
    limit: int = 200,
    now: datetime | None = None,
) -> list[OutboxItem]:
    """What the line should take next, oldest first: all that waits, and what the centre says it lacks.

    Facts: with `now`, items that rest after a refusal are left out until their time. A rest that lies further ahead
    than any rest may is of a clock that was wrong, and is over.
    """
    rows = OutItem.objects.filter(carrier=carrier)
    if now is not None:
        rows = rows.filter(Q(next_at__isnull=True) | Q(next_at__lte=now) | Q(next_at__gt=now + 2 * LONGEST_WAIT))
    waiting = list(rows.filter(state__in=WAITING)[:limit])
    # What a restored centre lost goes again while its bytes are here, whatever its backup once promised.
    delivered = (OutState.RECEIVED, OutState.DURABLE, OutState.PURGEABLE)
    lost = rows.filter(state__in=delivered, seq__in=missing or [], incarnation=incarnation)
    found = sorted([*waiting, *lost[:limit]], key=lambda row: row.seq)
    return [
        OutboxItem(row.id, Carrier(row.carrier), row.seq, row.size_bytes, bytes(row.digest), OutState(row.state))
        for row in found[:limit]
    ]


def sealed_bytes(item_id: UUID) -> bytes | None:
    """The envelope of an item of the outbox, as it was sealed; None when its bytes are gone.

    Facts: what the disk does not give any more is empty, and so differs from the digest like other damage.
    """
    row = OutItem.objects.filter(id=item_id).first()
    if row is None:
        return None
    if row.envelope is not None:
        return bytes(row.envelope)
    try:
        return files.outbox_path(item_id).read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def opened_packet(packet_id: UUID) -> bytes | None:
    """The content of a packet that the centre holds, opened in memory; None when its bytes are not here.

    Refuses: what a damaged envelope is refused with.
    """
    row = InItem.objects.filter(id=packet_id).first()
    if row is None or not row.path:
        return None
    path = files.packet_path(row.id, row.received_at.year)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    return envelope.parse(data, max_bytes=MAX_PACKET_BYTES).open(own_identity().open_key)


def quarantine() -> list[AsideItem]:
    """The items at the centre that stand aside or wait for a newer release and are not closed, oldest first."""
    closed = Settlement.objects.filter(is_done=True).values_list("digest", flat=True)
    rows = InItem.objects.exclude(state=InState.APPLIED).exclude(digest__in=closed).select_related("lane")
    held = [AsideItem(row.id, row.lane.node, row.seq, row.kind, row.code, row.received_at) for row in rows]
    found = Stray.objects.exclude(digest__in=closed)
    strays = [AsideItem(row.item_id, row.node, row.seq, "", row.code, row.received_at) for row in found]
    return sorted(held + strays, key=lambda item: (item.received_at, item.node, item.seq))


def clock_offset_ms() -> int | None:
    """How far the centre's clock was ahead of this machine's at their last contact; None before the first."""
    head = OutboxHead.objects.filter(node=own_identity().node.name).first()
    return head.clock_offset_ms if head else None


def blob(sha256: str) -> bytes | None:
    """The bytes of this name, or None when they are not here (yet)."""
    row = Blob.objects.filter(sha256=sha256).first()
    return bytes(row.content) if row else None


def held_blobs(names: Iterable[str]) -> set[str]:
    """Which of these bytes are here."""
    return set(Blob.objects.filter(sha256__in=list(names)).values_list("sha256", flat=True))


def wanted_blobs(*, free_bytes: int | None = None) -> list[str]:
    """The bytes this station still has to fetch: what has no kind first (documents, pictures), then the rest.

    Facts: while the disk is low by `free_bytes`, the population and videos wait: the room is for recordings.
    """
    rows = BlobWanted.objects.order_by("kind", "wanted_at", "sha256")
    if free_bytes is not None and free_bytes < RESERVE_BYTES:
        rows = rows.filter(kind="")
    return list(rows.values_list("sha256", flat=True))


def told(*, scope: str, kind: str, key: str) -> bytes:
    """What this centre told last of something, as canonical JSON; empty when it never did."""
    row = FeedEntry.objects.filter(scope=scope, kind=kind, key=key).first()
    return bytes(row.body) if row else b""


def told_since(*, scope: str, kind: str, key: str, of: str) -> int:
    """How many entries of the kind `of` were told in a scope since the last one of (kind, key), or ever."""
    row = FeedEntry.objects.filter(scope=scope, kind=kind, key=key).first()
    return FeedEntry.objects.filter(scope=scope, kind=of, seq__gt=row.seq if row else 0).count()


def unapplied_count() -> int:
    """How many feed entries wait because nobody here could take them."""
    return Unapplied.objects.count()
