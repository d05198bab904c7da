"""Bytes into pixels."""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from dekat.adapters.sbi.iso import open_image, read_record
from dekat.adapters.sbi.refusals import AnswerUnreadable

Greys = NDArray[np.uint8]
Colours = NDArray[np.uint8]
Field = NDArray[np.float32]
_MOST_PIXELS = 24_000_000


class PictureUnreadable(ValueError):
    """These bytes are no picture we can open."""


def colours_of(data: bytes) -> Colours:
    """A JPEG or PNG as height x width x 3, red first."""
    return np.asarray(_opened(data).convert("RGB"))


def greys_of(data: bytes) -> Greys:
    """A JPEG or PNG as height x width; what is transparent becomes white."""
    picture = _opened(data)
    if "A" in picture.getbands():
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    return np.asarray(picture.convert("L"))


def greys_of_record(record: bytes) -> Greys:
    """The image inside an ISO/IEC 19794 container; a finger is brought to 500 pixels per inch."""
    try:
        read = read_record(record)
        grey = np.asarray(open_image(read).convert("L"))
    except (AnswerUnreadable, OSError, ValueError) as error:
        raise PictureUnreadable from error
    if read.resolution and read.resolution != 500:
        by = 500 / read.resolution
        return np.asarray(cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA), np.uint8)
    return grey


def _opened(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=["JPEG", "PNG"])
        if picture.width * picture.height > _MOST_PIXELS:
            raise PictureUnreadable
        picture.load()
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PictureUnreadable from error
    return picture
