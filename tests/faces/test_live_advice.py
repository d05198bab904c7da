"""A frame of the camera comes back with what to do now."""

import json

import pytest

from dekat.accounts.roles import Role
from dekat.adapters.quality.checks import WRONGS
from dekat.adapters.samples.faces import Background, draw_portrait
from dekat.faces.station.recording.advice import ADVICE
from tests.make import registry
from tests.make.judging import judged_by, real_judge
from tests.make.station import log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(identity, now, settings, monkeypatch, client):
    """A recording at the photo."""
    play_station(settings, monkeypatch)
    officer(now)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    log_in(client)
    resident_id = registry.registered(now).members[0].id
    address = client.post(f"/rekam/mulai/{resident_id}/").url
    client.post(f"{address}data/")
    return address


def look(client, home, frame: bytes):
    return client.post(f"{home}lihat/", frame, content_type="image/jpeg")


def test_a_frame_comes_back_with_every_check_and_the_first_thing_to_mend(client, home):
    with judged_by(real_judge()):
        good = look(client, home, draw_portrait(3, Background.BLUE))
        wrong = look(client, home, draw_portrait(3, Background.ORANGE))

    assert good.status_code == 200
    assert json.loads(good.content)["is_good"]
    answer = json.loads(wrong.content)
    assert not answer["is_good"]
    assert [one["key"] for one in answer["checks"] if not one["is_good"]] == ["face.cloth"]
    assert answer["say"].startswith("Pasang kain ")


def test_without_a_judge_the_page_goes_on_without_advice(client, home):
    with judged_by(None):
        answer = look(client, home, draw_portrait(3, Background.BLUE))

    assert answer.status_code == 204


def test_what_is_no_frame_or_comes_at_the_wrong_step_is_refused(client, home):
    empty = look(client, home, b"")
    client.post(f"{home}pindah/", {"to": "BIODATA"})
    late = look(client, home, draw_portrait(3, Background.BLUE))

    assert json.loads(empty.content)["refused"] == "enrolment.photo.unreadable"
    assert (late.status_code, json.loads(late.content)["refused"]) == (409, "enrolment.move_not_allowed")


def test_there_are_words_for_everything_that_can_be_wrong():
    wrongs = {(key, advice) for key, advices in WRONGS.items() for advice in advices}

    assert sorted(wrongs - set(ADVICE)) == []
