"""WeasyPrint: the page as it is written, PDF/A-3b, its fonts read once."""

import os
from pathlib import Path

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from bench.papers.clocked import clock
from bench.papers.page import html


def main() -> None:
    """Clock it."""
    fonts, config = Path(os.environ["BENCH_DOCUMENTS"]) / "fonts", FontConfiguration()

    def draw(number: int, content: dict[str, object]) -> bytes:
        return HTML(string=html(content, fonts)).write_pdf(font_config=config, pdf_variant="pdf/a-3b")

    clock(draw)


if __name__ == "__main__":
    main()
