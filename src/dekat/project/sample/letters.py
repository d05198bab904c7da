"""Pictures of letters that nobody ever wrote: what residents of the sample regency photograph as evidence."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

_SIZE = (900, 1200)
_PAPER, _INK, _PALE, _TABLE = "#fbfaf4", "#23282d", "#b9b4a4", "#7d6f5d"


def letter(lines: Sequence[str]) -> bytes:
    """A sheet on a table, in JPEG, with these lines on it and CONTOH across it."""
    picture = Image.new("RGB", _SIZE, _TABLE)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 60, _SIZE[0] - 60, _SIZE[1] - 60), fill=_PAPER)
    draw.text((_SIZE[0] // 2, 860), "CONTOH", fill=_PALE, font=ImageFont.load_default(150), anchor="mm")
    for number, line in enumerate(lines):
        size, top = (46, 170) if number == 0 else (34, 260 + 70 * number)
        draw.text((130, top), line, fill=_INK, font=ImageFont.load_default(size))
    for top in (640, 700, 760):
        draw.line((130, top, 770, top), fill=_PALE, width=3)
    out = BytesIO()
    picture.rotate(1.5, fillcolor=_TABLE).save(out, "JPEG", quality=80)
    return out.getvalue()
