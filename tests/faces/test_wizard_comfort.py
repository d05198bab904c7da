"""Madurese, large type and the spoken instruction: three switches that the computer remembers."""

import json

import pytest

from dekat.accounts import passwords
from dekat.enrolment import live, queries
from dekat.enrolment.positions import Position
from dekat.enrolment.states import Step
from dekat.faces.station.recording import comfort
from dekat.faces.station.recording.instructions import instruction
from dekat.faces.station.recording.kept_words import verdict_on_recheck
from dekat.faces.station.recording.pages import next_slap
from tests.make.recordings import Desk, devices
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(identity, now, settings, monkeypatch, client):
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)
    devices()
    yield Desk(now)
    live.window.close()


def test_a_switch_is_remembered_and_turned_back(desk, client):
    page = f"/rekam/{desk.id}/"
    on = client.post("/rekam/tampilan/", {"switch": "large", "back": page})

    assert on.url == page
    assert 'class="wizard wizard--large"' in client.get(page).content.decode()

    client.post("/rekam/tampilan/", {"switch": "large", "is_turned": "1"})

    assert 'class="wizard"' in client.get(page).content.decode()


def test_the_switch_leads_to_no_other_site(desk, client):
    assert client.post("/rekam/tampilan/", {"switch": "mad", "back": "https://example.org/"}).url == "/"


def test_an_unknown_switch_changes_nothing(desk, client):
    client.post("/rekam/tampilan/", {"switch": "admin", "back": "/"})

    assert client.cookies[comfort.COOKIE].value == ""


def test_every_step_has_a_sentence_for_the_resident(desk):
    asked = set()
    for act in (
        desk.confirm,
        lambda: desk.go(Step.PHOTO),
        desk.photograph,
        desk.approve,
        lambda: desk.go(Step.FINGERS),
    ):
        act()
        view = queries.recording_view(desk.id)
        asked.add(instruction(view, next_slap(view)).resident)

    assert all(comfort.madurese(key) for key in asked)


def test_the_sentences_say_that_nobody_confirmed_them_yet():
    told = json.loads(comfort._FILE.read_text(encoding="utf-8"))

    assert told["is_confirmed"] is False
    assert len(told["sentences"]) >= 20


def test_the_live_picture_is_one_frame_with_its_number(desk, client):
    answer = client.get(f"/rekam/{desk.id}/tampak/", {"alat": "Finger", "tangan": "LEFT", "jari": "4"})

    assert answer.status_code == 200
    assert answer.json()["picture"].startswith("data:image/jpeg;base64,")


def test_without_a_device_the_live_picture_says_so_in_words(desk, client, monkeypatch):
    monkeypatch.setattr(live.ports, "_source", live.ports._none)
    answer = client.get(f"/rekam/{desk.id}/tampak/", {"alat": "Iris"})

    assert answer.json()["say"]
    assert "picture" not in answer.json()


def test_a_move_past_the_seal_is_no_move(desk, client):
    client.post(f"/rekam/{desk.id}/pindah/", {"to": "DISCARDED"})
    client.post(f"/rekam/{desk.id}/pindah/", {"to": "SEALED"})

    assert queries.recording_view(desk.id).step == Step.BIODATA


@pytest.mark.parametrize(
    ("measures", "tone"),
    [
        ({}, "info"),
        ({"same_as": "Left IndexFinger"}, "ok"),
        ({"same_as": "Left MiddleFinger"}, "warn"),
        ({"same_as": ""}, "warn"),
    ],
)
def test_the_recheck_says_whether_it_is_the_same_finger(measures, tone):
    assert verdict_on_recheck(Position.LEFT_INDEX, measures).tone == tone
