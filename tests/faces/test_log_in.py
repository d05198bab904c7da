"""Log in, lock and unlock."""

from datetime import timedelta

import pytest

from dekat.accounts import passwords
from dekat.accounts.roles import Role
from dekat.faces import session_lock
from dekat.faces.clock import now as clock
from tests.make.station import PASSWORD, log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def desk(identity, now, settings, monkeypatch):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)


def test_the_right_password_leads_home(client):
    answer = client.post("/masuk/", {"username": "rina", "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client):
    answers = [
        client.post("/masuk/", {"username": name, "password": "salah"}).content.decode().count("tidak cocok")
        for name in ("rina", "nobody")
    ]

    assert answers == [1, 1]


def test_five_slips_make_a_name_wait(client):
    for _ in range(5):
        client.post("/masuk/", {"username": "rina", "password": "salah"})

    answer = client.post("/masuk/", {"username": "rina", "password": PASSWORD})

    assert answer.status_code == 403
    assert "terlalu sering" in answer.content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_log_in_leads_nowhere_but_here(client, wanted):
    answer = client.post("/masuk/", {"username": "rina", "password": PASSWORD, "lanjut": wanted})

    assert answer.url == "/"


def test_the_log_in_leads_back_to_the_page_that_asked(client):
    asked = client.get("/rekam/cari")
    answer = client.post("/masuk/", {"username": "rina", "password": PASSWORD, "lanjut": "/rekam/cari"})

    assert asked.url == "/masuk/?lanjut=%2Frekam%2Fcari"
    assert answer.url == "/rekam/cari"


def test_a_forgotten_session_asks_for_the_password(client, monkeypatch):
    log_in(client)
    client.get("/")
    later = clock() + timedelta(minutes=11)
    monkeypatch.setattr(session_lock, "now", lambda: later)

    assert client.get("/").url.startswith("/kunci/")


def test_a_locked_session_opens_with_its_own_password_only(client):
    log_in(client)
    client.get("/kunci/")

    assert client.get("/rekam/cari").url.startswith("/kunci/")
    assert client.post("/kunci/", {"password": "salah"}).status_code == 403
    answer = client.post("/kunci/", {"password": PASSWORD, "lanjut": "/rekam/cari"})
    assert answer.url == "/rekam/cari"
    assert client.get("/rekam/cari").status_code == 200


def test_a_camat_may_look_but_not_record(client, now):
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client, "camat")

    assert client.get("/").status_code == 200
    assert client.get("/rekam/cari").status_code == 403
