"""The drawing of hands and eyes, the photo, the second person and the ways on, in a real browser and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.adapters.samples.faces import Background, write_film
from dekat.areas.services import load_bundled
from dekat.enrolment.models import Recording
from dekat.registry.services import load_code_lists
from dekat.sync.queries import packet_status
from tests.make import registry
from tests.make.browser import axe_violations, browser, fits, log_in, press, sign
from tests.make.recordings import devices
from tests.make.station import PASSWORD, officer, play_station
from tests.make.station import log_in as log_in_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768)]
PATHS = ("tunanetra", "tanpa-jari", "kusta", "duduk", "menulis")


@pytest.fixture
def begun(identity, now, settings, monkeypatch, client):
    """The address of a recording that has just begun."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    load_bundled()
    load_code_lists()
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in_client(client)
    devices()
    return client.post(f"/rekam/mulai/{registry.registered(now).members[0].id}/").url


class Looked:
    """Every page seen, and what is wrong with it."""

    def __init__(self, page) -> None:
        self.page, self.faults = page, []

    def __call__(self, name: str) -> None:
        self.faults += [f"{name}: {fault}" for fault in axe_violations(self.page)]
        if not fits(self.page):
            self.faults.append(f"{name}: scrolls")


def test_scenarios_3_4_5_and_12_suharto_without_fingers_born_elsewhere_dislikes_two_photos(
    begun, live_server, client, tmp_path, now
):
    """From the search to the receipt: NIK of another region, one-word name, no finger, the third photo is agreed to."""
    man = registry.person(now, nik="9971051703900001", full_name="Suharto")
    registry.registered(now, man, card_no="9911190101150002")
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.BLUE)
    with browser(camera=film, width=1024, height=768) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        see = Looked(page)
        page.goto(f"{live_server.url}/rekam/cari")
        page.wait_for_selector("#q:focus")
        page.keyboard.type("9971051703900001")
        expect(page.locator(".person")).to_have_count(1)
        page.click(".person button")
        expect(page.locator(".wizard__stage")).to_contain_text("SUHARTO")
        note_no_fingers(page)
        page.wait_for_selector("#biodata")
        press(page, "Enter")
        dislike_two_photos(page)
        expect(page.locator(".spot--absent")).to_have_count(10)
        see("ten exceptions at the fingers")
        go_on(page, "Lanjut: cek telunjuk")
        go_on(page, "Lanjut: iris mata")
        page.wait_for_selector(".hand--eyes .spot--todo")
        press(page, "Space")
        page.wait_for_selector(".hand--eyes .spot--ok")
        go_on(page, "Lanjut: tanda tangan")
        page.wait_for_selector("#pad")
        sign(page)
        page.click("#keep")
        page.wait_for_selector("#seal")
        see("ten exceptions at the summary")
        page.check("input[name=is_confirmed]")
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector(".receipt")

    row = Recording.objects.get(step="SEALED")
    assert see.faults == []
    assert packet_status(row.id)
    assert {"exception", "exception_photo", "photo_rejected"} <= set(row.saves.values_list("what", flat=True))
    assert row.saves.filter(what="photo_rejected").count() == 2


def note_no_fingers(page) -> None:
    """One press for ten fingers, the camat's own password, and the photo of it."""
    page.get_by_role("link", name="Ada keadaan khusus?").click()
    page.get_by_role("link", name="Tidak punya jari").click()
    page.get_by_label("Nama masuk orang kedua").fill("camat")
    page.get_by_label("Sandi orang kedua").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#snap:not([disabled])")
    press(page, "Space")


def dislike_two_photos(page) -> None:
    """The camera takes one by itself each time; without an agreed photo there is no way on."""
    for is_liked in (False, False, True):
        page.wait_for_selector(".portrait img", timeout=20_000)
        expect(page.get_by_role("button", name="Lanjut: sidik jari")).to_be_disabled()
        page.get_by_role("button", name="Warga setuju" if is_liked else "Warga minta foto lagi").click()
        if not is_liked:
            page.wait_for_selector("#camera")


def go_on(page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("screen", SCREENS)
def test_the_pages_of_exceptions_fit_and_can_be_read(begun, live_server, client, tmp_path, screen):
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.BLUE)
    pages = [f"{begun}pengecualian/", *(f"{begun}pengecualian/?jalur={path}" for path in PATHS)]
    pages += [f"{begun}konfirmasi/", f"{begun}foto-pengecualian/", "/rekam/cari", "/rekam/luar-domisili"]
    pages += ["/rekam/jemput-bola", "/rekam/tanpa-nik", "/rekam/formulir-pengecualian", "/menyusul/"]
    with browser(camera=film, width=screen[0], height=screen[1]) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        see = Looked(page)
        for path in pages:
            page.goto(f"{live_server.url}{path}")
            see(path)

    assert see.faults == []


def test_a_resident_without_fingers_is_noted_photographed_and_goes_on_by_keyboard(begun, live_server, client, tmp_path):
    film = write_film(tmp_path / "sitter.mjpeg", 3, Background.BLUE)
    with browser(camera=film, width=1024, height=768) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        see = Looked(page)
        page.goto(f"{live_server.url}{begun}")
        page.get_by_role("link", name="Ada keadaan khusus?").press("Enter")
        page.get_by_role("link", name="Tidak punya jari").press("Enter")
        page.get_by_label("Jempol kanan").press("Space")
        page.get_by_role("button", name="Simpan pengecualian").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Isi nama dan sandi orang kedua")
        see("nobody saw it")
        page.get_by_label("Nama masuk orang kedua").fill("camat")
        page.get_by_label("Sandi orang kedua").fill(PASSWORD)
        see("nine fingers")
        page.keyboard.press("Enter")
        page.wait_for_selector("#snap:not([disabled])")
        see("photo")
        page.keyboard.press("Space")
        page.wait_for_url(re.compile(f"{begun}$"))
        see("back at the data")

    row = Recording.objects.get()
    assert see.faults == []
    assert row.absences.count() == 9
    assert [one.purpose for one in row.captures.all()] == ["EXCEPTION"]


def test_the_day_of_coming_again_shows_with_its_choice_and_reasons_follow_what_is_ticked(begun, live_server, client):
    with browser(width=1366, height=768) as context:
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}{begun}pengecualian/")
        before = page.locator(".choice--eyes").first.is_visible(), page.locator("#due_on").is_visible()
        page.get_by_label("Mata kiri").check()
        page.get_by_label("Menyusul, datang lagi").check()
        after = page.locator(".choice--eyes").first.is_visible(), page.locator("#due_on").is_visible()
        hands = page.locator(".choice--hands").first.is_visible()

    assert (before, after, hands) == ((False, False), (True, True), False)
