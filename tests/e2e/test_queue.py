"""An appointment made on a phone reaches Wringin, becomes a number, is called on the display, served and done."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.looking import look
from tests.make.browser import axe_violations

pytestmark = [pytest.mark.browser, pytest.mark.processes]
PATIENCE_S = 60


def book(phone, regency):
    """Choose Wringin, the first free half hour and what for; give the code."""
    phone.goto(regency.url("centre", "/janji/"))
    look(phone, "janji-01-kecamatan")
    phone.get_by_role("link", name=re.compile("^Wringin")).click()
    phone.locator("input[name=slot]:not([disabled])").first.check()
    phone.get_by_label("Rekam KTP-el").check()
    look(phone, "janji-02-jam")
    phone.get_by_role("button", name="Buat janji").click()
    expect(phone.locator(".track-pass__qr svg")).to_be_visible()
    return phone.locator(".track-pass__code").inner_text().strip()


def wait_for_words(page, words):
    """Open the page anew until it says so."""
    for _ in range(PATIENCE_S):
        page.reload()
        if page.get_by_text(words).count():
            return
        time.sleep(1)
    raise AssertionError(page.locator("main").inner_text())


def check_in(desk, regency, code):
    """The resident says the code; give the number."""
    desk.goto(regency.url("wringin", "/antrean/"))
    desk.fill("#code", code)
    look(desk, "antrean-01-kode")
    desk.get_by_role("button", name="Sudah datang").click()
    return re.search(r"[A-D]-\d{3}", desk.get_by_text("Janji dicatat datang").inner_text())[0]


def test_an_appointment_becomes_a_number_that_is_called_and_served(regency, person):
    phone, desk = person(None, "centre", phone=True), person("operator.wringin", "wringin")
    code = book(phone, regency)
    wait_for_words(phone, "Kecamatan sudah menerima janji Anda")
    look(phone, "janji-03-diterima")
    number = check_in(desk, regency, code)
    display = person(None, "wringin")
    display.goto(regency.url("wringin", "/antrean/layar/"))

    row = desk.locator("#lists tr", has_text=number)
    row.get_by_role("button", name="Panggil").click()

    expect(display.locator(".board__number")).to_have_text(number)
    assert not axe_violations(display)
    look(desk, "antrean-02-dipanggil")
    desk.keyboard.press("F2")
    desk.wait_for_url(re.compile("/rekam/cari"))
    desk.fill("#q", "siti")
    desk.locator(".person", has_text=re.compile(r"· [2-5]\d")).get_by_role("button").first.click()
    desk.wait_for_url(re.compile(r"/rekam/[0-9a-f-]{36}/"))
    desk.goto(regency.url("wringin"))
    expect(desk.locator(".next__number")).to_contain_text(number)
    expect(desk.get_by_role("link", name="Lanjutkan rekaman")).to_be_visible()
    desk.keyboard.press("F9")
    expect(desk.locator(".board__number, .next__number b")).not_to_have_text(number)
    expect(display.locator(".board__side li", has_text=number)).to_contain_text("selesai")
    wait_for_words(phone, "Anda sudah datang")


def test_a_number_is_taken_at_the_screen_and_seen_at_the_desk(regency, person):
    screen, desk = person(None, "wringin"), person("operator.wringin", "wringin")
    screen.goto(regency.url("wringin", "/antrean/ambil/"))
    look(screen, "antrean-03-ambil")
    screen.get_by_label("Lansia").check()
    screen.get_by_role("button", name="Kartu Keluarga").click()
    number = screen.locator(".slip__number").inner_text()
    look(screen, "antrean-04-slip")

    desk.goto(regency.url("wringin", "/antrean/"))

    expect(desk.locator("#lists tr", has_text=number)).to_contain_text("Lansia")
    look(desk, "antrean-05-meja")
