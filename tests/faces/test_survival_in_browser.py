"""The pages of hard days in a real browser: a lost password, the stick, the room that is left."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest

from dekat.accounts import keyring, passwords
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.sync import second_copy, services
from tests.make.browser import axe_violations, browser, fits, keep_picture, log_in
from tests.make.recordings import devices
from tests.make.station import KECAMATAN, PASSWORD, officer, play_station
from tests.make.station import log_in as log_in_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768), (390, 844)]
NEW = "kalimat-baru-rina"


@pytest.fixture
def desk(identity, now, settings, monkeypatch, tmp_path):
    """A station with three officers, some packets and three sticks: ours, a new one and another station's."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    load_bundled()
    devices()
    for name, role in (("rina", Role.OPERATOR), ("budi", Role.OPERATOR), ("camat", Role.DISTRICT_HEAD)):
        officer(now, username=name, role=role)
    keyring.create(tmp_path / "keyring.json", regency=own_identity().node.seal_key)
    for name in ("BARU", "LAIN", "STIK"):
        (tmp_path / "media" / name).mkdir(parents=True)
    (tmp_path / "media" / "LAIN" / "dekat").mkdir()
    said = {"dekat": "stick/1", "node": "station-35.11.01"}
    (tmp_path / "media" / "LAIN" / "dekat" / "stik.json").write_text(json.dumps(said))
    settings.ENV = replace(
        settings.ENV, data_dir=tmp_path, kecamatan=KECAMATAN, usb_folders=(str(tmp_path / "media" / "*"),)
    )
    for number in range(7):
        services.seal_packet(packet_id=uuid4(), kind="t/1", content=bytes([number]), operator="", now=now)
    services.note_clock(offset_ms=86_400_000, error_ms=5)
    yield tmp_path
    second_copy.round_once([], now=now)


def open_as(context, live_server, client, username):
    """A page whose officer is logged in."""
    log_in_client(client, username)
    log_in(context, address=live_server.url, client=client)
    return context.new_page()


def see(page, name):
    """At every width: axe finds nothing, nothing reaches beyond the right edge."""
    page.wait_for_load_state()
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        faults = axe_violations(page)
        assert not faults, (name, width, faults)
        assert fits(page), (name, width)
        keep_picture(page, f"{name}-{width}", is_whole=width < 800)
    page.set_viewport_size({"width": 1366, "height": 768})


def test_a_new_password_by_two_officers_from_the_log_in_page(desk, live_server):
    with browser() as context:
        page = context.new_page()
        page.goto(f"{live_server.url}/masuk/")
        see(page, "lupa-0-masuk")
        page.get_by_role("link", name="Lupa sandi?").click()
        see(page, "lupa-1-cara")
        page.get_by_role("link", name="Camat dan satu petugas lain").click()
        page.get_by_label("Nama masuk yang lupa sandi").fill("rina")
        page.get_by_label("Nama masuk camat").fill("camat")
        page.get_by_label("Sandi camat").fill(PASSWORD)
        page.get_by_label("Nama masuk petugas lain").fill("budi")
        page.get_by_label("Sandi petugas lain").fill("salah")
        page.get_by_label("Sandi baru", exact=True).fill(NEW)
        page.get_by_label("Sandi baru sekali lagi").fill(NEW)
        page.get_by_role("button", name="Simpan sandi baru").click()
        see(page, "lupa-2-berdua-salah")
        page.goto(f"{live_server.url}/lupa-sandi/dispendukcapil/")
        see(page, "lupa-3-dispendukcapil")


def test_the_home_page_and_the_page_of_sticks(desk, live_server, client):
    with browser() as context:
        page = open_as(context, live_server, client, "rina")
        page.goto(f"{live_server.url}/")
        see(page, "beranda-tanpa-stik")
        page.get_by_role("link", name="Belum ada stik USB").click()
        see(page, "stik-0-belum")
        page.locator("article,section", has_text="STIK").get_by_role("button", name="Siapkan stik ini").last.click()
        page.get_by_text("Salinan kedua: 7 dari 7 di stik").wait_for()
        see(page, "stik-1-siap")
        page.goto(f"{live_server.url}/")
        see(page, "beranda-dengan-stik")


def test_the_pages_of_the_office(desk, live_server, client, settings, now):
    settings.IS_STATION, settings.ROOT_URLCONF = False, "dekat.project.urls_centre"
    officer(now, username="vera", role=Role.VERIFIER)
    with browser() as context:
        page = open_as(context, live_server, client, "vera")
        for path, name in (("/kantor/rekaman/stik/", "kantor-stik"), ("/kantor/pemulihan/", "kantor-pemulihan")):
            page.goto(live_server.url + path)
            see(page, name)
