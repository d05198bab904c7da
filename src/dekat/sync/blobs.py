"""Large immutable bytes under the name of their own SHA-256; fetched when wanted, resumed where they broke off."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256 as _sha256

from django.db import transaction

from dekat.kernel.errors import DekatError
from dekat.sync import ports
from dekat.sync.models import Blob, BlobWanted
from dekat.sync.rules import MAX_BLOB_BYTES


class BlobTooLarge(DekatError):
    """The bytes are larger than a station should fetch in one piece."""

    code = "sync.blob.too_large"


class BlobAltered(DekatError):
    """Fetched bytes are not the ones their name promises."""

    code = "sync.blob.altered"


def publish_blob(content: bytes) -> str:
    """Keep bytes for stations to fetch; give their SHA-256 in hex.

    Again: the same bytes are kept once.
    Refuses: sync.blob.too_large.
    """
    if len(content) > MAX_BLOB_BYTES:
        raise BlobTooLarge(bytes=len(content))
    name = _sha256(content).hexdigest()
    Blob.objects.get_or_create(sha256=name, defaults={"content": content, "size_bytes": len(content)})
    return name


def want_blob(*, sha256: str, now: datetime, kind: str = "") -> None:
    """Have the station fetch these bytes at the next chance, unless it has them.

    Facts: bytes of a `kind` go to whoever takes it (`ports.on_blob`) and are not kept; they are fetched after the rest.
    Again: wanted once.
    """
    if kind or not Blob.objects.filter(sha256=sha256).exists():
        BlobWanted.objects.get_or_create(sha256=sha256, defaults={"wanted_at": now, "kind": kind})


def keep_fetched(*, sha256: str, content: bytes, now: datetime) -> None:
    """Keep bytes that came from the centre, if they are what their name promises, or give them to who wanted them.

    Refuses: sync.blob.altered, sync.blob.too_large.
    """
    if _sha256(content).hexdigest() != sha256:
        raise BlobAltered(sha256=sha256)
    wanted = BlobWanted.objects.filter(sha256=sha256).first()
    if wanted and (taker := ports.blob_handler(wanted.kind)):
        # Removed last: a crash before it fetches these bytes once more, which changes nothing.
        taker(sha256=sha256, content=content, now=now)
        wanted.delete()
        return
    with transaction.atomic():
        publish_blob(content)
        BlobWanted.objects.filter(sha256=sha256).delete()


def wipe_blobs() -> None:
    """Delete every fetched document of a station that is no longer believed.

    Again: nothing is left.
    """
    Blob.objects.all().delete()
    BlobWanted.objects.all().delete()


def give_up(*, sha256: str) -> None:
    """Stop asking for bytes that the centre says it does not have."""
    BlobWanted.objects.filter(sha256=sha256).delete()


def drop(*, sha256s: Iterable[str]) -> None:
    """At the centre: forget bytes that no station needs any longer."""
    Blob.objects.filter(sha256__in=list(sha256s)).delete()
