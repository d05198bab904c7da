"""QR codes as drawings: one path, sharp at every size."""

from itertools import groupby

import numpy as np
import zxingcpp

LIGHT = 128


def qr_svg(text: str, *, dark: str = "#10243e", quiet_zone: int = 0) -> str:
    """Draw a QR code with error correction M; the writer mixes segments, so capitals stay small.

    Facts: `quiet_zone` counts the light modules around it; paper brings its own margin.
    """
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.asarray(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)) < LIGHT
    side = len(modules)
    path = "".join(_runs(line.tolist(), row, quiet_zone) for row, line in enumerate(modules))
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
