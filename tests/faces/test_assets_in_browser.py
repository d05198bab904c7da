"""The asset officer's pages at desk and phone width."""

from datetime import date
from uuid import uuid4

import pytest

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.equipment import decrees, services
from dekat.equipment.kinds import Condition, DeviceKind, Metric
from dekat.equipment.papers import attach_paper
from tests.e2e.looking import look
from tests.make.accounts import HEAD, SEKDA
from tests.make.assets import NUMBER, bought, given, jpeg, signed_contract, upkeep_contract, workbook
from tests.make.browser import browser, log_in
from tests.make.station import log_in as log_in_client
from tests.make.station import officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def regency(identity, now):
    """A register with a bit of everything."""
    load_bundled()  # a test before this one may have emptied the tables
    signed_contract(now, count=5)
    bought(now, "REK-1", "REK-2", "REK-3")
    given(now, "REK-1", "35.11.12")
    given(now, "REK-2", "35.11.19")
    photo = attach_paper(subject="device:REK-1", kind="PHOTO", number="", content=jpeg("teal"), actor=HEAD, now=now)
    services.note_condition(serial="REK-1", condition=Condition.GOOD, photos=[photo], actor=HEAD, now=now)
    facts = {"serials": ["REK-1"], "actor": SEKDA, "now": now}
    decrees.set_use_status(**facts, decree="188.45/12/2024", on=date(2024, 5, 1), owner="KECAMATAN:35.11.12")
    signed_contract(now, number="027/205/430.9/2025", count=2, kind=DeviceKind.TOWER, model="Menara 32 m")
    bought(now, "MNR-1", "MNR-2", number="027/205/430.9/2025")
    services.assign_tower(serial="MNR-1", serves=["35.11.12", "35.11.19"], actor=HEAD, now=now)
    upkeep_contract(now, covers=["MNR-1"])
    services.make_claim(
        claim_id=uuid4(), metric=Metric.DEVICES_HANDED_OVER, kind=DeviceKind.RECORDER, value=19,
        source="Jawaban lisan dalam rapat dengar pendapat", said_on=date(2026, 2, 1), actor=HEAD, now=now,
    )  # fmt: skip


def test_the_office_at_work(regency, live_server, client, now, tmp_path):
    officer(now, username="vera", role=Role.VERIFIER)
    file = tmp_path / "daftar.xlsx"
    head = ["Nama Barang", "Nomor Pabrik", "Harga (Rp)", "Kecamatan"]
    file.write_bytes(workbook(head, ["Set cetak KK", "L-1", "14.750.000", "Wringin"], ["Kursi", 1.2e17, "gratis", ""]))
    with browser() as context:
        log_in_client(client, "vera")
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/kantor/alat/")
        look(page, "alat-0-awal")
        page.get_by_role("searchbox").fill("set perekaman")
        page.get_by_role("button", name="Cari").click()
        page.get_by_text("Satu Set perekaman KTP-el Rp 30.000.000.").wait_for()
        look(page, "alat-1-cari")
        page.get_by_role("link", name="REK-1", exact=True).click()
        page.get_by_role("heading", name="Tiga pihak").wait_for()
        look(page, "alat-2-alat")
        for place, address in enumerate(
            (
                "kontrak/", f"kontrak/{NUMBER}/", "kontrak/baru/", f"kontrak/{NUMBER}/alat/", f"kontrak/{NUMBER}/sp2d/",
                f"kontrak/{NUMBER}/berkas/", "nomor/REK-3/bast/", "nomor/REK-3/kondisi/", "nomor/MNR-2/menara/",
                "buku/", "buku/?buku=KIR&pihak=KECAMATAN:35.11.12", "menara/", "menara/?hari=90", "pernyataan/",
                "daftar/", "?cari=tidak-ada",
            ),
            start=3,
        ):  # fmt: skip
            assert page.goto(f"{live_server.url}/kantor/alat/{address}").ok
            look(page, f"alat-{place}-{address.split('?')[0].strip('/').replace('/', '-').replace('.', '')[:24]}")
        page.goto(f"{live_server.url}/kantor/alat/daftar/")
        page.get_by_label("Daftar aset").set_input_files(file)
        page.get_by_role("button", name="Periksa berkas").click()
        page.get_by_text("Excel membulatkan nomor seri").wait_for()
        look(page, "alat-30-kesalahan")


def test_the_sekda_decides(regency, live_server, client, now):
    officer(now, username="sekda", role=Role.REGIONAL_SECRETARY)
    with browser() as context:
        log_in_client(client, "sekda")
        log_in(context, address=live_server.url, client=client)
        page = context.new_page()
        page.goto(f"{live_server.url}/kantor/alat/nomor/REK-3/")
        page.get_by_role("link", name="Keputusan").click()
        page.get_by_label("Penghapusan", exact=True).check()
        page.get_by_label("Nomor keputusan").fill("188.45/99/2026")
        page.get_by_label("Tanggal keputusan").fill("2026-11-20")
        page.get_by_role("button", name="Simpan keputusan").click()
        page.get_by_text("Keputusan ini memerlukannya.").first.wait_for()
        look(page, "alat-40-keputusan")
        page.get_by_label("Alasan penghapusan").fill("Rusak berat, biaya perbaikan melebihi nilainya")
        page.get_by_role("button", name="Simpan keputusan").click()
        page.get_by_text("Dihapus dari daftar barang sejak 20 November 2026").wait_for()
        look(page, "alat-41-dihapus")
