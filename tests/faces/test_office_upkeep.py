"""The office looks after equipment: offers, who has not answered, upkeep, stock-takes, shelves, blanks."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.accounts.roles import Role
from dekat.areas import services as areas
from dekat.cards import blanks
from dekat.documents import ports, verification
from dekat.equipment import custody, handing_over, offers, queries, stock_take
from dekat.equipment.drawing import as_svg
from dekat.equipment.handing_over import Receipt, Said
from dekat.equipment.kinds import Condition
from dekat.equipment.offers import Person
from dekat.faces.equipment_papers import issued_handover
from tests.make import cards as make_cards
from tests.make import goods
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, OPERATOR, let_in
from tests.make.documents import make_workshop
from tests.make.paper import text_of

pytestmark = pytest.mark.django_db
HERE = OPERATOR.kecamatan
OFFERS = "/kantor/alat/serah-terima/"


@pytest.fixture
def office(identity, now, client):
    areas.load_bundled()
    let_in(client, Role.REGISTRY_HEAD, now=now)
    goods.buy(["R-1", "R-2"], now)
    return client


def text(answer):
    return answer.content.decode()


def offer_on_page(office, *, to=HERE):
    said = {"bast": "B-7", "on": "2026-11-23", "to": to, "serials": ["R-1"], "name": "Sri Contoh"}
    return office.post(f"{OFFERS}baru/", said, follow=True)


def accepted(now):
    offer_id = goods.offer(["R-1"], now, to=HERE)
    receipt = Receipt(Person("Rina Contoh", "", as_svg(goods.STROKES)), "Camat Contoh")
    said = [Said("R-1", Condition.GOOD)]
    handing_over.answer(offer_id=offer_id, said=said, receipt=receipt, actor=OPERATOR, now=now)
    return offer_id


def test_an_offer_waits_for_the_kecamatan_by_name(office):
    made = offer_on_page(office)

    page = text(office.get(OFFERS))
    assert "Penawaran terkirim" in text(made)
    assert "Kecamatan Cermee" in page
    assert "Giliran menjawab" in page
    assert [card.bast for card in offers.waiting_for(OPERATOR.office)] == ["B-7"]


def test_an_offer_without_a_device_is_refused_in_words(office):
    answer = office.post(f"{OFFERS}baru/", {"bast": "B-7", "on": "2026-11-23", "to": HERE, "name": "Sri"})

    assert "Ada yang perlu dibetulkan" in text(answer)
    assert offers.offers() == []


def test_a_bast_is_printed_open_and_answered(office, now):
    offer_id = goods.offer(["R-2"], now, to=HERE, bast="B-8")
    open_paper = office.get(f"{OFFERS}{offer_id}/bast.pdf")
    closed_paper = office.get(f"{OFFERS}{accepted(now)}/bast.pdf")

    assert "Belum dijawab penerima" in text_of(open_paper.content)
    closed = text_of(closed_paper.content)
    assert "Rina Contoh" in closed
    assert "Salinan." in closed


@pytest.mark.parametrize("is_sample", [True, False])
def test_papers_of_equipment_are_specimens_in_a_sample_only(office, now, settings, is_sample):
    offer_id = goods.offer(["R-2"], now, to=HERE, bast="B-8")
    settings.ENV = replace(settings.ENV, is_sample=is_sample)

    papers = [office.get(f"{OFFERS}{offer_id}/bast.pdf"), office.get("/kantor/alat/opname/label.pdf")]

    said = [text_of(paper.content, "-raw").replace("\n", "") for paper in papers]
    assert ["SPESIMEN" in one for one in said] == [is_sample, is_sample]


def test_an_answered_bast_is_signed_and_registered_once(office, now, tmp_path, monkeypatch):
    made = make_workshop(tmp_path, now)
    monkeypatch.setattr(ports, "_source", lambda: made)
    waiting, done = goods.offer(["R-2"], now, to=HERE, bast="B-8"), accepted(now)

    refused = office.post(f"{OFFERS}{waiting}/terbitkan/", follow=True)
    for _ in range(2):
        office.post(f"{OFFERS}{done}/terbitkan/")

    pdf = office.get(f"{OFFERS}{done}/bast.pdf").content
    assert "belum dijawab penerima" in text(refused)
    assert verification.of_file(pdf).verdict == verification.Verdict.VALID
    assert "Cara memeriksa" in text_of(pdf)
    assert issued_handover(waiting) is None


def test_a_device_that_comes_back_is_answered_by_the_office(office, now):
    accepted(now)
    back = goods.offer(["R-1"], now, to="", bast="K-1", actor=OPERATOR)
    page = text(office.get(f"{OFFERS}{back}/"))
    said = {
        "answer-0": "ACCEPTED", "label-0": "DEKAT-ALAT:R-1", "condition-0": "GOOD", "name": "Sri Contoh",
        "strokes": goods.STROKES,
    }  # fmt: skip

    done = office.post(f"{OFFERS}{back}/", said, follow=True)

    assert "Nama camat" not in page
    assert "Jawaban tersimpan" in text(done)
    assert queries.device("R-1").kecamatan == ""


def test_what_is_planned_done_and_under_warranty_is_shown(office, now):
    page = "/kantor/alat/perawatan/R-1/"
    late = (now - timedelta(days=3)).date().isoformat()
    office.post(page, {"do": "plan", "plan-what": "Bersihkan", "plan-due_on": late})
    assert "Terlambat" in text(office.get("/kantor/alat/perawatan/"))

    office.post(
        page,
        {"do": "done", "done-what": "Ganti kabel", "done-on": late, "done-cost": "75000", "done-done_by": "CV Servis"},
    )
    office.post(page, {"do": "warranty", "warranty-until_on": "2027-01-05", "warranty-source": "Kontrak pasal 9"})

    shown = text(office.get(page))
    assert "Rp 75.000" in shown
    assert "05 Januari 2027" in shown


def test_a_form_with_a_hole_says_which(office):
    answer = office.post("/kantor/alat/perawatan/R-1/", {"do": "done", "done-what": "Ganti kabel"})

    assert "Pelaksana:" in text(answer)


def test_a_stock_take_is_opened_walked_in_the_store_and_compared(office, now):
    opened = office.post("/kantor/alat/opname/", follow=True)
    [store] = stock_take.takes(kecamatan="")
    page = f"/kantor/alat/opname/gudang/{store.id}/"

    seen = office.post(page, {"label": "R-1"}, follow=True)
    office.post(page, {"close": "1"})

    assert "Opname dibuka" in text(opened)
    assert "R-1 ada di tempatnya" in text(seen)
    result = text(office.get(f"/kantor/alat/opname/{store.round_id}/"))
    assert "Belum ditemukan" in result
    assert "Berbeda" in result


def test_labels_carry_the_serial_for_people_and_machines(office):
    sheet = office.get("/kantor/alat/opname/label.pdf", {"tempat": "gudang"})

    assert sheet["Content-Type"] == "application/pdf"
    assert "R-2" in text_of(sheet.content)


def test_the_ledger_of_blanks_takes_a_box_in_and_gives_each_a_fate(office):
    page = "/kantor/kartu/blangko/"
    box = {"receive-first": "BL001", "receive-last": "BL100", "receive-on": "2026-11-23", "receive-note": "SP-1"}
    office.post(page, {"do": "receive", **box})
    office.post(page, {"do": "fate", "fate-serial": "BL001", "fate-fate": "LOST", "fate-reason": "tidak ada di kotak"})

    balance = blanks.blank_balance()
    assert (balance.received, balance.in_stock, balance.lost, balance.difference) == (100, 99, 1, 0)
    assert "Belum dapat diperkirakan" in text(office.get(page))


def test_a_card_out_of_turn_needs_a_reason(office, now):
    serial = make_cards.blanks(now, 2)[0]
    resident = make_registry.resident_id(now)
    late = make_national.ready_to_print(now, resident_id=resident, kecamatan=HERE)
    make_cards.ready_card(now, waiting_days=9)
    page = f"/kantor/kartu/{late}/tercetak/"

    refused = office.post(page, {"blank": serial})
    office.post(page, {"blank": serial, "jumped_for": "DISASTER"})

    assert "menunggu lebih lama" in text(refused)
    assert blanks.blank_balance().printed == 1


def test_shelves_that_nobody_counted_are_not_guessed(office):
    page = text(office.get("/kantor/alat/persediaan/"))

    assert "belum dihitung" in page
    assert "belum pernah dihitung" in page


def test_a_photo_that_has_not_arrived_is_not_found(office):
    assert office.get(f"/kantor/alat/perawatan/foto/{'0' * 64}.jpg").status_code == 404


def test_the_list_of_a_kecamatan_is_told_once(office, now):
    accepted(now)

    custody.publish_lists(now=now)

    assert [held.serial for held in custody.held_by(HERE)] == ["R-1"]
    assert offers.offer(uuid4()) is None
    assert HEAD.office == offers.OFFICE
