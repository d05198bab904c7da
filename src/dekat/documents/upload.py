"""Judge what a checker uploads: a photo of the paper, or the PDF itself. Nothing of it is kept."""

from io import BytesIO

import numpy as np
import zxingcpp
from PIL import Image, UnidentifiedImageError

from dekat.documents import verification
from dekat.documents.verification import Answer, Verdict
from dekat.kernel.errors import DekatError

MOST_PIXELS = 50_000_000
# A phone's photo has more pixels than reading needs; a code of 61 modules on A4 wants about 1800 across the page.
READING_SIDE = 2400
SIGNED_PDF_MARK = b"/ByteRange"


class NoCode(DekatError):
    """The upload shows no code of ours and is no signed PDF, so nothing can be said about it."""

    code = "documents.upload.no_code"


def judge(content: bytes) -> Answer:
    """Judge a photo by its QR code, a signed PDF by its bytes.

    Refuses: documents.upload.no_code.
    """
    if content.startswith(b"%PDF"):
        # A scan saved as PDF is no forgery; it just says nothing. A signed file that we do not know is one.
        if SIGNED_PDF_MARK not in content:
            raise NoCode
        return verification.of_file(content)
    codes = [text for text in _codes(content) if "#" in text]
    if not codes:
        raise NoCode
    answers = [verification.of_code(text) for text in codes]
    return next((answer for answer in answers if answer.verdict is not Verdict.FALSE), answers[0])


def _codes(content: bytes) -> list[str]:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NoCode
            image.draft("L", (READING_SIDE, READING_SIDE))
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise NoCode from error
    # Small codes are read at twice their size: measured, it rescues most that fail at first.
    for factor in (1, 2):
        size = (
            min(grey.width, READING_SIDE) * factor,
            grey.height * min(grey.width, READING_SIDE) // grey.width * factor,
        )
        found = [code.text for code in zxingcpp.read_barcodes(np.asarray(grey.resize(size)))]
        if found:
            return found
    return []
