"""The office's search, a person behind their purpose, and the resident's own list: at desk and phone width."""

import pytest

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.cases.states import Channel
from dekat.registry import services as registry
from dekat.registry.services import load_code_lists
from dekat.registry.states import Element
from tests.e2e.looking import look
from tests.make import cases as make_cases
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, let_in
from tests.make.browser import browser, log_in, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(identity, now):
    load_bundled()  # a test before this one may have emptied the tables
    load_code_lists()
    found = make_registry.registered(now)
    facts = {"resident_id": found.members[0].id, "family_id": found.id}
    made = make_cases.submitted(now, channel=Channel.STATION, **facts)
    change = {"element": Element.OCCUPATION, "value": "NELAYAN/PERIKANAN", "actor": HEAD, "now": now}
    registry.change_element(application_id=made.id, resident_id=found.members[0].id, **change)
    return made.code


def test_search_open_and_ask_who_opened_by_keyboard(family, live_server, client, now):
    let_in(client, Role.REGISTRY_HEAD, now=now)
    with browser() as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/kantor/cari/")
        page.keyboard.type("mohamad hasan basri")
        page.locator(".lookup__row").first.wait_for()
        look(page, "cari")
        press(page, "F2")
        page.get_by_text("Untuk keperluan apa?").wait_for()
        look(page, "cari-keperluan")
        assert page.locator(".govuk-radios__input").count() == 8
        assert page.evaluate("document.activeElement.value") == "COUNTER"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="MOH. HASAN BASRI").wait_for()
        look(page, "cari-orang")
        page.get_by_role("link", name="Buka keluarganya").click()
        page.get_by_role("button", name="Catat dan buka").click()
        page.get_by_role("heading", name="Versi Kartu Keluarga").wait_for()
        look(page, "cari-keluarga")

        page.goto(f"{live_server.url}/siapa-membuka/")
        page.fill("[name=nik]", "9911191703900001")
        page.fill("[name=family_card_no]", "9911190101150001")
        page.fill("[name=code]", family)
        look(page, "siapa-membuka")
        page.get_by_role("button", name="Lihat siapa saja").click()
        page.get_by_role("heading", name="Yang membuka data Anda").wait_for()
        look(page, "siapa-membuka-daftar")
