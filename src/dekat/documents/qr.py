"""QR codes as drawings: one path, sharp at every size."""

from io import BytesIO
from itertools import groupby

import zxingcpp
from PIL import Image, UnidentifiedImageError

LIGHT = 128
_READING_SIDE, _MOST_PIXELS = 1600, 50_000_000


def qr_svg(text: str, *, dark: str = "#10243e", quiet_zone: int = 0) -> str:
    """Draw a QR code with error correction M; the writer mixes segments, so capitals stay small.

    Facts: `quiet_zone` counts the light modules around it; paper brings its own margin.
    """
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # An image is a buffer, whatever its stub says; NumPy, the usual way to read it, would take 20 MB of every desk.
    image = memoryview(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    side, pixels = len(image), bytes(image)
    lines = ([pixel < LIGHT for pixel in pixels[row * side : (row + 1) * side]] for row in range(side))
    path = "".join(_runs(line, row, quiet_zone) for row, line in enumerate(lines))
    size = side + 2 * quiet_zone
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="{dark}" d="{path}"/></svg>'
    )


def _runs(line: list[bool], row: int, offset: int) -> str:
    pieces, column = [], 0
    for is_dark, run in groupby(line):
        length = len(list(run))
        if is_dark:
            pieces.append(f"M{column + offset} {row + offset}h{length}v1h-{length}z")
        column += length
    return "".join(pieces)


def read_qr(picture: bytes) -> list[str]:
    """What the codes in a photo say; nothing when it shows none or is no photo."""
    try:
        with Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > _MOST_PIXELS:
                return []
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return []
    grey.thumbnail((_READING_SIDE, _READING_SIDE))
    # A buffer is enough; NumPy would take 20 MB of every desk.
    pixels = memoryview(grey.tobytes()).cast("B", (grey.height, grey.width))
    return [code.text for code in zxingcpp.read_barcodes(pixels)]
