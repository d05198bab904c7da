"""Pictures of originals that residents send: opened, checked, turned upright and written anew."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from dekat.kernel.errors import DekatError

_LARGEST_SIDE = 1800
_MOST_PIXELS = 50_000_000


class NotAPicture(DekatError):
    """The file is no picture that we can open, or it is too large."""

    code = "cases.attachment.not_a_picture"


def clean_picture(raw: bytes) -> bytes:
    """Give the picture as a new JPEG, readable on screen, without place, time or device of its camera.

    Refuses: cases.attachment.not_a_picture.
    """
    try:
        with Image.open(BytesIO(raw), formats=["JPEG", "PNG", "WEBP"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise NotAPicture
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPicture from error
    upright.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    out = BytesIO()
    upright.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
