"""Every synthetic image says that it is one."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

MARK = "CONTOH"
Grey = NDArray[np.uint8]
Field = NDArray[np.float32]


def marked(image: Image.Image) -> Image.Image:
    """The image with the mark in small print in its lower right corner."""
    draw = ImageDraw.Draw(image)
    ink = (90, 90, 90) if image.mode == "RGB" else 90
    draw.text((image.width - 40, image.height - 13), MARK, fill=ink, font=ImageFont.load_default(9))
    return image


def as_jpeg2000(image: Image.Image) -> bytes:
    """The image as lossless JPEG 2000, with the mark as its comment."""
    out = io.BytesIO()
    image.save(out, "JPEG2000", irreversible=False, comment=MARK.encode())
    return out.getvalue()


def as_jpeg(image: Image.Image, quality: int = 80) -> bytes:
    """The image as JPEG, with the mark as its comment."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, comment=MARK.encode())
    return out.getvalue()


def smooth(rng: np.random.Generator, shape: tuple[int, int], grain: int, amount: float = 1.0) -> Field:
    """Noise that varies over about `grain` pixels."""
    height, width = shape
    coarse = rng.standard_normal((height // grain + 3, width // grain + 3)).astype(np.float32)
    wide = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    return amount * np.asarray(wide, np.float32)
