"""Look at finished PDFs the way strangers do: with poppler and a camera."""

import shutil
import subprocess
import tempfile

import numpy as np
import zxingcpp
from PIL import Image, ImageChops, ImageDraw, ImageFilter


def text_of(pdf: bytes, order: str = "-layout") -> str:
    """The words that any PDF reader finds on the paper."""
    return _run(pdf, "pdftotext", order, "{}", "-")


def signature_report(pdf: bytes) -> str:
    """What poppler's `pdfsig` says about the signature; nobody's certificates are trusted here."""
    return _run(pdf, "pdfsig", "-nocert", "{}")


def codes_of(pdf: bytes, *, dpi: int) -> list[str]:
    """The QR codes that a reader finds on the first page, rastered."""
    return [code.text for code in zxingcpp.read_barcodes(np.asarray(page_image(pdf, dpi=dpi)))]


def _run(pdf: bytes, tool: str, *arguments: str) -> str:
    if shutil.which(tool) is None:
        raise AssertionError(f"{tool} is missing: install the package poppler-utils (apt-get install poppler-utils)")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        command = [tool, *(argument.format(file.name) for argument in arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def font_report(pdf: bytes) -> list[list[str]]:
    """What poppler's `pdffonts` says of each font: name, type, encoding, embedded, subset, and so on."""
    return [line.split() for line in _run(pdf, "pdffonts", "{}").splitlines()[2:]]


def worn(page: Image.Image) -> Image.Image:
    """A page as it comes back from a kitchen: coffee over its code, turned by five degrees, out of focus.

    Facts: synthetic, the same each time. The cup stood on the code with its rim across it and takes a third of the
    light, the rim more than half; one drop covers 4 % of the code almost wholly.
    """
    paper = page.convert("L")
    corners = zxingcpp.read_barcodes(np.asarray(paper))[0].position
    left, top, side = corners.top_left.x, corners.top_left.y, corners.bottom_right.x - corners.top_left.x
    light = Image.new("L", paper.size, 255)
    draw = ImageDraw.Draw(light)
    cup = (left - 2.2 * side, top - 1.2 * side, left + 0.6 * side, top + 1.6 * side)
    draw.ellipse(cup, fill=170, outline=110, width=max(2, round(side / 30)))
    drop = (left + 0.62 * side, top + 0.55 * side, left + 0.84 * side, top + 0.77 * side)
    draw.ellipse(drop, fill=50)
    stained = ImageChops.multiply(paper, light.filter(ImageFilter.GaussianBlur(1.2)))
    turned = stained.rotate(5, expand=True, fillcolor=235, resample=Image.Resampling.BICUBIC)
    return turned.filter(ImageFilter.GaussianBlur(0.8))


def page_image(pdf: bytes, *, dpi: int, page: int = 1) -> Image.Image:
    """A page as a scanner sees it."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/page"
        _run(
            pdf, "pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-gray", "-png", "-singlefile", "{}", out
        )
        with Image.open(f"{out}.png") as picture:
            return picture.copy()
