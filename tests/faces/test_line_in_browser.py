"""The line's hour on a desk and on a phone: nothing reaches beyond the edge, axe finds nothing."""

import pytest

from tests.faces.test_network_hour import ASKED, measured  # noqa: F401
from tests.faces.test_survival_in_browser import see
from tests.make.browser import browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_hour_of_both_ends_fits_every_screen(measured, live_server):  # noqa: F811
    with browser() as context:
        page = context.new_page()
        query = "&".join(f"{name}={value}" for name, value in ASKED.items())
        page.goto(f"{live_server.url}/pengawasan/jaringan/?{query}")
        see(page, "jaringan-satu-jam")
