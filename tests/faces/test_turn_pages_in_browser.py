"""The pages of waiting and of closures at desk and phone width."""

from datetime import timedelta
from itertools import count

import pytest

from dekat.accounts.roles import Role
from tests.e2e.looking import look
from tests.faces.test_oversight import regency  # noqa: F401
from tests.make.browser import browser, log_in
from tests.make.station import log_in as log_in_client
from tests.make.station import officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_sekda_closes_a_day_and_waits(regency, live_server, client, now, monkeypatch):  # noqa: F811
    ticks = count()
    monkeypatch.setattr("dekat.faces.oversight.turn_views.now", lambda: now + timedelta(seconds=next(ticks)))
    officer(now, username="sekda", role=Role.REGIONAL_SECRETARY)
    with browser() as context:
        log_in_client(client, "sekda")
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/pengawasan/hari-tutup/")
        look(page, "hari-tutup-0-kosong")
        page.get_by_label("Nomor surat keputusan atau edaran").fill("SE 14/2026")
        page.get_by_label("Hari pertama").fill(str((now + timedelta(days=3)).date()))
        page.get_by_role("button", name="Catat hari tutup").click()
        page.get_by_role("rowheader", name="SE 14/2026").wait_for()
        look(page, "hari-tutup-1-tercatat")
        page.goto(f"{live_server.url}/pengawasan/alat/REK-19/menunggu")
        look(page, "menunggu-0-formulir")
        page.get_by_label("Apa yang ditunggu?", exact=True).select_option("DECREE")
        page.get_by_role("button", name="Catat bahwa kami menunggu").click()
        page.wait_for_url("**/alat/REK-19/")
        page.goto(f"{live_server.url}/pengawasan/alat/REK-19/menunggu")
        page.get_by_role("button", name="Tidak menunggu lagi").wait_for()
        look(page, "menunggu-1-berjalan")
