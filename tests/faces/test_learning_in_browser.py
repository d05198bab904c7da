"""Scenario 15: a new operator's first day, by what is on the screen alone: locked, learnt, practised, seen, open."""

import os
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
from dekat.training import quiz
from dekat.training.queries import practices
from tests.make import registry
from tests.make.browser import axe_violations, browser
from tests.make.devices import trust_in
from tests.make.station import KECAMATAN, PASSWORD, officer, play_station

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1366, 768), (1024, 768)]
PATIENCE_MS = 30_000


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
        inside = "[...document.querySelectorAll('.wizard__stage,.wizard__panel')].every"
        fits = f"{inside}(e => e.scrollHeight <= e.clientHeight)"
        if not self.page.evaluate(f"{fits} && document.documentElement.scrollWidth <= innerWidth"):
            self.faults.append(f"{name}: scrolls")
        if folder := os.environ.get("DEKAT_SHOTS"):
            self.page.screenshot(path=f"{folder}/{name}-{self.page.viewport_size['width']}.png")


def log_in_by_page(page, url, username="rina"):
    page.goto(f"{url}/masuk/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".page")


def read_all(page, watch):
    page.get_by_role("link", name="Belajar merekam (± 15 menit)").click()
    watch.look("belajar")
    page.get_by_role("link", name="Mulai membaca").click()
    for number in range(1, 8):
        expect(page.get_by_text(f"Pelajaran {number} dari 7")).to_be_visible()
        watch.look(f"pelajaran-{number}")
        page.get_by_role("button", name="Sudah saya baca").click()


def practise(page, watch):
    """Do what the big sentence says, nothing else."""
    page.get_by_role("button", name="Mulai latihan").click()
    page.wait_for_selector("#biodata")
    watch.look("data")
    assert page.locator(".practice").inner_text().startswith("LATIHAN")
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_have_text("Geser warga ke tengah lingkaran", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Geser kursi").click()
    expect(page.locator("#say")).to_have_text("Tambah cahaya dari depan")
    watch.look("foto")
    page.get_by_role("button", name="Nyalakan lampu").click()
    page.wait_for_selector(".portrait img", timeout=PATIENCE_MS)
    page.keyboard.press("Enter")
    for left in (10, 6):
        expect(page.locator(".spot--todo")).to_have_count(left, timeout=PATIENCE_MS)
        page.keyboard.press("Space")
        if left == 10:
            expect(page.locator(".spot--weak")).to_have_count(1, timeout=PATIENCE_MS)
            watch.look("jari-lemah")
            page.wait_for_load_state()
            page.keyboard.press("Space")
    expect(page.locator(".spot--todo")).to_have_count(2, timeout=PATIENCE_MS)
    page.keyboard.press("Space")
    expect(page.locator(".spot:not(.spot--todo)")).to_have_count(10, timeout=PATIENCE_MS)
    page.wait_for_load_state()
    page.keyboard.press("Enter")
    for left in (2, 1):
        expect(page.locator(".hand--pair .spot--todo")).to_have_count(left, timeout=PATIENCE_MS)
        page.keyboard.press("Space")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok", timeout=PATIENCE_MS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".hand--eyes .spot--todo")
    page.keyboard.press("Space")
    page.wait_for_selector(".hand--eyes .spot--ok", timeout=PATIENCE_MS)
    watch.look("iris")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pad")
    page.wait_for_load_state()
    box = page.locator("#pad").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] * 0.6)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + 40 + step * 20, box["y"] + box["height"] * (0.6 - 0.2 * (step % 3)), steps=3)
    page.mouse.up()
    page.click("#keep")
    page.wait_for_selector("#seal")
    watch.look("ringkasan")
    page.check("input[name=is_confirmed]")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Latihan selesai")).to_be_visible()
    watch.look("hasil")


def answer(page, watch):
    page.get_by_role("link", name="Jawab pertanyaan").click()
    watch.look("kuis")
    for number, question in enumerate(quiz.questions()):
        page.check(f"input[name=q{number}][value='{question.right}']")
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_role("heading", name="10 dari 10 benar")).to_be_visible()
    page.get_by_role("link", name="Lanjut").click()


def be_seen(page, watch):
    page.get_by_role("link", name="Panggil camat ke sini").click()
    watch.look("yang-mengamati")
    page.fill("input[name=username]", "camat")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Saya melihatnya, buka perekaman").click()
    expect(page.get_by_text("Anda cakap merekam sampai")).to_be_visible()
    watch.look("terbuka")


def is_closed(page, url) -> bool:
    page.goto(f"{url}/rekam/cari")
    return page.get_by_role("link", name="Belajar merekam (± 15 menit)").is_visible()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_newcomer_opens_live_recording_within_a_quarter_of_an_hour(newcomer, live_server, screen):
    began = clock()
    with browser(width=screen[0], height=screen[1]) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        watch = Watch(page)
        log_in_by_page(page, live_server.url)
        watch.look("beranda-terkunci")
        assert is_closed(page, live_server.url)
        assert standing(newcomer) == Standing.NONE
        page.goto(live_server.url)

        read_all(page, watch)
        practise(page, watch)
        answer(page, watch)
        assert is_closed(page, live_server.url)
        page.goto(f"{live_server.url}/belajar/")
        be_seen(page, watch)

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
