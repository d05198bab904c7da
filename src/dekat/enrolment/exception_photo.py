"""The exception photo: waist-up with both hands visible, for whoever decides at the centre. It is on no card."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image, UnidentifiedImageError

from dekat.accounts.actor import Actor
from dekat.enrolment.models import Recording, StepCapture
from dekat.enrolment.portrait import LARGEST_BYTES, PhotoTooSmall, PhotoUnreadable
from dekat.enrolment.positions import Position
from dekat.enrolment.saving import save
from dekat.enrolment.states import Purpose

LEAST_WIDTH, LEAST_HEIGHT = 320, 240
_LARGEST_PIXELS = 24_000_000
_KEPT_SIDE = 1200
_JPEG_START = b"\xff\xd8\xff"


def keep_exception_photo(
    *, recording_id: UUID, step_id: UUID, jpeg: bytes, camera: str, actor: Actor, now: datetime
) -> None:
    """Keep the photo that shows what is missing; a second one takes the place of the first. No cloth is asked for.

    Refuses: enrolment.photo.unreadable, enrolment.photo.too_small.
    Law: perekaman-pengecualian
    """
    plain = plain_jpeg(jpeg)

    def keep(recording: Recording) -> None:
        StepCapture.objects.update_or_create(
            recording=recording,
            position=Position.FACE,
            purpose=Purpose.EXCEPTION,
            defaults={
                "image": plain,
                "preview": plain,
                "score": 0,
                "wanted_score": 0,
                "device_make": "webcam",
                "device_model": camera[:80],
                "hash_hex": "",
                "captured_at": now,
            },
        )

    save(recording_id, step_id, None, "exception_photo", keep, actor=actor, now=now)


def skip_exception_photo(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Go on without the photo (the camera is broken, the resident does not want it); that it was asked for is kept."""
    save(recording_id, step_id, None, "exception_photo_skipped", lambda recording: None, actor=actor, now=now)


def plain_jpeg(data: bytes) -> bytes:
    """The picture alone, without whatever else its file carried (place, camera, comments).

    Refuses: enrolment.photo.unreadable, enrolment.photo.too_small.
    """
    if not data.startswith(_JPEG_START) or len(data) > LARGEST_BYTES:
        raise PhotoUnreadable
    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as opened:
            if opened.width * opened.height > _LARGEST_PIXELS:
                raise PhotoUnreadable
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable from error
    if picture.width < LEAST_WIDTH or picture.height < LEAST_HEIGHT:
        raise PhotoTooSmall(width=picture.width, height=picture.height)
    picture.thumbnail((_KEPT_SIDE, _KEPT_SIDE))
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
