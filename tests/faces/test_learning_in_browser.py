"""Scenario 15: a new operator's first day, by what is on the screen alone: locked, learnt, practised, seen, open."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.adapters.sbi.client import SbiDevices
from dekat.areas.services import load_bundled
from dekat.duties.competence import RECORD, Standing, standing_of
from dekat.enrolment import ports, queries
from dekat.faces.clock import now as clock
from dekat.ledger.queries import events
from dekat.sync.queries import outbox_summary
from dekat.training.queries import practices
from tests.make import registry
from tests.make.browser import axe_violations, browser, fits, keep_picture, press
from tests.make.devices import trust_in
from tests.make.learning import PATIENCE_MS, answer, practise, read_all
from tests.make.station import KECAMATAN, PASSWORD, officer, play_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768)]


@pytest.fixture
def newcomer(identity, now, settings, monkeypatch, tmp_path):
    """An operator on the first day and the camat; the computer has no biometric device at all."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    load_bundled()
    nothing = SbiDevices(ports=(), trust=trust_in(tmp_path), clock=clock)
    monkeypatch.setattr(ports, "_source", lambda: nothing)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    registry.registered(now)
    return officer(now, is_new=True)


class Watch:
    """What a careful eye notes on every page: what cannot be read or reached, what scrolls in the wizard."""

    def __init__(self, page) -> None:
        self.page, self.faults = page, []
        page.on("console", lambda message: message.type == "error" and self.faults.append(message.text))

    def look(self, name: str) -> None:
        self.faults.extend(f"{name}: {fault}" for fault in axe_violations(self.page))
        if not fits(self.page):
            self.faults.append(f"{name}: scrolls")
        keep_picture(self.page, f"{name}-{self.page.viewport_size['width']}")


def log_in_by_page(page, url, username="rina"):
    page.goto(f"{url}/masuk/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".page")


def be_seen(page, see):
    page.get_by_role("link", name="Panggil camat ke sini").click()
    see("yang-mengamati")
    page.fill("input[name=username]", "camat")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Saya melihatnya, buka perekaman").click()
    expect(page.get_by_text("Anda cakap merekam sampai")).to_be_visible()
    see("terbuka")


def is_closed(page, url) -> bool:
    page.goto(f"{url}/rekam/cari")
    return page.get_by_role("link", name="Belajar merekam (± 15 menit)").is_visible()


@pytest.mark.scenario(15)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_newcomer_opens_live_recording_within_a_quarter_of_an_hour(newcomer, live_server, screen):
    began = clock()
    with browser(width=screen[0], height=screen[1]) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch = Watch(page)
        see = watch.look
        log_in_by_page(page, live_server.url)
        see("beranda-terkunci")
        assert is_closed(page, live_server.url)
        assert standing(newcomer) == Standing.NONE
        page.goto(live_server.url)

        read_all(page, see)
        practise(page, PASSWORD, see)
        answer(page, see)
        assert is_closed(page, live_server.url)
        page.goto(f"{live_server.url}/belajar/")
        be_seen(page, see)

        assert not is_closed(page, live_server.url)
        expect(page.locator("#q")).to_be_visible()

    assert watch.faults == []
    assert standing(newcomer) == Standing.VALID
    assert clock() - began < timedelta(minutes=15)
    [done] = practices(operator_id=newcomer, kecamatan=KECAMATAN)
    assert done.is_signed_off
    assert done.took < timedelta(minutes=15)
    left_no_trace()


def standing(operator):
    months = django_settings.ENV.competence_months
    return standing_of(kecamatan=KECAMATAN, operator=operator, task=RECORD, months=months, now=clock())


def left_no_trace():
    """Nothing of the practice is a packet, a use of a device, today's work or an open recording."""
    assert outbox_summary().waiting_count == 0
    assert queries.open_recordings() == queries.sealed_recordings() == []
    assert queries.day(since=clock() - timedelta(days=1)).sealed_count == 0
    told = {event.name for event in events()}
    assert not [name for name in told if name.startswith(("readings.", "enrolment."))]


def test_the_people_of_practice_are_filmed_and_a_missing_finger_is_no_dead_end(newcomer, live_server):
    with browser(width=1024, height=768) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch = Watch(page)
        log_in_by_page(page, live_server.url)
        for title in ("Warga tunanetra", "Satu jari tidak ada"):
            page.goto(f"{live_server.url}/belajar/")
            page.locator(".people li", has_text=title).get_by_role("button").click()
            to_photo(page)
        watch.look("latihan-foto")
        page.keyboard.press("Enter")
        for left in (10, 6):
            expect(page.locator(".spot--todo")).to_have_count(left)
            press(page, "Space")
        expect(page.locator(".spot--todo")).to_have_count(3)
        page.get_by_role("link", name="Ada jari yang tidak bisa?").click()
        page.get_by_label("Kelingking kanan").check()
        page.get_by_label("Tidak ada atau diamputasi").check()
        page.fill("input[name=username]", "camat.contoh")
        page.fill("input[name=password]", "contoh")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Lewati").click()
        expect(page.locator(".spot--absent")).to_have_count(1)
        watch.look("latihan-tanpa-jari")

    assert watch.faults == []


def to_photo(page):
    """The data are right; the chair and the lamp are set; the camera takes the photo by itself."""
    page.wait_for_selector("#biodata")
    press(page, "Enter")
    page.get_by_role("button", name="Geser kursi").click()
    page.get_by_role("button", name="Nyalakan lampu").click()
    page.wait_for_selector(".portrait img")
