"""Scenario 7 on a screen: the one choice of somebody recorded twice fits a phone, and axe finds nothing."""

import pytest

from dekat.areas.services import load_bundled
from dekat.national import queries as national
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.browser import axe_violations, browser, fits, keep_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_choice_of_a_domicile_is_made_on_a_phone(identity, now, live_server):
    load_bundled()
    resident = make_registry.resident_id(now)
    make_national.ready_to_print(now, resident_id=resident)
    code = national.submission(make_national.taken_in(now, resident_id=resident)).tracking_code
    with browser(width=390, height=844) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/lacak/{code}")
        keep_picture(page, "domicile-0", is_whole=True)
        assert axe_violations(page) == [] and fits(page)
        page.get_by_role("link", name="Pilih domisili").click()
        keep_picture(page, "domicile-1", is_whole=True)
        assert axe_violations(page) == [] and fits(page)
        page.get_by_role("button", name="Tinggal di kabupaten ini").click()
        page.get_by_text("Diurus oleh").wait_for()
        keep_picture(page, "domicile-2", is_whole=True)
        assert axe_violations(page) == [] and fits(page)
