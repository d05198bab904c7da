"""Pictures that somebody uploads."""

from io import BytesIO

from PIL import Image


def picture(colour: str = "teal") -> bytes:
    """A small JPEG."""
    out = BytesIO()
    Image.new("RGB", (80, 60), colour).save(out, "JPEG")
    return out.getvalue()
