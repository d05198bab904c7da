"""The office's pages of recordings, and the tracking page of the one who holds the receipt."""

import pytest
from django.core.cache import cache

from dekat.accounts.roles import Role
from dekat.cards.states import CardState
from dekat.faces.resident.tracking.recording_words import LINES
from dekat.kernel.ids import new_id, spaced
from dekat.national import queries as national
from dekat.national.statuses import Status
from dekat.sync import carried, ports
from tests.make import national as make_national
from tests.make import registry as make_registry
from tests.make.accounts import let_in
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
HOME = "/kantor/rekaman/"
OUTSIDERS = [Role.OPERATOR, Role.DISTRICT_HEAD, Role.PARLIAMENT, Role.REGIONAL_SECRETARY]


@pytest.fixture
def resident(identity, now):
    cache.clear()
    return make_registry.resident_id(now)


def code_of(recording_id):
    return national.submission(recording_id).tracking_code


def text(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.REGISTRY_HEAD])
def test_the_office_sees_where_a_recording_is_and_who_is_waited_for(resident, now, client, role):
    recording = make_national.taken_in(now, resident_id=resident)
    let_in(client, role, now=now)

    page = text(client, HOME)

    assert spaced(code_of(recording)) in page
    for words in ("Cermee", "Diterima Dispendukcapil", "Hasan Basri"):
        assert words in page
    assert "9911191703900001" not in page


def test_one_recording_shows_every_hop_and_the_signed_receipt(resident, now, client):
    recording = make_national.ready_to_print(now, resident_id=resident)
    let_in(client, Role.VERIFIER, now=now)

    page = text(client, f"{HOME}{recording}/")

    for words in ("Dikirim ke pusat", "Diterima pusat", "Siap cetak", "ada, bertanda tangan"):
        assert words in page


def test_a_second_recording_leads_to_the_first(resident, now, client):
    first = make_national.taken_in(now, resident_id=resident)
    second = make_national.taken_in(now, resident_id=resident)
    let_in(client, Role.VERIFIER, now=now)

    page = text(client, f"{HOME}{second}/")

    assert "sudah pernah direkam" in page
    assert f"{HOME}{first}/" in page


def test_an_empty_office_says_so(identity, now, client):
    let_in(client, Role.VERIFIER, now=now)

    assert "Belum ada rekaman" in text(client, HOME)


def test_a_recording_that_nobody_made_is_not_found(identity, now, client):
    let_in(client, Role.VERIFIER, now=now)

    assert client.get(f"{HOME}{new_id(now)}/").status_code == 404


@pytest.mark.parametrize("role", OUTSIDERS)
def test_recordings_are_closed_to_everybody_else(resident, now, client, role):
    recording = make_national.taken_in(now, resident_id=resident)
    let_in(client, role, now=now, kecamatan="35.11.15" if role in OUTSIDERS[:2] else "")

    assert [client.get(path).status_code for path in (HOME, f"{HOME}{recording}/")] == [403, 403]


def test_a_stranger_is_asked_to_log_in(resident, now, client):
    recording = make_national.taken_in(now, resident_id=resident)

    assert client.get(f"{HOME}{recording}/").url.startswith("/masuk/")


def test_the_code_tells_the_road_and_no_name(resident, now, client):
    recording = make_national.taken_in(now, resident_id=resident)

    page = text(client, f"/lacak/{code_of(recording)}")

    for words in ("Sudah sampai di Dispendukcapil", "Direkam dan disegel di Kecamatan Cermee", "Gratis.", "M•••••"):
        assert words in page
    assert "Menunggu Dispendukcapil mengirim ke pusat" in page
    assert "Hasan" not in page
    assert "9911191703900001" not in page


def test_each_hand_over_shows_its_signed_receipt_also_when_the_packet_came_by_stick(
    resident, now, client, tmp_path, monkeypatch
):
    station = enrolled_station(now=now, kecamatan="35.11.15")
    taken = []

    def take(*, item_id, **_):
        taken.append(make_national.taken_in(now, resident_id=resident, packet_id=item_id))

    monkeypatch.setitem(ports._packets, "test/1", take)
    packet = tmp_path / "dekat" / station.name / "packets" / "00000001-x.dkp"
    packet.parent.mkdir(parents=True)
    packet.write_bytes(station.seal(b"isi", now=now))
    carried.take_stick(tmp_path, now=now)
    make_national.sent_on(taken[0], now)

    page = text(client, f"/lacak/{code_of(taken[0])}")

    for words in ("Direkam dan disegel di Kecamatan Cermee", "Tanda terima Dispendukcapil no. 1:", "Dikirim ke pusat"):
        assert words in page
    assert "Tanda terima pusat: 23 November 2026" in page
    assert "Menunggu pusat (Ditjen Dukcapil) menerima" in page


def test_a_waiting_card_tells_its_place_in_the_queue(resident, now, client):
    recording = make_national.ready_to_print(now, resident_id=resident)

    page = text(client, f"/lacak/{code_of(recording)}")

    assert "Antrean cetak nomor 1." in page


def test_a_duplicate_is_told_what_to_do(resident, now, client):
    make_national.taken_in(now, resident_id=resident)
    second = make_national.taken_in(now, resident_id=resident)

    page = text(client, f"/lacak/{code_of(second)}")

    assert "Pilih domisili" in page


def test_every_stage_has_words_for_the_one_who_waits():
    assert set(LINES) == {*Status, *CardState}
