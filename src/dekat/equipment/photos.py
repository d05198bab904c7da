"""Pictures of devices: made small, named by their SHA-256, and sent to the centre like other bulky things."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID, uuid5

from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from dekat.accounts.actor import Actor
from dekat.equipment.custody import is_station
from dekat.equipment.models import Paper
from dekat.equipment.upkeep_models import Photo
from dekat.kernel.errors import DekatError
from dekat.sync import services as sync

PACKET_KIND = "device_photo/1"
MOST_UPLOAD_BYTES = 12 * 1024 * 1024
_LARGEST_SIDE, _MOST_BYTES, _MOST_PIXELS = 1280, 400_000, 50_000_000
_PACKETS = UUID("0d6cf9f2-3a5b-5b0f-8a55-6f0b7cf4a1de")


class NotAPhoto(DekatError):
    """The file is no picture that we can open, or it is too large."""

    code = "equipment.photo.not_a_picture"


def keep_photo(*, raw: bytes, actor: Actor, now: datetime) -> str:
    """Keep a picture without place, time or device of its camera; give its SHA-256. A station sends it along.

    Again: the same picture is kept and sent once.
    Refuses: equipment.photo.not_a_picture.
    """
    jpeg = _small(raw)
    name = sha256(jpeg).hexdigest()
    with transaction.atomic():
        _, is_new = Photo.objects.get_or_create(sha256=name, defaults={"jpeg": jpeg, "kept_at": now})
        if is_new and is_station():
            packet_id = uuid5(_PACKETS, name)
            sync.seal_packet(packet_id=packet_id, kind=PACKET_KIND, content=jpeg, operator=actor.label, now=now)
    return name


def take_photo(*, item_id: UUID, node: str, body: bytes, now: datetime) -> None:
    """Keep a picture that a station sent (packet handler); what it shows is said by the event that names it.

    Again: the same picture is kept once.
    Refuses: equipment.photo.not_a_picture.
    """
    if len(body) > _MOST_BYTES:
        raise NotAPhoto
    _open(body, formats=["JPEG"])
    Photo.objects.get_or_create(sha256=sha256(body).hexdigest(), defaults={"jpeg": body, "kept_at": now})


def photo(name: str) -> bytes | None:
    """A picture by its SHA-256, if it is here."""
    row = Photo.objects.filter(sha256=name).first()
    return bytes(row.jpeg) if row else None


def scan_of(name: str) -> UUID | None:
    """The attached scan that is this picture, where the office kept it as one (`papers.read_paper`)."""
    row = Paper.objects.filter(sha256=name, media_type__startswith="image/").order_by("attached_at").first()
    return row.event_id if row else None


def _small(raw: bytes) -> bytes:
    upright = ImageOps.exif_transpose(_open(raw, formats=["JPEG", "PNG", "WEBP"])).convert("RGB")
    for side, quality in ((_LARGEST_SIDE, 80), (1024, 70), (800, 60)):
        upright.thumbnail((side, side))
        out = BytesIO()
        upright.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= _MOST_BYTES:
            return out.getvalue()
    raise NotAPhoto


def _open(raw: bytes, *, formats: list[str]) -> Image.Image:
    if len(raw) > MOST_UPLOAD_BYTES:
        raise NotAPhoto
    try:
        opened = Image.open(BytesIO(raw), formats=formats)
        if opened.width * opened.height > _MOST_PIXELS:
            raise NotAPhoto
        opened.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    return opened
