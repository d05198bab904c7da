"""A photo as a card shows it: an SVG text around the picture, as the renderer takes it."""

import base64
from io import BytesIO

from PIL import Image, ImageOps

NO_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
MOST_PIXELS = 24_000_000
# Pas foto 2 x 3 at 300 dots an inch, twice over for large screens.
PASS_PHOTO = (472, 708)


def as_svg(picture: bytes) -> str:
    """The picture inside an SVG; an empty one where it is no picture that we can open, or far too large."""
    # What a station packed is not believed: neither that it is a picture, nor that it is as small as its file.
    try:
        with Image.open(BytesIO(picture), formats=["JPEG", "PNG"]) as image:
            (width, height), kind = image.size, (image.format or "PNG").lower()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return NO_PICTURE
    if width * height > MOST_PIXELS:
        return NO_PICTURE
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/{kind};base64,{data}"/></svg>'
    )


def pass_photo(picture: bytes) -> bytes:
    """A kept picture cut to 2 x 3 around its upper middle, where a head is, as JPEG."""
    with Image.open(BytesIO(picture)) as image:
        cut = ImageOps.fit(image.convert("RGB"), PASS_PHOTO, centering=(0.5, 0.3))
    out = BytesIO()
    cut.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()
