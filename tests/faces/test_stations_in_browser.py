"""The office's pages of stations, and the station that was stopped, at desk and phone width."""

from datetime import timedelta

import pytest

from dekat.accounts.actor import machine
from dekat.accounts.identity import stop_node
from dekat.accounts.roles import Role
from dekat.accounts.services import revoke_node
from dekat.areas.services import load_bundled
from dekat.sync import standing
from tests.e2e.looking import look
from tests.make.browser import browser, log_in
from tests.make.recordings import devices
from tests.make.station import PASSWORD, officer, play_station
from tests.make.station import log_in as log_in_client
from tests.make.sync import enrolled_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACTOR = machine("centre")


@pytest.fixture
def stations(identity, now):
    """One that works, one copied, one stolen, one never heard."""
    load_bundled()  # a test before this one may have emptied the tables
    made = [enrolled_station(now=now, kecamatan=f"35.11.{number}") for number in ("15", "19", "12", "11")]
    for station, address in ((made[0], "192.0.2.7"), (made[1], "192.0.2.8"), (made[1], "198.51.100.9")):
        standing.note_sighting(
            node=station.name,
            incarnation=station.incarnation,
            address=address,
            last_seq=1284,
            is_revoked=False,
            now=now - timedelta(minutes=4),
        )
    stop_node(name=made[1].name, why="fork", now=now)
    revoke_node(name=made[2].name, last_good_seq=310, actor=ACTOR, now=now, reason="STOLEN")


def test_the_pages_of_the_office(stations, live_server, client, now):
    officer(now, username="vera", role=Role.VERIFIER)
    officer(now, username="rekan", role=Role.REGISTRY_HEAD)
    with browser() as context:
        log_in_client(client, "vera")
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/kantor/stasiun/")
        look(page, "stasiun-0-daftar")
        page.get_by_role("link", name="Lihat alamat dan waktunya").click()
        look(page, "stasiun-1-salinan")
        page.goto(f"{live_server.url}/kantor/stasiun/daftar/?kecamatan=35.11.10")
        page.get_by_label("Nama masuk rekan").fill("rekan")
        page.get_by_label("Sandi rekan").fill(PASSWORD)
        page.get_by_role("button", name="Setujui berdua").click()
        page.get_by_role("heading", name="Cocokkan enam kata").wait_for()
        look(page, "stasiun-4-kode")


def test_a_stopped_station_says_so_and_its_search_is_closed(identity, live_server, client, now, settings, monkeypatch):
    play_station(settings, monkeypatch)
    devices()
    officer(now)
    standing.note_told(orders=["stopped"], lease_days=7, may_read=False, now=now)
    with browser() as context:
        log_in_client(client)
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/")
        page.get_by_text("Ada dua komputer yang mengaku stasiun ini").wait_for()
        page.goto(f"{live_server.url}/rekam/cari")
        page.get_by_text("salinan data penduduk di sini terkunci").wait_for()
        assert page.get_by_text("belum diterima").count() == 0
        look(page, "stasiun-6-cari-terkunci")
