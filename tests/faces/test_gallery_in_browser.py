"""A real browser finds nothing wrong with the components, wide or narrow."""

import pytest

from dekat.faces.ui import navigation
from tests.make.browser import axe_violations, browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1366, 390])
def test_the_gallery_has_no_accessibility_violation(live_server, monkeypatch, width):
    monkeypatch.setattr(navigation, "_counts", {("station", "petunjuk"): lambda user: 3})
    with browser(width=width) as context:
        page = context.new_page()
        refused = []
        page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)

        page.goto(f"{live_server.url}/gallery/")

        assert axe_violations(page) == []
        assert refused == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
