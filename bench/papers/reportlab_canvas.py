"""ReportLab: every line and word placed by hand, the fastest way that it has."""

import os
import re
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from bench.papers.clocked import clock
from bench.papers.page import FIRST, ROWS, SECOND

WIDTH = 277


def main() -> None:
    """Clock it."""
    fonts = Path(os.environ["BENCH_DOCUMENTS"]) / "fonts"
    pdfmetrics.registerFont(TTFont("T", fonts / "DekatTabel-400.ttf"))
    pdfmetrics.registerFont(TTFont("TB", fonts / "DekatTabel-700.ttf"))
    clock(draw)


def draw(number: int, content: dict[str, object]) -> bytes:
    """One card."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4), pageCompression=1)
    canvas.saveState()
    canvas.setFillGray(0.91)
    canvas.setFont("TB", 70)
    canvas.translate(60 * mm, 60 * mm)
    canvas.rotate(25)
    canvas.drawString(0, 0, "SPESIMEN")
    canvas.restoreState()
    canvas.setFont("TB", 16)
    canvas.drawCentredString(148 * mm, 194 * mm, "KARTU KELUARGA")
    canvas.drawCentredString(148 * mm, 187 * mm, f"No. {content['family_card_no']}")
    canvas.setFont("T", 7)
    names = ("head_name", "address", "rt", "rw", "village", "kecamatan", "regency", "province", "postal_code")
    canvas.drawString(10 * mm, 180 * mm, " · ".join(str(content[name]) for name in names))
    members = content["members"]
    assert isinstance(members, list)
    _table(canvas, FIRST, members, 175)
    _table(canvas, SECOND, members, 112)
    _code(canvas, str(content["qr"]))
    canvas.drawString(10 * mm, 30 * mm, str(content["issued_on"]))
    canvas.drawString(140 * mm, 30 * mm, str(content["serial"]))
    canvas.save()
    return out.getvalue()


def _table(canvas: Canvas, columns: tuple[str, ...], members: list[dict[str, str]], top: float) -> None:
    step, height = WIDTH / (len(columns) + 1), 5.2
    xs = [(10 + step * column) * mm for column in range(len(columns) + 2)]
    ys = [(top - height * row) * mm for row in range(ROWS + 2)]
    canvas.setLineWidth(0.3)
    canvas.grid(xs, ys)
    rows = [{name: name.replace("_", " ") for name in columns}, *members]
    rows += [dict.fromkeys(columns, "-")] * (ROWS + 1 - len(rows))
    for y, (number, row) in zip(ys[1:], enumerate(rows), strict=True):
        for x, word in zip(xs, [str(number or "no"), *(row[name] for name in columns)], strict=False):
            canvas.drawString(x + 2, y + 4, word)


def _code(canvas: Canvas, svg: str) -> None:
    """The dark runs of the ready picture, as one path."""
    size = float(re.search(r'viewBox="0 0 (\d+)', svg).group(1))
    unit, path = 30 * mm / size, canvas.beginPath()
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", svg):
        path.rect(250 * mm + int(x) * unit, 40 * mm - int(y) * unit, int(run) * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)


if __name__ == "__main__":
    main()
