"""Walk the recording wizard of a station by keyboard, as a practised operator does."""

from playwright.sync_api import expect

from dekat.faces.sample.regency import PASSWORD
from tests.make.browser import press, sign

# The emulated devices take their time, as real ones do.
CAPTURE_MS = 40_000


def nothing(_name):
    """Look at nothing."""


def record(page, regency, where, nik, *, see=nothing):
    """From the search to the receipt; `see` is called with the name of each step. Give the receipt's code."""
    find(page, regency, where, nik)
    see("cari")
    page.click(".person button")
    page.wait_for_selector("#biodata")
    see("data")
    page.keyboard.press("Enter")
    page.wait_for_selector("#camera")
    page.wait_for_selector(".portrait img", timeout=CAPTURE_MS)
    see("foto")
    page.keyboard.press("Enter")
    fingers(page, see)
    page.wait_for_selector(".hand--eyes .spot--todo")
    press(page, "Space")
    page.wait_for_selector(".hand--eyes .spot--ok", timeout=CAPTURE_MS)
    see("iris")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pad")
    sign(page)
    see("tanda-tangan")
    page.click("#keep")
    return seal(page, see)


def find(page, regency, where, nik):
    """The search finds exactly one resident."""
    page.goto(regency.url(where, "/rekam/cari"))
    page.wait_for_selector("#q:focus")
    page.keyboard.type(nik)
    expect(page.locator(".person")).to_have_count(1)


def fingers(page, see):
    """Left four, right four, both thumbs; then both index fingers again."""
    for left in (10, 6, 2):
        expect(page.locator(".spot--todo")).to_have_count(left, timeout=CAPTURE_MS)
        once_more_if_weak(page)
        page.keyboard.press("Space")
    expect(page.locator(".spot--todo")).to_have_count(0, timeout=CAPTURE_MS)
    once_more_if_weak(page)
    # Ten that are done, not none to do: between two pages there is none of either, and a key pressed there is lost.
    expect(page.locator(".spot:not(.spot--todo)")).to_have_count(10, timeout=CAPTURE_MS)
    page.wait_for_load_state()
    see("jari")
    page.keyboard.press("Enter")
    for left in (2, 1):
        expect(page.locator(".hand--pair .spot--todo")).to_have_count(left, timeout=CAPTURE_MS)
        press(page, "Space")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok", timeout=CAPTURE_MS)
    see("telunjuk")
    page.keyboard.press("Enter")


def once_more_if_weak(page):
    """A finger that the judge finds weak is asked for again, three times at most."""
    for _ in range(3):
        page.wait_for_load_state()
        tries = page.locator(".weak").count() and page.locator(".wizard__panel .badge").first.inner_text()
        if not tries:
            return
        page.keyboard.press("Space")
        page.wait_for_function(
            "old => { const badge = document.querySelector('.wizard__panel .badge');"
            " return document.querySelector('.wizard__panel') && (!document.querySelector('.weak')"
            " || badge.innerText !== old); }",
            arg=tries,
            timeout=CAPTURE_MS,
        )


def seal(page, see):
    """The resident confirms, the operator signs with the password; give the receipt's code."""
    page.wait_for_selector("#seal")
    see("ringkasan")
    page.check("input[name=is_confirmed]")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".receipt")
    see("tanda-terima")
    return page.url
