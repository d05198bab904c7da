"""Packets on their way in: bytes gather in a part file whose length is the only truth about progress.

Only unfinished uploads are ever dropped here, never what is held; the station has the sealed packet until the receipt.
"""

import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction

from dekat.accounts.queries import NodeUnknown
from dekat.accounts.queries import node as known_node
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.sync import files, inbox
from dekat.sync.models import InItem, Upload
from dekat.sync.rules import MAX_PACKET_BYTES

logger = logging.getLogger(__name__)
UPLOAD_LIFE = timedelta(days=7)
MAX_OPEN_UPLOADS = 32
# A live upload is dropped for another one only on a disk that is low, and only when nothing came for so long.
QUIET = timedelta(days=1)
# Of what would be free without them, all unfinished uploads together may promise themselves this much.
OPEN_SHARE = 0.5
# Kept free whatever happens: the database writes its log into it.
_SPARE_BYTES = 64 * 1024 * 1024


class UploadUnknown(DekatError):
    """No upload of this name belongs to this station."""

    code = "sync.upload.unknown"


class UploadDiffers(DekatError):
    """An upload was begun under this name with another length or digest."""

    code = "sync.upload.differs"


class TooManyUploads(DekatError):
    """This station has begun too many uploads without finishing them."""

    code = "sync.upload.too_many"


class UploadTooLarge(DekatError):
    """The announced length is larger than a packet may be, or is none."""

    code = "sync.upload.too_large"


class UploadCorrupt(DekatError):
    """The bytes that arrived are not the ones that were announced; they are sent again from the beginning."""

    code = "sync.upload.corrupt"


class CentreFull(DekatError):
    """The centre's disk has no room; nothing that arrived is lost. `offset`: the bytes of this upload that are kept."""

    code = "sync.centre.full"


@dataclass(frozen=True)
class Progress:
    """How far an upload is; `receipt` as soon as the packet is held, `sha256` where the client announced it."""

    id: str
    length_bytes: int
    offset_bytes: int
    expires_at: datetime | None
    receipt: str
    is_new: bool = False
    sha256: str = ""


def begin_upload(*, upload_id: str, node: str, length_bytes: int, sha256: str, now: datetime) -> Progress:
    """Make room for a packet, or say how far it already is.

    Facts: `upload_id` is the packet's id where the client chose it, empty where the centre should; `sha256` in hex or
    empty.
    Again: the same id gives the same upload with its present offset, or the receipt.
    Refuses: sync.upload.differs, sync.upload.too_many, sync.upload.too_large, sync.centre.full, sync.upload.unknown.
    """
    if not 0 < length_bytes <= MAX_PACKET_BYTES:
        raise UploadTooLarge(bytes=length_bytes, limit=MAX_PACKET_BYTES)
    sweep_uploads(now=now)
    name = _name(upload_id) if upload_id else str(new_id(now))
    try:
        return _begun(name, node, length_bytes, sha256, now)
    except IntegrityError:
        # Another question of the same station began it between our look and our write.
        return _begun(name, node, length_bytes, sha256, now)


def _begun(name: str, node: str, length_bytes: int, sha256: str, now: datetime) -> Progress:
    with transaction.atomic():
        known = Upload.objects.select_for_update().filter(id=name).first()
        if known is None and (held := _held(name, node, sha256, length_bytes)):
            return held
        if known and known.node != node:
            raise UploadUnknown
        if known and (known.length_bytes, known.sha256) != (length_bytes, sha256):
            raise UploadDiffers
        row = known or _opened(name, node, length_bytes, sha256, now)
        row.expires_at = now + UPLOAD_LIFE
        row.save()
    return _progress(row, is_new=known is None)


def upload_progress(*, upload_id: str, node: str) -> Progress:
    """How far an upload of this station is.

    Refuses: sync.upload.unknown.
    """
    row = Upload.objects.filter(id=upload_id, node=node).first()
    if row:
        return _progress(row)
    if held := _held(_name(upload_id), node, "", None):
        return held
    raise UploadUnknown


def finish_upload(*, upload_id: str, node: str, now: datetime) -> str:
    """Hold a completely uploaded packet and give its receipt.

    Again: the first receipt.
    Refuses: sync.upload.corrupt, and what `take_packet` refuses; after those the upload is gone.
    sync.centre.full: it stays.
    """
    row = Upload.objects.filter(id=upload_id, node=node).first()
    if row is None:
        return upload_progress(upload_id=upload_id, node=node).receipt
    part = files.part_path(row.id)
    try:
        if row.sha256 and _digest(part) != row.sha256:
            logger.warning("sync.upload.started_again", extra={"upload": row.id, "node": row.node})
            part.unlink()
            raise UploadCorrupt
        receipt = inbox.take_packet(file=part, now=now, sent_by=node)
    except FileNotFoundError:
        # Another request finished it between our look and our reading.
        return upload_progress(upload_id=upload_id, node=node).receipt
    except UploadCorrupt:
        raise
    except DekatError:
        drop_upload(upload_id=upload_id, node=node)
        raise
    except OSError as error:
        if files.is_disk_full(error):
            raise CentreFull from error
        raise
    drop_upload(upload_id=upload_id, node=node)
    return receipt


def drop_upload(*, upload_id: str, node: str) -> None:
    """Forget an unfinished upload and its bytes.

    Again: nothing.
    """
    gone, _ = Upload.objects.filter(id=upload_id, node=node).delete()
    if gone:
        files.part_path(upload_id).unlink(missing_ok=True)


def sweep_uploads(*, now: datetime) -> int:
    """Forget uploads nobody came back to within their life, and bytes whose upload is gone; give how many.

    Again: finds nothing.
    """
    stale = list(Upload.objects.filter(expires_at__lt=now))
    for row in stale:
        drop_upload(upload_id=row.id, node=row.node)
    return len(stale) + _remove_strays()


def _remove_strays() -> int:
    """A stop between the row's deletion and the file's leaves one. The row is always made before the file."""
    parts = list(files.part_path("").parent.glob("*.part"))
    known = set(Upload.objects.values_list("id", flat=True))
    strays = [part for part in parts if part.stem not in known]
    for part in strays:
        part.unlink(missing_ok=True)
    return len(strays)


def _opened(name: str, node: str, length_bytes: int, sha256: str, now: datetime) -> Upload:
    if Upload.objects.filter(node=node).count() >= MAX_OPEN_UPLOADS:
        raise TooManyUploads(count=MAX_OPEN_UPLOADS)
    _make_room(length_bytes, now)
    return Upload(
        id=name, node=node, length_bytes=length_bytes, sha256=sha256, created_at=now, expires_at=now + UPLOAD_LIFE
    )


def _make_room(length_bytes: int, now: datetime) -> None:
    """See that an upload fits beside what the others were promised, if need be by dropping unfinished ones.

    Facts: first those of stations that are not believed any longer, then those where nothing came for a day; oldest
    first. The disk is never written to find out: what was promised to the others counts as used.
    """
    if _fits(length_bytes):
        return
    for row in _droppable(now):
        drop_upload(upload_id=row.id, node=row.node)
        if _fits(length_bytes):
            return
    raise CentreFull


def _fits(length_bytes: int) -> bool:
    promised, gathered = 0, 0
    for row in Upload.objects.all():
        promised += row.length_bytes
        gathered += _size(files.part_path(row.id))
    folder = part_file("x").parent
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    is_fair = promised + length_bytes <= OPEN_SHARE * (free + gathered)
    return is_fair and free - (promised - gathered) >= length_bytes + _SPARE_BYTES


def _droppable(now: datetime) -> list[Upload]:
    rows = list(Upload.objects.order_by("created_at", "id"))
    strangers = {name for name in {row.node for row in rows} if _is_stranger(name)}
    quiet = [row for row in rows if row.node not in strangers and _touched_at(row) < now - QUIET]
    return [row for row in rows if row.node in strangers] + quiet


def _is_stranger(name: str) -> bool:
    try:
        return known_node(name).revoked_after_seq is not None
    except NodeUnknown:
        return True


def _touched_at(row: Upload) -> datetime:
    """When its station last asked for it, or its last byte came."""
    asked_at = row.expires_at - UPLOAD_LIFE
    try:
        written_at = datetime.fromtimestamp(files.part_path(row.id).stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return asked_at
    return max(asked_at, written_at)


def _held(name: str, node: str, sha256: str, length_bytes: int | None) -> Progress | None:
    """The packet of this name when the centre holds it; not when the client announces other bytes for it."""
    item = InItem.objects.select_related("lane").filter(id=UUID(name), lane__node=node).first()
    if item is None or (sha256 and bytes(item.digest).hex() != sha256):
        return None
    if length_bytes is not None and length_bytes != item.size_bytes:
        return None
    return Progress(name, item.size_bytes, item.size_bytes, None, item.receipt)


def _progress(row: Upload, *, is_new: bool = False) -> Progress:
    if _size(files.part_path(row.id)) > row.length_bytes:
        # Only a power cut or a damaged file system leaves more than was ever written.
        logger.warning("sync.upload.started_again", extra={"upload": row.id, "node": row.node})
        files.part_path(row.id).unlink()
    return Progress(row.id, row.length_bytes, _size(files.part_path(row.id)), row.expires_at, "", is_new, row.sha256)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _name(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise UploadUnknown from error


def part_file(upload_id: str) -> Path:
    """Where the bytes of an upload gather."""
    return files.part_path(upload_id)
