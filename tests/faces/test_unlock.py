"""A locked station: the first officer's password opens the data and logs them in."""

from dataclasses import replace

import pytest

from dekat.accounts import keyring, passwords
from dekat.faces import unlock
from dekat.kernel.sealing import OpenKey
from dekat.project.upgrade import UpgradeFailed
from tests.make.station import PASSWORD, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def locked(identity, now, settings, monkeypatch, tmp_path):
    passwords._slips.clear()
    key = keyring.create(tmp_path / "keyring.json", regency=OpenKey.generate().seal_key)
    for name in ("rina", "tanpa-akun"):
        keyring.add_officer(tmp_path / "keyring.json", username=name, password=PASSWORD, key=key)
    officer(now)
    settings.IS_STATION = True
    settings.ROOT_URLCONF = "dekat.project.urls_station"
    settings.ENV = replace(settings.ENV, data_dir=tmp_path, database_key="")
    monkeypatch.setattr(keyring, "_key", "")


def test_every_page_of_a_locked_station_leads_to_its_one_page(client):
    assert client.get("/rekam/cari").url == "/buka/"
    assert "terkunci" in client.get("/buka/").content.decode()


def test_a_wrong_password_opens_nothing(client):
    answer = client.post("/buka/", {"username": "rina", "password": "salah"})

    assert answer.status_code == 403
    assert keyring.is_locked()


def test_five_slips_make_a_name_wait_at_the_locked_door_too(client):
    for _ in range(5):
        client.post("/buka/", {"username": "rina", "password": "salah"})

    answer = client.post("/buka/", {"username": "rina", "password": PASSWORD})

    assert answer.status_code == 403
    assert "terlalu sering" in answer.content.decode()
    assert keyring.is_locked()


def test_the_keyring_is_readable_by_its_node_alone(tmp_path):
    assert (tmp_path / "keyring.json").stat().st_mode & 0o077 == 0


def test_the_right_password_opens_the_data_and_logs_in(client):
    answer = client.post("/buka/", {"username": "rina", "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")
    assert not keyring.is_locked()
    assert client.get("/rekam/cari").status_code == 200


def test_a_name_without_an_account_opens_the_data_and_goes_to_the_log_in(client):
    answer = client.post("/buka/", {"username": "tanpa-akun", "password": PASSWORD})

    assert answer.url == "/masuk/"


def test_after_a_failed_upgrade_every_page_says_so_and_nothing_else(client):
    unlock.say_only(UpgradeFailed())
    try:
        answer = client.get("/rekam/cari")
    finally:
        unlock._only.clear()

    assert answer.status_code == 503
    assert "Pembaruan Dekat gagal" in answer.content.decode()
    assert "Tidak ada rekaman yang hilang" in answer.content.decode()
