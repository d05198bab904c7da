"""The page about the devices on the desk: what is due, the test itself, and the choice between two."""

import re

import pytest

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.enrolment import ports
from dekat.enrolment.device_choice import selected_serial
from dekat.enrolment.ports import DeviceKind
from dekat.ledger import queries as ledger
from tests.make.devices import make_office
from tests.make.recordings import devices
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_at_desk(identity, now, settings, monkeypatch, client):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client)
    devices()
    return client


def _test(client, kind="finger", serial="CODE-FINGER-1"):
    page = client.get(f"/alat/uji/{kind}/", {"alat": serial}).content.decode()
    test_id = re.search(r'name="test_id" value="([0-9a-f-]{36})"', page)[1]
    return client.post(f"/alat/uji/{kind}/mulai/", {"alat": serial, "test_id": test_id}, follow=True)


def test_home_says_how_many_devices_are_due_today(client_at_desk):
    partial = client_at_desk.get("/alat/", headers={"HX-Request": "true"}).content.decode()

    assert "Uji mingguan: 3 alat perlu diuji hari ini" in partial
    assert "<html" not in partial


def test_an_operator_tests_a_device_and_it_is_due_in_a_week(client_at_desk):
    told = client_at_desk.get("/alat/uji/finger/", {"alat": "CODE-FINGER-1"}).content.decode()
    assert "kedua ibu jari Anda sendiri" in told

    page = _test(client_at_desk).content.decode()

    assert "Pemindai jari baik: mutu 85" in page
    assert "Uji mingguan: 2 alat perlu diuji hari ini" in page
    [event] = ledger.events(names=["readings.device.self_tested"])
    assert event.actor.startswith("account:")


def test_a_device_that_fails_is_said_with_what_to_do(client_at_desk, tmp_path):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER]) as office:
        ports.use_devices(lambda: office.devices)
        page = _test(client_at_desk, serial="CONTOH-NOWHERE").content.decode()

    assert "Pemindai jari gagal diuji" in page
    assert "Pasang kabel USB alat" in page


def test_two_of_a_kind_stand_by_their_serial_numbers_and_one_is_chosen(client_at_desk, tmp_path):
    with make_office(tmp_path, kinds=[DeviceKind.FINGER, DeviceKind.FINGER]) as office:
        ports.use_devices(lambda: office.devices)
        first, second = (device.serial for device in office.rig.devices)
        page = client_at_desk.get("/alat/").content.decode()
        assert first in page and second in page
        assert page.count("Pakai alat ini</") == 2

        page = client_at_desk.post("/alat/pakai/finger/", {"alat": second}, follow=True).content.decode()

    assert f"{second} dipakai mulai sekarang" in page
    assert page.count("Pakai alat ini</") == 1
    assert selected_serial(DeviceKind.FINGER) == second


def test_the_camat_sees_what_was_missed_and_tests_nothing(client_at_desk, now):
    client_at_desk.post("/keluar/")
    log_in(client_at_desk, username="camat")

    page = client_at_desk.get("/alat/").content.decode()

    assert "Minta operator mengujinya" in page
    assert "Uji sekarang</" not in page
    assert client_at_desk.get("/alat/uji/finger/", {"alat": "CODE-FINGER-1"}).status_code == 403
    assert client_at_desk.post("/alat/pakai/finger/", {"alat": "X"}).status_code == 403


@pytest.mark.parametrize(
    "where", ["/alat/uji/nose/?alat=X", "/alat/uji/finger/", "/alat/uji/finger/?alat=" + "x" * 200]
)
def test_a_wrong_address_is_not_found(client_at_desk, where):
    assert client_at_desk.get(where).status_code == 404


def test_a_test_without_its_number_is_not_found(client_at_desk):
    assert client_at_desk.post("/alat/uji/finger/mulai/", {"alat": "CODE-FINGER-1"}).status_code == 404
