"""Headless Chromium: one browser and one page kept open, the page set and printed again and again."""

import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.papers.clocked import clock
from bench.papers.page import html


def main() -> None:
    """Clock it, with every process of the browser."""
    fonts = Path(os.environ["BENCH_DOCUMENTS"]) / "fonts"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["BENCH_CHROMIUM"])
        page = browser.new_page()
        page.goto(fonts.as_uri())  # only a page from a file may read fonts from files

        def draw(number: int, content: dict[str, object]) -> bytes:
            page.set_content(html(content, fonts))
            return page.pdf(prefer_css_page_size=True, print_background=True)

        clock(draw, is_tree=True)
        browser.close()


if __name__ == "__main__":
    main()
