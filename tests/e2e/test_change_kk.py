"""A family's KK is changed from home and at the desk, signed, printed in Wringin, handed over, judged by its code."""

import re
import time

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.looking import look
from tests.e2e.register import family
from tests.make.paper import codes_of, signature_report, text_of

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.centre_database]
WRINGIN = "35.11.12"
# Signing renders with Typst and signs with a certificate; the sheet passes a feed and a printer.
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def household(regency):
    return family(regency, WRINGIN)


@pytest.fixture
def evidence(tmp_path):
    path = tmp_path / "surat-kerja.jpg"
    Image.effect_noise((800, 600), 30).convert("RGB").save(path)
    return path


def fill(page, household, member):
    """Who asks, and the first value of the list that is not the present one; give its words."""
    page.fill("input[name=nik]", member["nik"])
    page.fill("input[name=family_card_no]", household["family_card_no"])
    options = page.locator("select[name=new_value] option").all_inner_texts()
    chosen = next(words for words in options[1:] if words.casefold() not in member["words"].casefold())
    page.select_option("select[name=new_value]", label=chosen)
    return chosen


def apply_from_home(person, household, evidence):
    """The head of the family on her phone; give the code of the application and what the KK shall say."""
    page = person(None, "centre", phone=True)
    look(page, "kk-1-beranda-warga")
    page.goto(page.url + "ajukan/")
    look(page, "kk-2-pilih-perubahan")
    page.locator("a[href$='/occupation/']").click()
    wanted = fill(page, household, household["members"][0])
    page.set_input_files("input[type=file]", str(evidence))
    look(page, "kk-3-isi-permohonan")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/lacak/**")
    look(page, "kk-4-lacak")
    return page.url.rsplit("/", 1)[1], wanted


def apply_at_the_desk(desk, regency, household):
    """The operator types for somebody without a phone; give the code and what the KK shall say."""
    desk.goto(regency.url("wringin", "/permohonan/"))
    look(desk, "kk-10-loket-pilih")
    desk.locator("a[href$='/education/']").click()
    wanted = fill(desk, household, household["members"][0])
    desk.check("input[name=has_seen_evidence]")
    look(desk, "kk-11-loket-isi")
    desk.get_by_role("button", name="Simpan dan kirim").click()
    desk.wait_for_url("**/permohonan/bukti/**")
    look(desk, "kk-12-loket-bukti")
    return re.search(r"[0-9A-Z]{5}[ -]?[0-9A-Z]{5}", desk.locator("main").inner_text())[0].replace(" ", "-"), wanted


def find_in_queue(page, regency, code):
    """Open the application of this code; it may still be on its way from a station."""
    for _ in range(40):
        page.goto(regency.url("centre", "/kantor/permohonan/"))
        link = page.get_by_role("link", name=re.compile("-?".join(re.findall(".....", code.replace("-", "")))))
        if link.count():
            break
        time.sleep(1)
    link.click()
    page.wait_for_url("**/kantor/permohonan/*-*/")


def decide(person, regency, code, wanted, *, see):
    """The verifier compares and approves; the head signs."""
    verifier = person("verifikator", "centre")
    find_in_queue(verifier, regency, code)
    verifier.get_by_role("button", name="Mulai periksa").click()
    expect(verifier.locator(".review-change__new")).to_contain_text(wanted)
    expect(verifier.locator(".review-change__old")).not_to_contain_text(wanted)
    if see:
        look(verifier, "kk-5-periksa")
    verifier.get_by_role("button", name="Setujui").click()
    expect(verifier.get_by_text("Sekarang giliran Kepala Dinas")).to_be_visible()
    if see:
        look(verifier, "kk-6-antrean")
    head = person("kadis", "centre")
    find_in_queue(head, regency, code)
    if see:
        look(head, "kk-7-tanda-tangan")
    head.get_by_role("button", name="Tandatangani dan terbitkan").click()
    expect(head.get_by_text("Terbit. Dokumennya")).to_be_visible(timeout=PATIENCE_MS)


def print_and_hand_over(desk, regency, *, see):
    """Print what arrived, look at the sheet, hand it over; give the printed bytes."""
    before = len(regency.sheets("wringin"))
    desk.goto(regency.url("wringin", "/cetak/"))
    waiting = desk.get_by_role("button", name="Cetak", exact=True)
    expect(waiting).to_be_visible(timeout=PATIENCE_MS)
    if see:
        look(desk, "kk-8-meja-cetak")
    waiting.click()
    expect(desk.get_by_role("button", name="Lembar baik")).to_be_visible(timeout=PATIENCE_MS)
    sheets = regency.sheets("wringin")
    assert len(sheets) == before + 1
    if see:
        look(desk, "kk-9-periksa-lembar")
    desk.get_by_role("button", name="Lembar baik").click()
    desk.get_by_role("link", name="Serahkan", exact=True).click()
    if see:
        look(desk, "kk-9-serahkan")
    desk.check("input[name=collector] >> nth=0")
    desk.fill("input[name=receiver_name]", "Penerima Contoh")
    desk.check("input[name=is_checked]")
    desk.get_by_role("button", name="Sudah diserahkan").click()
    expect(desk.get_by_text("Lembar sudah diserahkan")).to_be_visible()
    return sheets[-1].read_bytes()


def verdict(person, code, name):
    """What a stranger's phone shows after its camera opened the code."""
    page = person(None, "centre", phone=True)
    page.goto(code)
    shown = page.locator("#verify-result .verdict")
    expect(shown).to_be_visible()
    look(page, name)
    return re.search(r"verdict--(\w+)", shown.get_attribute("class"))[1]


def altered(code):
    """The same code with one letter changed in the middle of what is signed."""
    place = code.index("#") + 60
    return code[:place] + ("B" if code[place] == "A" else "A") + code[place + 1 :]


@pytest.mark.scenario(2)
def test_a_kk_changes_twice_and_its_papers_tell_green_from_yellow_from_red(regency, person, household, evidence):
    desk = person("operator.wringin", "wringin")
    code, work = apply_from_home(person, household, evidence)
    decide(person, regency, code, work, see=True)
    first = print_and_hand_over(desk, regency, see=True)
    (first_code,) = codes_of(first, dpi=150)
    assert "Signature is Valid" in signature_report(first)
    assert "SPESIMEN" in text_of(first, "-raw").replace("\n", "")
    assert work in text_of(first, "-raw").replace("\n", " ")
    assert verdict(person, first_code, "kk-13-hijau") == "valid"
    assert verdict(person, altered(first_code), "kk-14-merah") == "false"

    code, school = apply_at_the_desk(desk, regency, household)
    decide(person, regency, code, school, see=False)
    second = print_and_hand_over(desk, regency, see=False)
    (second_code,) = codes_of(second, dpi=150)

    assert verdict(person, second_code, "kk-13-hijau") == "valid"
    assert verdict(person, first_code, "kk-15-kuning") == "outdated"
    tracking = person(None, "centre", phone=True)
    tracking.goto(regency.url("centre", f"/lacak/{code}"))
    look(tracking, "kk-16-lacak-selesai")
