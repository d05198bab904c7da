"""Equipment at the kecamatan, without a line and without JavaScript: answer, condition, stock-take, shelf."""

from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFilter

from dekat.accounts.roles import Role
from dekat.areas import services as areas
from dekat.equipment import care, custody, heard, offers, stock_take
from dekat.ledger import queries as ledger
from dekat.sync.models import OutItem
from tests.make import goods
from tests.make.lone_station import found_alone
from tests.make.paper import text_of
from tests.make.station import KECAMATAN, log_in, officer, play_station

pytestmark = pytest.mark.django_db
OFFERS = "/alat/serah-terima/"
DEVICE = {
    "serial": "R-9", "kind": "KK_PRINTER", "model": "Set cetak KK", "register_no": "0001", "condition": "GOOD",
    "price_sen": 857_100_000, "year": 2020, "due_what": "Bersihkan rol", "due_on": "2026-11-01",
    "warranty_until": "2021-01-05",
}  # fmt: skip
ITEM = {
    "kind": "RECORDER", "model": "Set perekaman", "state": "OPEN", "condition": "", "refusal": "", "why": "",
    "price_sen": 12_857_100_000, "year": 2026, "photos": [],
}  # fmt: skip
UNSAID = "giver_nip giver_signature receiver_name receiver_nip head_name receiver_signature paper_sha256"
UNANSWERED = dict.fromkeys(UNSAID.split(), "")


@pytest.fixture
def station(db, now, settings, monkeypatch, client):
    """A station that holds one printing set and was offered two recorders; its operator is logged in."""
    settings.NODE_NAME = f"station-{KECAMATAN}"
    settings.ENV = replace(settings.ENV, role="station", kecamatan=KECAMATAN)
    found_alone(now=now)
    areas.load_bundled()
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    custody.apply_list(item_id=uuid4(), node="centre", body={"kecamatan": KECAMATAN, "devices": [DEVICE]}, now=now)
    log_in(client)
    return client


@pytest.fixture
def offer(station, now):
    offer_id = uuid4()
    body = {
        "id": str(offer_id), "bast": "B-7", "giver": "DISPENDUKCAPIL", "to": KECAMATAN, "on": "2026-11-23",
        "giver_name": "Sri Contoh", **UNANSWERED, "offered_at": "2026-11-23T01:00:00Z", "answered_at": None,
        "items": [{"serial": "R-1", **ITEM}, {"serial": "R-2", **ITEM}],
    }  # fmt: skip
    heard.apply_offer(item_id=uuid4(), node="centre", body=body, now=now)
    return offer_id


def text(answer):
    return answer.content.decode()


def picture(name="foto.jpg"):
    return SimpleUploadedFile(name, goods.jpeg(), "image/jpeg")


def answers(**more):
    return {
        "name": "Rina Contoh", "head": "Camat Contoh", "strokes": goods.STROKES,
        "answer-0": "ACCEPTED", "label-0": "DEKAT-ALAT:R-1", "condition-0": "MINOR_DAMAGE", "photo-0": picture(),
        "answer-1": "DECLINED", "refusal-1": "INCOMPLETE", "why-1": "tanpa kabel", **more,
    }  # fmt: skip


def test_home_says_that_a_hand_over_waits(station, offer):
    page = text(station.get("/"))

    assert "BAST B-7 menunggu jawaban" in page
    assert "Giliran kecamatan" in page


def test_an_answer_is_kept_signed_and_on_its_way(station, offer):
    page = text(station.get(f"{OFFERS}{offer}/"))
    done = station.post(f"{OFFERS}{offer}/", answers(), follow=True)

    assert "Camat Contoh" in page
    assert "Jawaban tersimpan" in text(done)
    assert {item.serial: item.state for item in offers.offer(offer).items} == {"R-1": "ACCEPTED", "R-2": "DECLINED"}
    assert [held.serial for held in custody.held_by(KECAMATAN)] == ["R-1", "R-9"]
    assert sorted(OutItem.objects.values_list("kind", flat=True)) == ["device_photo/1", "equipment_word/1"]
    assert {event.speaker for event in ledger.events(name_prefix="equipment.handover.")} == {f"station-{KECAMATAN}"}
    paper = text_of(station.get(f"{OFFERS}{offer}/bast.pdf").content)
    assert "Rina Contoh" in paper
    assert "Ditolak R-2" in paper


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"label-0": "R-2"}, "Nomor pada label tidak sama"),
        ({"photo-0": ""}, "Kondisi rusak perlu foto"),
        ({"condition-0": ""}, "Pilih kondisi alat ini"),
        ({"refusal-1": ""}, "Pilih sebab alat ini ditolak"),
        ({"strokes": ""}, "Yang diterima harus ditandatangani"),
        ({"strokes": "rusak"}, "Tanda tangan itu tidak terbaca"),
        ({"photo-0": SimpleUploadedFile("x.jpg", b"bukan foto", "image/jpeg")}, "bukan foto"),
    ],
)
def test_an_answer_with_a_hole_changes_nothing(station, offer, wrong, said):
    answer = station.post(f"{OFFERS}{offer}/", answers(**wrong))

    assert said in text(answer)
    assert offers.offer(offer).is_open


def test_without_a_pad_the_photo_of_the_signed_paper_signs(station, offer):
    station.post(f"{OFFERS}{offer}/", answers(strokes="", paper=picture("bast.jpg")))

    assert len(offers.offer(offer).paper_sha256) == 64


def test_damage_is_recorded_with_its_photo(station):
    page = "/alat/barang/kondisi/R-9/"
    refused = station.post(page, {"condition": "MAJOR_DAMAGE"})

    station.post(page, {"condition": "MAJOR_DAMAGE", "photo": picture()})

    [seen] = care.conditions("R-9")
    assert "Kondisi rusak perlu foto" in text(refused)
    assert station.get(f"/alat/barang/foto/{seen.photos[0]}.jpg")["Content-Type"] == "image/jpeg"
    assert "Rusak berat" in text(station.get("/alat/barang/"))


def test_what_is_overdue_is_shown(station):
    assert "Perawatan terlambat" in text(station.get("/alat/barang/"))


def test_a_device_is_offered_back_to_the_store(station):
    said = {"bast": "K-1", "on": "2026-11-23", "to": "OFFICE", "serials": ["R-9"], "name": "Rina Contoh"}

    station.post(f"{OFFERS}baru/", said)

    [card] = offers.offers()
    assert (card.receiver, card.is_open) == ("DISPENDUKCAPIL", True)
    assert OutItem.objects.get().kind == "equipment_word/1"


@pytest.fixture
def take(station, now):
    take_id = uuid4()
    body = {
        "id": str(take_id), "round_id": str(uuid4()), "kecamatan": KECAMATAN, "opened_at": "2026-11-23T01:00:00Z",
        "expected": [["R-9", "KK_PRINTER", "Set cetak KK"]], "elsewhere": {"R-3": "35.11.12"},
    }  # fmt: skip
    stock_take.apply_round(item_id=uuid4(), node="centre", body=body, now=now)
    return take_id


def test_labels_are_typed_or_photographed(station, take):
    wrong = station.post("/alat/opname/", {"label": "R-3"}, follow=True)
    unknown = station.post("/alat/opname/", {"label": "LAPTOP"}, follow=True)
    photo = SimpleUploadedFile("label.png", label_photo("DEKAT-ALAT:R-9"), "image/png")
    right = station.post("/alat/opname/", {"file": photo}, follow=True)

    assert "milik Kecamatan Wringin" in text(wrong)
    assert "tidak ada di daftar kabupaten" in text(unknown)
    assert "R-9 ada di tempatnya" in text(right)


def test_a_photo_without_a_code_asks_for_the_number(station, take):
    answer = station.post("/alat/opname/", {"file": picture()})

    assert "tidak memperlihatkan kode QR" in text(answer)


def test_a_closed_stock_take_stays_closed(station, take):
    station.post(f"/alat/opname/{take}/tutup/")

    again = station.post("/alat/opname/", {"label": "R-9"})

    assert "sudah ditutup" in text(again)
    assert stock_take.take(take).missing == 1


def test_an_empty_shelf_stops_what_needs_it(station):
    station.post("/alat/persediaan/", {"item": "TONER", "count": "0"})

    assert "Habis" in text(station.get("/alat/persediaan/"))
    assert [event.subject for event in ledger.events(names=["equipment.consumable.ran_out"])] == ["device:R-9"]


def test_a_wrong_count_is_said(station):
    answer = station.post("/alat/persediaan/", {"item": "TONER", "count": "-2"})

    assert "nol atau lebih" in text(answer)


def label_photo(said):
    """A label as a camera sees it: larger than the screen, a little blurred."""
    code = zxingcpp.create_barcode(said, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image = memoryview(zxingcpp.write_barcode_to_image(code, scale=12))
    seen = Image.frombytes("L", (image.shape[1], image.shape[0]), bytes(image)).rotate(7, expand=True, fillcolor=255)
    out = BytesIO()
    seen.filter(ImageFilter.GaussianBlur(1)).save(out, "PNG")
    return out.getvalue()
