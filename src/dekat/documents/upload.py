"""Judge what a checker uploads: a photo or a scan of the paper, or the PDF itself. Nothing of it is kept."""

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

import zxingcpp
from PIL import Image, UnidentifiedImageError

from dekat.documents import verification
from dekat.documents.verification import Answer, Verdict
from dekat.kernel.errors import DekatError

if TYPE_CHECKING:
    from pikepdf import PdfImage

MOST_PIXELS = 50_000_000
# A phone's photo has more pixels than reading needs; a code of 61 modules on A4 wants about 1800 across the page.
READING_SIDE = 3400
SIGNED_PDF_MARK = b"/ByteRange"
MOST_SCANS = 6
MOST_PAGES = 20


class NoCode(DekatError):
    """The upload shows no code of ours and is no signed PDF, so nothing can be said about it."""

    code = "documents.upload.no_code"


def judge(content: bytes) -> Answer:
    """Judge a photo or a scan by its QR code, a signed PDF by its bytes.

    Facts: a scan saved as PDF is no forgery, its pictures are read; a signed file that we do not know is one.
    Refuses: documents.upload.no_code.
    """
    if SIGNED_PDF_MARK in content and content.startswith(b"%PDF"):
        return verification.of_file(content)
    answers = [verification.of_code(text) for text in codes_in(content) if "#" in text]
    if not answers:
        raise NoCode
    return next((answer for answer in answers if answer.verdict is not Verdict.FALSE), answers[0])


def codes_in(content: bytes) -> list[str]:
    """What the QR codes in a photo, or in the scanned pages of a PDF, say.

    Refuses: documents.upload.no_code for what is neither.
    """
    if not content.startswith(b"%PDF"):
        return _codes(content)
    return [text for picture in _scans(content) for text in _codes(picture)]


def _scans(pdf: bytes) -> Iterator[bytes]:
    """The pictures in a PDF: JPEG as it is stored, anything else drawn anew, what cannot be read left out."""
    # 20 MB that a station, which rarely sees a scan, does without.
    import pikepdf
    from pikepdf.exceptions import PikepdfError

    # What a stranger's PDF makes pikepdf raise: the last one for ways of packing a picture that it does not unpack.
    strange = (PikepdfError, OSError, ValueError, TypeError, KeyError, AttributeError, NotImplementedError)
    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            found = (image for page in islice(opened.pages, MOST_PAGES) for image in page.get_images().values())
            for image in islice(found, MOST_SCANS):
                with suppress(*strange):
                    yield _as_file(pikepdf.PdfImage(image))  # type: ignore[arg-type]
    except strange as error:
        raise NoCode from error


def _as_file(image: "PdfImage") -> bytes:
    if image.width * image.height > MOST_PIXELS:
        raise ValueError("more pixels than any scan")
    written = BytesIO()
    if image.extract_to(stream=written) not in (".jpg", ".png"):
        written = BytesIO()
        image.as_pil_image().convert("L").save(written, "PNG")
    return written.getvalue()


def _codes(content: bytes) -> list[str]:
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NoCode
            image.draft("L", (READING_SIDE, READING_SIDE))
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NoCode from error
    grey.thumbnail((READING_SIDE, READING_SIDE))
    # Small codes are read at twice their size: measured, it rescues most that fail at first.
    for factor in (1, 2):
        width, height = grey.width * factor, grey.height * factor
        # A buffer is enough; NumPy would take 20 MB of every machine.
        pixels = memoryview(grey.resize((width, height)).tobytes()).cast("B", (height, width))
        found = [code.text for code in zxingcpp.read_barcodes(pixels)]
        if found:
            return found
    return []
