"""A real Chromium for tests that look at pages: without one a test is skipped, or fails within `make test`."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium_path() -> str:
    """Where Chromium is; where there is none the test is skipped, or fails if `DEKAT_REQUIRE_BROWSER` is 1."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    words = "No Chromium here: `make test` installs it, or names the package."
    if os.environ.get("DEKAT_REQUIRE_BROWSER") == "1":
        pytest.fail(words)
    pytest.skip(words)


@contextmanager
def browser(*, camera: Path | None = None, width: int = 1366, height: int = 768) -> Iterator[Any]:
    """A fresh Chromium with one context; `camera` is an .mjpeg that its camera films."""
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, and Django would then refuse its database calls.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    arguments = list(QUIET) + (["--no-sandbox"] if os.geteuid() == 0 else [])
    if camera:
        arguments += [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
    try:
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
            yield chromium.new_context(viewport={"width": width, "height": height}, locale="id-ID")
            chromium.close()
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def fits(page: Any) -> bool:
    """Nothing reaches beyond the right edge; on a desk nothing of the wizard beyond the lower edge either."""
    wide = "document.documentElement.scrollWidth <= innerWidth"
    inside = (
        "[...document.querySelectorAll('.wizard__stage,.wizard__panel')].every(e => e.scrollHeight <= e.clientHeight)"
    )
    return bool(page.evaluate(wide)) and (page.viewport_size["width"] < 800 or bool(page.evaluate(inside)))


def press(page: Any, key: str) -> None:
    """Press a key on a page that has loaded: before its scripts run, nothing listens."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def keep_picture(page: Any, name: str, *, is_whole: bool = False) -> None:
    """A picture for whoever wants to look, where `DEKAT_SHOTS` names a folder."""
    if folder := os.environ.get("DEKAT_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}.png", full_page=is_whole)


def axe_violations(page: Any) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, one line each; evaluated, since the CSP forbids script tags."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{one['id']}: {one['help']} at {'; '.join(' '.join(map(str, node['target'])) for node in one['nodes'][:5])}"
        for one in found["violations"]
    ]


def log_in(context: Any, *, address: str, client: Any) -> None:
    """Give the browser the session that Django's test client holds."""
    cookies = [{"name": key, "value": morsel.value, "url": address} for key, morsel in client.cookies.items()]
    context.add_cookies(cookies)


def sign(page: Any) -> None:
    """A stroke across the pad for a signature."""
    page.wait_for_load_state()
    box = page.locator("#pad").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] * 0.6)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + box["height"] * (0.6 - 0.2 * (step % 3)), steps=3)
    page.mouse.up()
