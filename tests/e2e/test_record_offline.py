"""A resident of Cermee is recorded while the cable is out; the recording becomes a card that she holds."""

import json
import re
import time

import pytest
from playwright.sync_api import expect

from dekat.faces.sample.regency import PASSWORD
from tests.e2e.looking import look
from tests.e2e.register import console
from tests.e2e.wizard import once_more_if_weak
from tests.make.browser import axe_violations, keep_picture, sign
from tests.make.paper import text_of

pytestmark = [pytest.mark.browser, pytest.mark.processes]
CERMEE = "35.11.15"
# A packet of some hundred kilobytes passes the sample line, then the simulated national centre takes its time.
PATIENCE_S = 120
QUESTION = """
import django, json, sys
django.setup()
from dekat.national import queries as national
from dekat.registry import queries as registry
taken = {one.resident_id for one in national.submissions(limit=100000)}
for family in registry.family_ids(sys.argv[1]):
    for one in registry.members(registry.family(family).id):
        year = one.born_on.year
        if one.sex == "FEMALE" and year % 2 and 1970 < year < 2005 and one.id not in taken:
            print(json.dumps({"nik": one.nik, "name": one.printed_name}))
            sys.exit()
"""


@pytest.fixture(scope="module")
def resident(regency):
    """An adult of Cermee without a recording, born in an odd year as the red cloth of the film asks."""
    done = console(regency, "centre", "-c", QUESTION, CERMEE)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def see(page, name):
    """Look at a step of the wizard as it stands; a change of width would wipe the pad and the camera."""
    page.wait_for_load_state()
    faults = axe_violations(page)
    assert not faults, (name, faults)
    keep_picture(page, name)


def begin(desk, regency, resident):
    """Find the resident by NIK and start."""
    desk.goto(regency.url("cermee", "/rekam/cari"))
    desk.fill("#q", resident["nik"])
    desk.wait_for_selector(".person")
    see(desk, "rekam-01-cari")
    desk.click(".person button")
    desk.wait_for_selector("#biodata")
    expect(desk.locator(".wizard__stage")).to_contain_text(resident["name"])
    see(desk, "rekam-02-data")
    desk.get_by_role("button", name="Data benar").click()


def photograph(desk):
    """The camera takes the photo by itself; the resident agrees."""
    desk.wait_for_selector("#camera")
    see(desk, "rekam-03-kamera")
    desk.wait_for_selector(".portrait img", timeout=40_000)
    see(desk, "rekam-04-foto")
    desk.get_by_role("button", name="Warga setuju").click()


def capture_fingers(desk):
    """One finger is missing, as the camat confirms; then 4, 4 and 2, and the index fingers again."""
    desk.get_by_role("link", name="Ada jari yang tidak bisa?").click()
    desk.locator("label.digit", has_text="Kelingking kiri").click()
    desk.locator("label.choice", has_text="Tidak ada atau diamputasi").click()
    desk.fill("input[name=username]", "camat.cermee")
    desk.fill("input[name=password]", PASSWORD)
    see(desk, "rekam-05-pengecualian")
    desk.get_by_role("button", name="Simpan pengecualian").click()
    desk.get_by_role("button", name="Lewati: kamera rusak").click()
    for left, act in ((9, "Rekam jari kiri"), (6, "Rekam jari kanan"), (2, "Rekam jempol")):
        expect(desk.locator(".spot--todo")).to_have_count(left)
        once_more_if_weak(desk)
        see(desk, f"rekam-06-jari-{left}")
        desk.get_by_role("button", name=act).click()
    expect(desk.locator(".spot--todo")).to_have_count(0)
    once_more_if_weak(desk)
    see(desk, "rekam-07-jari-lengkap")
    desk.get_by_role("button", name="Lanjut: cek telunjuk").click()
    for left in (2, 1):
        expect(desk.locator(".hand--pair .spot--todo")).to_have_count(left)
        desk.get_by_role("button", name="Rekam telunjuk").click()
    desk.wait_for_selector(".hand--pair .spot--ok + .spot--ok")
    see(desk, "rekam-08-telunjuk")
    desk.get_by_role("button", name="Lanjut: iris mata").click()


def capture_eyes_and_signature(desk):
    """Both irises, then a stroke of the mouse across the pad."""
    desk.get_by_role("button", name="Rekam kedua mata").click()
    desk.wait_for_selector(".hand--eyes .spot--ok")
    see(desk, "rekam-09-iris")
    desk.get_by_role("button", name="Lanjut: tanda tangan").click()
    sign(desk)
    see(desk, "rekam-10-tanda-tangan")
    desk.click("#keep")


def operator_seconds(desk):
    """The operator's time as the recording's own timings tell it on the summary."""
    told = desk.locator(".wizard__time").inner_text()
    parts = {unit: int(count) for count, unit in re.findall(r"(\d+) (menit|detik)", told)}
    assert parts, told
    return 60 * parts.get("menit", 0) + parts.get("detik", 0)


def seal(desk):
    """The resident agrees, the operator signs with the password; give the code of the receipt."""
    desk.wait_for_selector("#seal")
    assert operator_seconds(desk) <= 180, "a whole recording takes the operator three minutes at most"
    desk.check("input[name=is_confirmed]")
    desk.fill("input[name=password]", PASSWORD)
    see(desk, "rekam-11-ringkasan")
    desk.get_by_role("button", name="Segel dan cetak bukti").click()
    desk.wait_for_selector(".receipt")
    look(desk, "rekam-12-bukti")
    expect(desk.locator(".receipt__qr svg")).to_be_visible()
    expect(desk.locator(".receipt__facts")).to_contain_text("menunggu jaringan")
    return desk.locator(".receipt__code").inner_text().strip()


def come_back_to(page, url, words, *, row=""):
    """Open a page again until it (or the row of this code) says so; line and national centre take their time."""
    for _ in range(PATIENCE_S):
        page.goto(url)
        places = page.locator("main tr", has_text=row) if row else page.locator("main")
        if places.count() and re.search(words, places.first.inner_text()):
            return
        time.sleep(1)
    raise AssertionError((words, page.locator("main").inner_text()))


def track(person, regency, code, words, name):
    """What the resident's phone says, in the end and with a picture on both widths."""
    page = person(None, "centre", phone=True)
    come_back_to(page, regency.url("centre", f"/lacak/{code}"), words)
    look(page, name)
    page.context.close()


def print_and_send(office, regency, code):
    """Open the card's face, note its blank, pack and send the bag."""
    office.goto(regency.url("centre", "/kantor/kartu/"))
    look(office, "kantor-03-kartu-siap")
    sheet = None
    while sheet is None:  # whoever has waited longer comes first
        job = office.locator("article.card-job", has=office.get_by_role("button", name="Sudah tercetak")).first
        if code in job.inner_text():
            sheet = office.request.get(regency.url("centre", job.get_by_role("link").get_attribute("href")))
            assert sheet.headers["content-type"] == "application/pdf"
        job.get_by_role("button", name="Sudah tercetak").click()
        expect(office.get_by_text("Kartu tercatat sudah dicetak")).to_be_visible(timeout=30_000)
    bag = office.locator("form.card-job", has_text="Cermee")
    look(office, "kantor-04-kemas")
    bag.locator("input[name=seal_no]").fill("SGL-2201")
    bag.get_by_role("button", name="Kemas dan kirim").click()
    expect(office.get_by_text("Kiriman dikemas dan berangkat")).to_be_visible()
    look(office, "kantor-05-kiriman")
    return sheet.body()


def count_and_hand_over(desk, regency, code):
    """Cermee counts the bag and hands the card over with an identity check."""
    come_back_to(desk, regency.url("cermee", "/serah/"), "Ada kiriman kartu")
    look(desk, "serah-01-kiriman")
    desk.get_by_role("link", name="Kiriman sudah datang").click()
    desk.check("input[name=is_seal_whole][value='1']")
    look(desk, "serah-02-hitung")
    desk.get_by_role("button", name="Simpan hitungan").click()
    expect(desk.get_by_text("Isi kiriman lengkap")).to_be_visible()
    look(desk, "serah-03-siap-diambil")
    row = desk.locator(".card-row", has_text=code)
    row.get_by_label("Kartu Keluarga asli").check()
    yield
    row.get_by_role("button", name="Serahkan kartu").click()
    expect(desk.get_by_text("Kartu diserahkan")).to_be_visible()
    look(desk, "serah-04-diserahkan")
    yield


def test_a_recording_made_without_a_line_becomes_a_card_in_the_resident_s_hand(regency, person, resident):
    desk = person("operator.cermee", "cermee")
    regency.switch("line/cermee", is_pulled=True)
    begin(desk, regency, resident)
    photograph(desk)
    capture_fingers(desk)
    capture_eyes_and_signature(desk)
    code = seal(desk)
    desk.goto(regency.url("cermee"))
    see(desk, "rekam-13-beranda-menunggu")
    expect(desk.locator("main")).to_contain_text("1 rekaman aman di sini")
    track(person, regency, code, "belum kami kenal", "lacak-0-belum-tiba")

    regency.switch("line/cermee", is_pulled=False)

    office = person("verifikator", "centre")
    come_back_to(office, regency.url("centre", "/kantor/rekaman/"), code)
    look(office, "kantor-01-rekaman")
    come_back_to(office, regency.url("centre", "/kantor/rekaman/"), "Siap cetak", row=code)
    assert office.get_by_role("link", name=code).count() == 1
    office.get_by_role("link", name=code).click()
    look(office, "kantor-02-satu-rekaman")
    expect(office.locator("main")).to_contain_text("ada, bertanda tangan")
    track(person, regency, code, "Siap dicetak", "lacak-1-siap-cetak")
    face = print_and_send(office, regency, code)
    assert resident["nik"] in text_of(face, "-raw").replace(" ", "")
    track(person, regency, code, "Dalam perjalanan", "lacak-2-perjalanan")

    hand_over = count_and_hand_over(desk, regency, code)
    next(hand_over)
    track(person, regency, code, "sudah jadi", "lacak-3-siap-diambil")
    next(hand_over)

    track(person, regency, code, "diterima warga", "lacak-4-diterima")
    come_back_to(desk, regency.url("cermee", "/terkirim/"), "kartu sudah di tangan warga")
    look(desk, "serah-05-terkirim")
