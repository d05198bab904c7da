"""The asset officer's pages: scenarios 19, 20 and 23, procurement, books, lists, and who may do what."""

from datetime import date, timedelta
from io import BytesIO
from time import monotonic
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.documents import ports as document_ports
from dekat.equipment import queries, services
from dekat.equipment.kinds import Condition, DeviceKind, Metric
from dekat.faces.clock import now as clock
from dekat.ledger import queries as ledger
from dekat.ledger.services import record
from tests.make.accounts import HEAD, let_in
from tests.make.assets import NUMBER, bought, given, jpeg, signed_contract, upkeep_contract, workbook
from tests.make.documents import make_workshop
from tests.make.paper import text_of

pytestmark = pytest.mark.django_db
OFFICE = "/kantor/alat/"


@pytest.fixture
def regency(identity, now):
    """Three recorders: Wringin has one, Ijen one, one stands in the store; the SP2D is not here."""
    load_bundled()
    signed_contract(now)
    bought(now, "REK-1", "REK-2", "REK-3")
    given(now, "REK-1", "35.11.12")
    given(now, "REK-2", "35.11.19")


@pytest.fixture
def office(regency, client, now):
    let_in(client, Role.VERIFIER, now=now)
    return client


def page(client, address, **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_search_says_what_a_set_cost_when_from_which_money_and_where_it_is(office):
    found = page(office, OFFICE, cari="set perekaman")

    assert "Satu Set perekaman KTP-el Rp 30.000.000." in found
    assert f"dibeli dengan kontrak {NUMBER} tanggal 01 Februari 2024" in found
    assert "APBD kabupaten 2024 (DPA 2.12.01), SP2D belum ada buktinya." in found
    assert "Menurut BAST 2 ada di kecamatan dan 1 belum diserahkan." in found
    assert "Harga 3 alat di daftar sama dengan jumlah kontrak." in found
    assert "Pemindai iris" in found
    for evidence in ("BAST-P/1", "BAST-K/REK-1", "BAST-K/REK-2", "Ijen (Sempol)", "gudang Dispendukcapil"):
        assert evidence in found


def test_missing_evidence_is_listed_by_name(office):
    found = page(office, OFFICE, cari="REK-3")

    for lack in (
        f"SP2D kontrak {NUMBER}", f"pindaian kontrak {NUMBER}", "BAST ke kecamatan untuk REK-3",
        "keputusan status penggunaan untuk REK-1, REK-2, REK-3",
    ):  # fmt: skip
        assert lack in found


def test_one_device_is_answered_in_one_sentence(office):
    found = page(office, OFFICE, cari="REK-2")

    assert "REK-2 (Set perekaman KTP-el) berharga Rp 30.000.000, dibeli 01 Februari 2024" in found
    assert "sekarang di Kecamatan Ijen (Sempol), pengguna barangnya Dispendukcapil, kondisi belum diperiksa." in found


def test_a_place_with_several_devices_is_answered_by_their_names(office, now):
    given(now, "REK-3", "35.11.19")

    assert "2 alat ada di Kecamatan Ijen (Sempol) menurut BAST: REK-2, REK-3." in page(office, OFFICE, cari="ijen")


@pytest.mark.parametrize("words", ["Ijen", "Kecamatan Sempol", "35.11.19"])
def test_a_place_is_found_by_every_name_it_has(office, words):
    found = page(office, OFFICE, cari=words)

    assert "REK-2 (Set perekaman KTP-el)" in found


def test_a_difference_to_the_contract_is_named(office, now):
    signed_contract(now, number="027/9/2024", count=5)
    bought(now, "X-1", number="027/9/2024", first=50)

    found = page(office, OFFICE, cari="027/9/2024")

    assert "selisih Rp 120.000.000, karena 4 dari 5 alat belum tercatat menurut nomor seri." in found


def test_a_claim_stands_beside_the_count_with_what_would_settle_it(office, now):
    services.make_claim(
        claim_id=uuid4(), metric=Metric.DEVICES_HANDED_OVER, kind=DeviceKind.RECORDER, value=5,
        source="Jawaban lisan dalam rapat", said_on=date(2026, 2, 1), actor=HEAD, now=now,
    )  # fmt: skip

    for address, query in ((OFFICE, {"cari": "perekaman"}), (f"{OFFICE}pernyataan/", {})):
        found = page(office, address, **query)

        assert "2 menurut BAST, 5 menurut pernyataan: selisih 3" in found
        assert "tidak menyebut kecamatannya" in found
        assert "BAST untuk 3 nomor seri itu" in found
        assert "Dinyatakan oleh Dispendukcapil pada 01 Februari 2026. Sumber: Jawaban lisan dalam rapat." in found


def test_a_claim_that_the_bast_confirm_is_no_dispute(office, now):
    services.make_claim(
        claim_id=uuid4(), metric=Metric.DEVICES_HANDED_OVER, kind=DeviceKind.RECORDER, value=2, source="Kunjungan",
        said_on=date(2026, 2, 1), actor=HEAD, now=now,
    )  # fmt: skip

    assert "2 menurut BAST, sama dengan pernyataan." in page(office, OFFICE, cari="perekaman")


def test_the_search_answers_within_two_seconds(office, now):
    signed_contract(now, number="027/7/2024", count=300)
    bought(now, *(f"B-{number:04d}" for number in range(300)), number="027/7/2024", first=100)

    start = monotonic()
    page(office, OFFICE, cari="027/7/2024")

    assert monotonic() - start < 2


def contract_form(**changes):
    return {
        "count": "1", "simpan": "1", "number": "027/55/2026", "purpose": "PURCHASE", "signed_on": "2026-02-02",
        "supplier": "CV Contoh (rekaan)", "budget_year": "2026", "funding": "APBD", "budget_line": "DPA 9",
        "total": "60.000.000", "barang-0-kind": "KK_PRINTER", "barang-0-model": "Pencetak", "barang-0-count": "2",
        "barang-0-unit_price": "30.000.000", "barang-0-components": "Pencetak; 20.000.000\nKomputer; 10.000.000",
        **changes,
    }  # fmt: skip


def test_a_contract_is_entered_with_its_components_then_its_devices_and_its_sp2d(office):
    office.post(f"{OFFICE}kontrak/baru/", contract_form())
    office.post(
        f"{OFFICE}kontrak/027/55/2026/alat/",
        {"item": "0", "serials": "P-1\nP-2", "asset_code": "1.3.2.10.02.03", "bast": "B/1", "on": "2026-03-03"},
    )
    office.post(f"{OFFICE}kontrak/027/55/2026/sp2d/", {"payment_order": "SP2D/5", "paid_on": "2026-04-04"})

    found = page(office, f"{OFFICE}kontrak/027/55/2026/")

    assert "Harga 2 alat di daftar sama dengan jumlah kontrak." in found
    assert "SP2D/5" in found
    assert queries.device("P-1").register_no == "0004"
    assert queries.device("P-2").delivery.on == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": "61.000.000"}, "Rincian harga tidak sama dengan jumlahnya"),
        ({"barang-0-components": "Pencetak; 1.000"}, "Jumlah komponen Rp 1.000, harga satuan Rp 30.000.000."),
        ({"barang-0-components": "Pencetak 1.000"}, "tidak punya titik koma"),
        ({"signed_on": "2027-01-01"}, "Hari ini belum tiba"),
        ({"payment_order": "S/1"}, "Nomor dan tanggal SP2D diisi keduanya"),
    ],
)
def test_a_contract_that_does_not_add_up_is_sent_back_with_the_reason(office, changes, said):
    answer = office.post(f"{OFFICE}kontrak/baru/", contract_form(**changes))

    assert said in answer.content.decode()
    assert queries.contract("027/55/2026") is None


def test_another_model_is_added_without_losing_what_was_written(office):
    form = contract_form()
    del form["simpan"]

    answer = office.post(f"{OFFICE}kontrak/baru/", {**form, "tambah": "1"}).content.decode()

    assert "Barang 2" in answer
    assert 'value="027/55/2026"' in answer
    assert "Ada yang perlu dibetulkan" not in answer


def test_a_set_moves_from_one_kecamatan_to_another_and_both_books_change(office, client, now):
    let_in(client, Role.REGIONAL_SECRETARY, now=now)
    decree = {"serials": "REK-1", "owner": "KECAMATAN:35.11.12"}
    client.post(f"{OFFICE}keputusan/", {**decree, "kind": "USE_STATUS", "decree": "SK/1", "on": "2024-05-01"})
    move = {"kind": "TRANSFER", "decree": "SK/2", "on": "2026-06-01", "bast": "BAST-M/1"}
    client.post(f"{OFFICE}keputusan/", {**decree, **move, "owner": "KECAMATAN:35.11.03"})
    given(now, "REK-1", "35.11.03", bast="BAST-M/1", on=date(2026, 6, 1))

    def book(owner, day):
        return page(client, f"{OFFICE}buku/", pihak=owner, tanggal=day)

    assert "REK-1" in book("KECAMATAN:35.11.12", "2026-05-31")
    assert "REK-1" not in book("KECAMATAN:35.11.12", "2026-06-01")
    assert "REK-1" in book("KECAMATAN:35.11.03", "2026-06-01")
    life = page(client, f"{OFFICE}nomor/REK-1/")
    for past in ("SK/1", "SK/2", "BAST-K/REK-1", "BAST-M/1", "Kecamatan Wringin", "Kecamatan Tlogosari"):
        assert past in life


def test_dispendukcapil_may_move_but_not_write_off(regency, client, now):
    let_in(client, Role.REGISTRY_HEAD, now=now)
    facts = {"serials": "REK-3", "decree": "SK/3", "on": "2026-01-02", "reason": "Rusak", "kind": "WRITE_OFF"}

    answer = client.post(f"{OFFICE}keputusan/", facts)

    assert queries.device("REK-3").written_off_on is None
    assert "WRITE_OFF" not in client.get(f"{OFFICE}keputusan/").content.decode()
    assert answer.status_code == 200


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.DISTRICT_HEAD, Role.PARLIAMENT])
def test_others_do_not_open_the_register(regency, client, now, role):
    let_in(client, role, now=now, kecamatan="35.11.12" if role != Role.PARLIAMENT else "")

    assert client.get(OFFICE).status_code == 403


def test_the_inspectorate_reads_and_writes_nothing(regency, client, now):
    let_in(client, Role.INSPECTORATE, now=now)

    assert client.get(f"{OFFICE}nomor/REK-1/").status_code == 200
    assert client.post(f"{OFFICE}kontrak/baru/", contract_form()).status_code == 403
    assert client.get(f"{OFFICE}keputusan/").status_code == 403


def test_kib_b_as_a_workbook_has_the_sixteen_columns_and_comes_back_without_a_change(office):
    answer = office.get(f"{OFFICE}buku/xlsx/", {"buku": "KIB-B", "pihak": "DISPENDUKCAPIL"})

    rows = [list(row) for row in load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)]
    head = next(place for place, row in enumerate(rows) if row[0] == "No. Urut")
    assert len([cell for cell in rows[head] if cell]) == 16
    assert rows[head + 1] == list(range(1, 17))
    assert rows[head + 2][8] == "REK-1"
    assert rows[head + 2][14] == 30_000
    again = office.post(f"{OFFICE}daftar/", {"file": SimpleUploadedFile("kib.xlsx", answer.content)}, follow=True)
    assert "Tidak ada yang baru" in again.content.decode()


def test_a_cell_that_begins_like_a_formula_stays_a_text(office, now):
    signed_contract(now, number="027/8/2024", model="=HYPERLINK(1)")
    bought(now, "F-1", number="027/8/2024", first=90)

    book = load_workbook(BytesIO(office.get(f"{OFFICE}buku/xlsx/").content))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert [cell.data_type for cell in cells] == ["s"]


@pytest.mark.parametrize(
    ("query", "title", "serial"),
    [
        ({"buku": "KIB-B"}, "Peralatan dan Mesin", "REK-3"),
        ({"buku": "KIR", "pihak": "KECAMATAN:35.11.19"}, "Kartu Inventaris Ruangan", "REK-2"),
    ],
)
def test_a_book_on_paper_is_a_specimen_of_the_sample(office, monkeypatch, tmp_path, now, query, title, serial):
    monkeypatch.setattr(document_ports, "_source", lambda: make_workshop(tmp_path, now))
    services.note_condition(serial=serial, condition=Condition.GOOD, actor=HEAD, now=now)

    answer = office.get(f"{OFFICE}buku/pdf/", query)

    said = text_of(answer.content, "-raw")
    assert answer["Content-Type"] == "application/pdf"
    assert "SPESIMEN" in said.replace("\n", "")
    assert title in said.replace("\n", " ")
    assert serial in said.replace("\n", "")
    assert ",000" not in said


def test_a_list_is_checked_then_taken(office):
    content = workbook(["Nama Barang", "Nomor Pabrik", "Harga (Rp)"], ["Set cetak KK", "L-1", "14.750.000"])
    checked = office.post(f"{OFFICE}daftar/", {"file": SimpleUploadedFile("d.xlsx", content)}, follow=True)
    assert "Simpan 1 alat" in checked.content.decode()
    assert queries.device("L-1") is None

    taken = office.post(checked.request["PATH_INFO"], follow=True)

    assert "1 alat baru dicatat, 0 sudah ada dan tidak berubah." in taken.content.decode()
    assert queries.device("L-1") is not None


def test_the_template_that_we_offer_is_read_by_ourselves(office):
    content = office.get(f"{OFFICE}daftar/contoh/").content

    checked = office.post(f"{OFFICE}daftar/", {"file": SimpleUploadedFile("d.xlsx", content)}, follow=True)

    assert "Simpan 1 alat" in checked.content.decode()


def test_a_fault_of_a_list_is_said_in_plain_words(office):
    content = b"Nama Barang;Nomor Pabrik;Harga (Rp)\nSet cetak KK;1,23E+16;14.750.000\n"

    found = office.post(f"{OFFICE}daftar/", {"file": SimpleUploadedFile("d.csv", content)}, follow=True)

    text = found.content.decode()
    assert "Excel membulatkan nomor seri “1,23E+16”" in text
    assert "Nomor Pabrik" in text
    assert "Simpan" not in text


def test_a_condition_with_a_photo_is_on_the_device_page(office):
    office.post(
        f"{OFFICE}nomor/REK-1/kondisi/",
        {"condition": "MINOR_DAMAGE", "file": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")},
    )

    found = page(office, f"{OFFICE}nomor/REK-1/")
    assert "Rusak ringan" in found
    assert 'class="thumb"' in found
    [event] = ledger.events(names=["equipment.device.condition_recorded"])
    [paper] = queries.papers(["device:REK-1"])
    assert event.data["photo_sha256"] == [paper.sha256]
    assert office.get(f"{OFFICE}berkas/{paper.event_id}/")["Content-Type"] == "image/jpeg"


def test_a_pdf_leaves_as_an_attachment(office):
    import pikepdf

    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    file = SimpleUploadedFile("k.pdf", out.getvalue(), "application/pdf")
    office.post(f"{OFFICE}kontrak/{NUMBER}/berkas/", {"kind": "CONTRACT", "number": NUMBER, "file": file})

    [paper] = queries.papers([f"contract:{NUMBER}"])
    answer = office.get(f"{OFFICE}berkas/{paper.event_id}/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert f"pindaian kontrak {NUMBER}" not in page(office, OFFICE, cari=NUMBER)


def test_what_a_tower_costs_stands_beside_the_uptime_of_its_line(office, now):
    signed_contract(now, number="027/M/2024", count=1, kind=DeviceKind.TOWER, model="Menara")
    bought(now, "MNR-1", number="027/M/2024", first=1)
    upkeep_contract(now, covers=["MNR-1"])
    office.post(f"{OFFICE}nomor/MNR-1/menara/", {"serves": ["35.11.12"]})
    probe(clock() - timedelta(hours=4), is_up=True)
    probe(clock() - timedelta(hours=1), is_up=False)

    found = page(office, f"{OFFICE}menara/")

    assert "Wringin: <b>75%</b>" in found
    assert "Rp 30.000.000" in found
    assert "MNR-1" not in page(office, f"{OFFICE}buku/")


def test_a_tower_without_a_measured_line_says_so(office, now):
    signed_contract(now, number="027/M/2024", count=1, kind=DeviceKind.TOWER, model="Menara")
    bought(now, "MNR-1", number="027/M/2024", first=1)
    services.assign_tower(serial="MNR-1", serves=["35.11.12"], actor=HEAD, now=now)

    assert "tidak ada pengukuran" in page(office, f"{OFFICE}menara/", hari="90")


def test_owner_holder_and_user_are_three_things(office, now):
    from django.db import transaction

    at = clock() - timedelta(days=2)
    with transaction.atomic():
        data = {"use": "CAPTURE", "count": 3}
        record(name="readings.device.used", subject="device:REK-1", actor="node:s", data=data, now=at)

    found = page(office, f"{OFFICE}nomor/REK-1/")

    for label in ("Pengguna barang (KIB)", "Pemegang (BAST)", "Pemakai (terukur)", "3 kali dalam 400 hari"):
        assert label in found


def probe(at, *, is_up):
    from django.db import transaction

    data = {"path": "LOCAL", "is_up": is_up, "latency_ms": 40 if is_up else None, "seen_from": "STATION"}
    with transaction.atomic():
        record(name="readings.link.probed", subject="kecamatan:35.11.12", actor="node:s", data=data, now=at)
