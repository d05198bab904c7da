"""Look at finished PDFs the way strangers do: with poppler and a camera."""

import shutil
import subprocess
import tempfile

import numpy as np
import zxingcpp
from PIL import Image


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


def page_image(pdf: bytes, *, dpi: int) -> Image.Image:
    """The first page as a scanner sees it."""
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/page"
        _run(pdf, "pdftoppm", "-r", str(dpi), "-f", "1", "-l", "1", "-gray", "-png", "-singlefile", "{}", out)
        with Image.open(f"{out}.png") as page:
            return page.copy()
