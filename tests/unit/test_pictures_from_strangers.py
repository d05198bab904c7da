"""A picture that claims to be huge, or is none, costs no memory and stops no work."""

import re
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from dekat.cases.pictures import NotAPicture, clean_picture
from dekat.documents.upload import NoCode, judge
from dekat.enrolment.portrait import PhotoUnreadable, checked_portrait
from dekat.enrolment.services import _is_drawing
from dekat.enrolment.states import Background
from dekat.flows.photo_on_card import NO_PICTURE, as_svg
from tests.make.portraits import signature_png


def bomb(side=60_000):
    """A PNG of a few bytes that opens to gigabytes."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(100_000))), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def huge_jpeg():
    """A small JPEG whose header says 60,000 by 60,000."""
    out = BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG")
    size = struct.pack(">HH", 60_000, 60_000)
    return re.sub(rb"(\xff\xc0..\x08)....", lambda found: found[1] + size, out.getvalue(), count=1, flags=re.DOTALL)


STRANGE = [
    huge_jpeg(),
    bomb(),
    bomb(9_000),
    b"",
    b"GIF89a",
    b"<svg onload='alert(1)'/>",
    b"\x89PNG\r\n\x1a\n" + bytes(99),
]


@pytest.mark.parametrize("raw", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_picture_is_refused_by_all_who_take_pictures(raw):
    with pytest.raises(NotAPicture):
        clean_picture(raw)
    with pytest.raises(NoCode):
        judge(raw)
    with pytest.raises(PhotoUnreadable):
        checked_portrait(raw, wanted=Background.BLUE)
    assert not _is_drawing(raw)
    assert as_svg(raw) == NO_PICTURE


def test_a_kept_picture_says_nothing_of_place_or_camera():
    raw = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    Image.new("RGB", (40, 30)).save(raw, "JPEG", exif=exif)

    assert b"Rahasia" in raw.getvalue()
    assert b"Rahasia" not in clean_picture(raw.getvalue())


def test_a_real_signature_is_a_drawing():
    assert _is_drawing(signature_png())
    assert "<image" in as_svg(signature_png())
