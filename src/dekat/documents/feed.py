"""Documents on the change feed: the centre publishes, the station of the kecamatan holds them ready to print."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dekat.documents.kinds import DocumentStatus
from dekat.documents.models import Document, StampKeyRecord
from dekat.documents.papers import PRINTED_AT_STATIONS
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.sync import services as sync

FEED_KIND = "document/1"
FETCHED_KIND = "document_fetched/1"


def offer_file(*, kind: str, kecamatan: str, pdf: bytes) -> None:
    """Let the kecamatan's station fetch the file, where it is one that stations print."""
    if kecamatan and kind in PRINTED_AT_STATIONS:
        sync.publish_blob(pdf)


def publish(row: Document, *, now: datetime) -> None:
    """Tell the kecamatan's station where its document stands, in the transaction of the change."""
    if row.kecamatan and row.kind in PRINTED_AT_STATIONS:
        sync.publish(
            scope=row.kecamatan,
            kind=FEED_KIND,
            key=str(row.id),
            body=document_message(row),
            blobs=[row.sha256] if row.status == DocumentStatus.ACTIVE else [],
            now=now,
        )


def publish_fetched(row: Document, *, now: datetime) -> None:
    """Tell the kecamatan's station that the resident has the paper already, in the transaction of the change."""
    if row.kecamatan and row.kind in PRINTED_AT_STATIONS and row.fetched_at:
        body: dict[str, Json] = {"id": str(row.id), "fetched_at": iso(row.fetched_at)}
        sync.publish(scope=row.kecamatan, kind=FETCHED_KIND, key=str(row.id), body=body, now=now)


def document_message(row: Document) -> dict[str, Json]:
    """The document as the feed carries it: the register's line and the SHA-256 of its file, not the content."""
    return {
        "id": str(row.id),
        "kind": row.kind,
        "subject": row.subject,
        "kecamatan": row.kecamatan,
        "version": row.version,
        "serial": row.serial,
        "status": row.status,
        "sha256": row.sha256,
        "size_bytes": row.size_bytes,
        "page_count": row.page_count,
        "stamp": bytes(row.stamp).hex(),
        "signer": row.signer,
        "is_specimen": row.is_specimen,
        "issued_at": iso(row.issued_at),
        "changed_at": iso(row.changed_at),
        "superseded_by": str(row.superseded_by) if row.superseded_by else None,
        "revocation_reason": row.revocation_reason,
        "stamp_keys": stamp_keys_message(),
    }


def stamp_keys_message() -> dict[str, Json]:
    """The public keys of all our stamps, as messages carry them."""
    return {record.key_id: bytes(record.public_key).hex() for record in StampKeyRecord.objects.order_by("key_id")}


def apply_document(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep a document as the centre published it; the handler of `document/1`.

    Again: the newest message wins; a repeat changes nothing.
    """
    instants = {name: from_iso(str(body[name])) for name in ("issued_at", "changed_at")}
    fields = {name: value for name, value in body.items() if name not in {"id", "stamp", "stamp_keys", *instants}}
    if body["status"] == DocumentStatus.ACTIVE:
        _make_room(body, instants["changed_at"])
    Document.objects.update_or_create(
        id=UUID(str(body["id"])), defaults={**fields, **instants, "stamp": bytes.fromhex(str(body["stamp"]))}
    )
    keep_stamp_keys(body["stamp_keys"], now)


def apply_fetched(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Know that a resident has a paper already; the handler of `document_fetched/1`.

    Again: changes nothing, and neither does news of a document that this station does not hold.
    """
    Document.objects.filter(id=UUID(str(body["id"]))).update(fetched_at=from_iso(str(body["fetched_at"])))


def _make_room(body: Mapping[str, Json], changed_at: datetime) -> None:
    former = Document.objects.filter(kind=body["kind"], subject=body["subject"], status=DocumentStatus.ACTIVE)
    former.exclude(id=UUID(str(body["id"]))).update(
        status=DocumentStatus.SUPERSEDED, superseded_by=UUID(str(body["id"])), changed_at=changed_at
    )


def keep_stamp_keys(keys: Json, now: datetime) -> None:
    """Know the keys that a message of the centre carries."""
    if not isinstance(keys, Mapping):
        return
    for key_id, public in keys.items():
        StampKeyRecord.objects.get_or_create(
            key_id=key_id, defaults={"public_key": bytes.fromhex(str(public)), "first_used_at": now}
        )
