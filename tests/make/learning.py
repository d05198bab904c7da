"""A newcomer in a browser: the lessons, the first practice and the quiz, by what is on the screen."""

import re

from playwright.sync_api import expect

from dekat.training import quiz
from tests.make.browser import press, sign

PATIENCE_MS = 40_000


def nothing(_name):
    """Look at nothing."""


def read_all(page, see=nothing):
    """From the one button of the locked home through every lesson."""
    page.get_by_role("link", name="Belajar merekam (± 15 menit)").click()
    see("belajar")
    page.get_by_role("link", name="Mulai membaca").click()
    for number in range(1, 8):
        expect(page.get_by_text(f"Pelajaran {number} dari 7")).to_be_visible()
        see(f"pelajaran-{number}")
        page.get_by_role("button", name="Sudah saya baca").click()


def practise(page, password, see=nothing):
    """Do what the big sentence says, nothing else: the chair, the lamp, the weak finger once more."""
    page.get_by_role("button", name="Mulai latihan").click()
    page.wait_for_selector("#biodata")
    see("data")
    assert page.locator(".practice").inner_text().startswith("LATIHAN")
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_contain_text("Geser warga ke", timeout=PATIENCE_MS)
    page.get_by_role("button", name="Geser kursi").click()
    expect(page.locator("#say")).to_have_text(re.compile("Tambah cahaya dari depan|Nyalakan lampu di depan"))
    see("foto")
    page.get_by_role("button", name="Nyalakan lampu").click()
    page.wait_for_selector(".portrait img", timeout=PATIENCE_MS)
    press(page, "Enter")
    for left in (10, 6):
        expect(page.locator(".spot--todo")).to_have_count(left, timeout=PATIENCE_MS)
        press(page, "Space")
        if left == 10:
            expect(page.locator(".spot--weak")).to_have_count(1, timeout=PATIENCE_MS)
            see("jari-lemah")
            press(page, "Space")
    expect(page.locator(".spot--todo")).to_have_count(2, timeout=PATIENCE_MS)
    press(page, "Space")
    expect(page.locator(".spot:not(.spot--todo)")).to_have_count(10, timeout=PATIENCE_MS)
    press(page, "Enter")
    for left in (2, 1):
        expect(page.locator(".hand--pair .spot--todo")).to_have_count(left, timeout=PATIENCE_MS)
        press(page, "Space")
    page.wait_for_selector(".hand--pair .spot--ok + .spot--ok", timeout=PATIENCE_MS)
    press(page, "Enter")
    page.wait_for_selector(".hand--eyes .spot--todo")
    press(page, "Space")
    page.wait_for_selector(".hand--eyes .spot--ok", timeout=PATIENCE_MS)
    see("iris")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pad")
    page.wait_for_load_state()
    sign(page)
    page.click("#keep")
    page.wait_for_selector("#seal")
    see("ringkasan")
    page.check("input[name=is_confirmed]")
    page.fill("input[name=password]", password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Latihan selesai")).to_be_visible()
    see("hasil")


def answer(page, see=nothing):
    """All ten right, from the result of the practice back to the way."""
    page.get_by_role("link", name="Jawab pertanyaan").click()
    see("kuis")
    for number, question in enumerate(quiz.questions()):
        page.check(f"input[name=q{number}][value='{question.right}']")
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(page.get_by_role("heading", name="10 dari 10 benar")).to_be_visible()
    page.get_by_role("link", name="Lanjut").click()
