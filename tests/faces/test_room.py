"""How many recordings still fit, and what happens when none does."""

import os
from types import SimpleNamespace
from uuid import uuid4

import pytest

from dekat.accounts.queries import own_identity
from dekat.enrolment import room as enrolment_room
from dekat.enrolment import services as enrolment
from dekat.enrolment.room import NoRoom
from dekat.enrolment.states import Step
from dekat.faces.station.home import views
from dekat.sync import files, services
from dekat.sync.room import RESERVE_BYTES, TYPICAL_PACKET_BYTES, room
from tests.make.recordings import OPERATOR, Desk, biodata, devices
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db
GB = 10**9


@pytest.fixture
def station(identity, now, settings, monkeypatch, client):
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)
    return client


def home_with(client, monkeypatch, free_bytes):
    monkeypatch.setattr(views, "free_bytes", lambda: free_bytes)
    return client.get("/").content.decode()


def test_before_the_first_packet_a_typical_one_is_assumed(identity, now):
    found = room(free_bytes=RESERVE_BYTES + 11 * TYPICAL_PACKET_BYTES, now=now)

    assert (found.recordings, found.days_left, found.is_full) == (10, None, False)


def test_then_the_packets_of_this_station_count(identity, now):
    for _ in range(20):
        services.seal_packet(packet_id=uuid4(), kind="t/1", content=os.urandom(400_000), operator="", now=now)

    found = room(free_bytes=RESERVE_BYTES + GB, now=now)

    assert 2200 < found.recordings < 2300
    assert found.days_left == found.recordings * 28 // 20
    assert found.about == 2200


def test_the_home_page_says_it_in_two_figures(station, monkeypatch):
    assert "ruang untuk ± 9.000 rekaman" in home_with(station, monkeypatch, RESERVE_BYTES + 10 * GB)


def test_below_two_hundred_it_warns_with_what_to_do(station, monkeypatch):
    page = home_with(station, monkeypatch, RESERVE_BYTES + 100_000_000)

    assert "ruang untuk ± 90 rekaman" in page
    assert "Ruang hampir habis. Hapus berkas lain" in page


def test_below_fourteen_days_it_names_the_days(station, monkeypatch, now):
    from dekat.faces.clock import now as real_now

    for _ in range(28):
        services.seal_packet(packet_id=uuid4(), kind="t/1", content=bytes(1000), operator="", now=real_now())

    assert "cukup 9 hari" in home_with(station, monkeypatch, RESERVE_BYTES + int(9.3 * 1.1 * mean_size()))


def mean_size():
    from dekat.sync.models import OutItem

    sizes = OutItem.objects.values_list("size_bytes", flat=True)
    return sum(sizes) / len(sizes)


def test_without_room_nothing_new_begins_and_the_open_one_is_finished(identity, now, monkeypatch):
    devices()
    desk = Desk(now)
    desk.to_fingers()
    monkeypatch.setattr(enrolment_room, "free_bytes", lambda: RESERVE_BYTES - 1)

    with pytest.raises(NoRoom):
        enrolment.start(recording_id=uuid4(), biodata=biodata(resident_id="r-2"), actor=OPERATOR, now=now)
    assert enrolment.start(recording_id=uuid4(), biodata=biodata(), actor=OPERATOR, now=now) == desk.id
    desk.go(Step.PHOTO)


def test_without_room_the_home_page_says_so(station, monkeypatch):
    page = home_with(station, monkeypatch, RESERVE_BYTES - 1)

    assert "Ruang habis" in page
    assert "Rekaman baru ditolak" in page


@pytest.mark.parametrize(
    ("offset_ms", "words"),
    [
        (86_400_000, "Jam komputer ini terlambat ± 1 hari."),
        (-366 * 86_400_000, "Jam komputer ini terlalu cepat ± 366 hari."),
        (60_000, None),
        (None, None),
    ],
)
def test_a_wrong_clock_is_one_sentence_and_stops_nothing(station, offset_ms, words):
    if offset_ms is not None:
        services.note_clock(offset_ms=offset_ms, error_ms=10)

    page = station.get("/").content.decode()

    assert (words in page) if words else ("Jam komputer ini" not in page)
    assert "Cari warga" in page


def test_the_page_of_sticks_prepares_one_and_shows_how_far_it_is(station, now, settings, tmp_path):
    (tmp_path / "STIK").mkdir()
    settings.ENV = SimpleNamespace(**{**vars(settings.ENV), "usb_folders": (str(tmp_path / "*"),)})
    services.seal_packet(packet_id=uuid4(), kind="t/1", content=b"x", operator="", now=now)
    assert "Siapkan stik ini" in station.get("/stik/").content.decode()

    page = station.post("/stik/siapkan/", {"path": str(tmp_path / "STIK")}, follow=True).content.decode()

    assert "Salinan kedua: 1 dari 1 di stik" in page
    assert "Salinan kedua: 1 dari 1 di stik" in station.get("/").content.decode()


def test_the_page_of_sticks_says_what_the_stick_brought_and_what_was_not_believed(station, now, settings, tmp_path):
    (tmp_path / "STIK").mkdir()
    settings.ENV = SimpleNamespace(**{**vars(settings.ENV), "usb_folders": (str(tmp_path / "*"),)})
    services.seal_packet(packet_id=(packet_id := uuid4()), kind="t/1", content=b"x", operator="", now=now)
    receipt = services.take_packet(file=files.outbox_path(packet_id), now=now)
    receipts = tmp_path / "STIK" / "dekat" / own_identity().node.name / "receipts"
    receipts.mkdir(parents=True)
    (receipts / "1.txt").write_text(receipt)
    (receipts / "2.txt").write_text("bukan.apa")

    page = station.post("/stik/siapkan/", {"path": str(tmp_path / "STIK")}, follow=True).content.decode()

    assert "1 tanda terima dibaca." in page
    assert "2.txt: Tanda terima itu bukan dari Dispendukcapil." in page


def test_a_path_that_is_no_stick_is_not_written(station, settings, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    settings.ENV = SimpleNamespace(**{**vars(settings.ENV), "usb_folders": (str(tmp_path / "none*"),)})

    station.post("/stik/siapkan/", {"path": str(tmp_path / "elsewhere")})

    assert list((tmp_path / "elsewhere").iterdir()) == []
