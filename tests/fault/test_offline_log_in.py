"""Officers log in for days without a network and with a clock that is a year wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import get_resolver
from django.utils import timezone

from dekat.accounts import passwords
from dekat.faces import clock
from tests.make.station import PASSWORD, log_in, officer, play_station

pytestmark = pytest.mark.django_db
JUMPS = [timedelta(days=days) for days in (-366, -1, 1, 4, 366)]


@pytest.fixture
def station(identity, now, settings, monkeypatch, client):
    """A station without a centre to ask; its clock is a dial."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    assert get_resolver().url_patterns  # no page is imported while the clock is a dial, and keeps it
    dial = {"at": datetime.now(UTC)}
    monkeypatch.setattr(timezone, "now", lambda: dial["at"])
    for module in ("dekat.faces.session_lock", "dekat.faces.account.views"):
        monkeypatch.setattr(f"{module}.now", lambda: dial["at"])
    monkeypatch.setattr(clock, "now", lambda: dial["at"])
    return dial


@pytest.mark.parametrize("jump", JUMPS)
def test_after_days_and_with_a_clock_that_jumped_the_password_still_opens(station, client, jump):
    log_in(client)
    station["at"] += jump

    answer = client.get("/rekam/cari")
    if answer.status_code == 302:
        assert answer.url.startswith(("/masuk/", "/kunci/"))
        client.post("/kunci/", {"password": PASSWORD, "lanjut": "/rekam/cari"})
        if client.get("/rekam/cari").status_code == 302:
            log_in(client)

    assert client.get("/rekam/cari").status_code == 200


@pytest.mark.parametrize("jump", JUMPS)
def test_slips_before_a_jump_of_the_clock_lock_nobody_out(station, client, jump):
    for _ in range(5):
        client.post("/masuk/", {"username": "rina", "password": "salah"})
    assert client.post("/masuk/", {"username": "rina", "password": PASSWORD}).status_code == 403

    station["at"] += jump

    log_in(client)


def test_a_session_that_nobody_touched_is_locked_and_opened_by_its_own_password(station, client):
    log_in(client)
    client.get("/rekam/cari")
    station["at"] += timedelta(minutes=11)

    assert client.get("/rekam/cari").url.startswith("/kunci/")
    assert client.post("/kunci/", {"password": PASSWORD, "lanjut": "/rekam/cari"}).url == "/rekam/cari"
    assert client.get("/rekam/cari").status_code == 200
