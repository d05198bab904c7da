"""A hearing in a browser: called, held, decided; the office reports, DPRD accepts; every page is looked at twice."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from dekat.accounts.roles import Role
from dekat.duties.obligations import State, obligations
from dekat.duties.replies import replies
from dekat.faces.clock import now as clock
from tests.e2e.looking import look
from tests.faces.test_hearings import regency  # noqa: F401
from tests.make.accounts import let_in
from tests.make.browser import browser, log_in
from tests.make.evidence import KEC
from tests.make.pictures import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(regency, client, live_server, now):  # noqa: F811
    """A browser in which one officer after the other sits down."""
    with browser() as context:

        def sit(role, kecamatan=""):
            username = f"{role.lower()}{kecamatan}"
            known = get_user_model().objects.filter(username=username).first()
            if known:
                client.force_login(known)
            else:
                let_in(client, role, now=now, kecamatan=kecamatan)
            context.clear_cookies()
            log_in(context, address=live_server.url, client=client)
            return context.new_page()

        yield sit


def day(ahead):
    """A day as a date field takes it."""
    return (clock() + timedelta(days=ahead)).date().isoformat()


def test_a_hearing_from_its_call_to_the_accepted_obligation(desk, live_server):
    page = desk(Role.PARLIAMENT)
    page.goto(f"{live_server.url}/pengawasan/rapat/")
    page.get_by_role("link", name="Jadwalkan rapat").click()
    look(page, "rapat-1-jadwalkan")
    page.get_by_label("Judul rapat").fill("Alat rekam yang mangkrak")
    page.get_by_label("Tanggal").fill(day(1))
    page.locator(f"input[value='KECAMATAN:{KEC}']").check()
    page.get_by_label("Pertanyaan").fill("Berapa harga satu set?")
    page.get_by_role("button", name="Jadwalkan").click()
    expect(page.get_by_text("Rapat dijadwalkan")).to_be_visible()
    expect(page.get_by_text("Berapa harga satu set?")).to_be_visible()
    look(page, "rapat-2-agenda")

    page.get_by_label("Risalah singkat").fill("Dispendukcapil berjanji mengirim petunjuk.")
    page.get_by_role("button", name="Simpan risalah").click()
    page.get_by_label("Siapa yang wajib?").select_option("DISPENDUKCAPIL")
    page.get_by_label("Tentang apa?").select_option("device:REK-19")
    page.get_by_label("Apa yang harus dilakukan?").fill("kirim petunjuk ke Sempol")
    page.get_by_label("Paling lambat").fill(day(9))
    page.get_by_role("button", name="Jadikan kewajiban").click()
    expect(page.get_by_text("Keputusan dicatat sebagai kewajiban.")).to_be_visible()
    look(page, "rapat-3-keputusan")
    for name in ("PDF", "ZIP"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        assert waiting.value.failure() is None

    [card] = obligations()
    story = f"{live_server.url}/pengawasan/kewajiban/{card.id}/"
    page = desk(Role.REGISTRY_HEAD)
    page.goto(f"{live_server.url}/pengawasan/kewajiban/")
    look(page, "kewajiban-1-daftar")
    page.get_by_role("link", name="kirim petunjuk ke Sempol").click()
    page.get_by_label("Apa yang sudah dilakukan?").fill("Petunjuk dikirim hari ini.")
    page.get_by_label("Foto atau PDF").set_input_files(
        {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    look(page, "kewajiban-2-lapor")
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Laporan dikirim.")).to_be_visible()

    page = desk(Role.PARLIAMENT)
    page.goto(story)
    look(page, "kewajiban-3-terima")
    page.get_by_role("button", name="Terima: sudah dipenuhi").click()
    expect(page.get_by_text("Diterima. Kewajiban ini dipenuhi.")).to_be_visible()
    look(page, "kewajiban-4-dipenuhi")
    assert obligations()[0].state(clock()) is State.MET


def test_a_visit_and_a_reply(desk, live_server):
    page = desk(Role.PARLIAMENT)
    page.goto(f"{live_server.url}/pengawasan/kunjungan/baru")
    look(page, "kunjungan-1-tempat")
    page.get_by_label("Kecamatan").select_option(KEC)
    page.get_by_role("button", name="Lanjut").click()
    look(page, "kunjungan-2-isi")
    page.get_by_label("Siapa yang datang?").fill("Komisi I, 6 orang")
    page.get_by_label("Tanggal").fill(day(-1))
    page.get_by_label("Jam").fill("09:30")
    page.get_by_label("REK-19").select_option("WORKING")
    page.get_by_label("Foto alat ini").set_input_files(
        {"name": "alat.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Yang ditemukan berbeda dari yang terukur.")).to_be_visible()
    look(page, "kunjungan-3-hasil")

    page = desk(Role.DISTRICT_HEAD, KEC)
    page.goto(f"{live_server.url}/pengawasan/alat/REK-19/")
    page.get_by_role("link", name="Tulis hak jawab").click()
    page.get_by_role("textbox", name="Hak jawab").fill("Kami sudah tiga kali meminta petunjuk.")
    look(page, "jawab-1-tulis")
    page.get_by_role("button", name="Catat hak jawab").click()
    expect(page.get_by_text("Kami sudah tiga kali meminta petunjuk.")).to_be_visible()
    look(page, "jawab-2-alat")
    page.goto(f"{live_server.url}/pengawasan/catatan/{replies()[0].to_event}/")
    look(page, "jawab-3-kejadian")
    for name, path in (("rapat-4-daftar", "rapat/"), ("catatan", "catatan/"), ("ringkasan", "")):
        page.goto(f"{live_server.url}/pengawasan/{path}")
        look(page, name)
