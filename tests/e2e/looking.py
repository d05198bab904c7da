"""Look at a page of a walk: axe-core finds nothing; DEKAT_SHOTS names a folder for its pictures, desk and phone."""

from tests.make.browser import axe_violations, keep_picture

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def look(page, name):
    """Check the page as it stands and at the width of a phone; nothing on it is pressed."""
    page.wait_for_load_state()
    before = page.viewport_size
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        faults = axe_violations(page)
        assert not faults, (name, width, faults)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{name} is {wide} wide on a {width}"
        keep_picture(page, f"{name}-{width}", is_whole=True)
    page.set_viewport_size(before)
