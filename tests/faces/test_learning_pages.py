"""The pages of learning: what a locked, an expiring and an expired operator read; who may confirm what."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dekat.accounts import passwords
from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties.competence import RECORD, Stage, Standing, standing_of
from dekat.duties.services import Proof, record_competence
from dekat.enrolment import ports, queries, services
from dekat.enrolment.models import Recording
from dekat.enrolment.practice import open_practices
from dekat.enrolment.states import Step
from dekat.faces.clock import now as clock
from dekat.ledger.services import record
from dekat.training import lessons, quiz
from dekat.training import services as school
from tests.make import registry
from tests.make.code_devices import CodeDevices
from tests.make.station import KECAMATAN, PASSWORD, log_in, officer, play_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(identity, now, settings, monkeypatch, client):
    """A new operator logged in, and the camat near by."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    devices = CodeDevices()
    monkeypatch.setattr(ports, "_source", lambda: devices)
    monkeypatch.setattr(ports, "_practice_source", lambda: devices)
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    account = officer(now, is_new=True)
    log_in(client)
    return Actor(account, Role.OPERATOR, KECAMATAN, "centre")


def page(client, path) -> str:
    return client.get(path).content.decode()


def competent_until(actor, days):
    record_competence(
        kecamatan=KECAMATAN,
        operator=str(actor.account_id),
        task=RECORD,
        is_passed=True,
        score=90,
        proof=Proof(Stage.OBSERVED, clock() + timedelta(days=days), str(uuid4())),
        actor=machine("centre"),
        now=clock() - timedelta(days=30),
    )


def finished_practice(actor) -> UUID:
    """A finished practice as its event tells it."""
    practice_id = uuid4()
    data = {"operator": str(actor.account_id), "practice": str(practice_id), "exercise": 1, "took_ms": 240_000}
    steps = [{"step": "FINGERS", "took_ms": 130_000, "tries": 5}, {"step": "PHOTO", "took_ms": 20_000, "tries": 1}]
    record(
        name="training.practice.finished",
        subject=f"kecamatan:{KECAMATAN}",
        actor=actor.label,
        data={**data, "exceptions": 0, "steps": steps},
        now=clock(),
        event_id=practice_id,
    )
    return practice_id


def learnt(actor) -> UUID:
    """Everything but the witness."""
    for one in lessons.lessons():
        school.note_lesson_read(lesson_id=one.id, actor=actor, now=clock())
    chosen = {place: question.right for place, question in enumerate(quiz.questions())}
    school.answer_quiz(try_id=uuid4(), chosen=chosen, actor=actor, now=clock())
    return finished_practice(actor)


def is_open(actor) -> bool:
    found = standing_of(kecamatan=KECAMATAN, operator=actor.account_id, task=RECORD, months=24, now=clock())
    return found.is_open


def test_the_locked_home_says_one_sentence_and_has_one_way_on(newcomer, client):
    home = page(client, "/")

    assert "Perekaman terbuka sesudah Anda lulus belajar" in home
    assert "Rekam warga berikutnya" not in home
    assert 'href="/belajar/"' in home


def test_live_work_is_refused_to_a_newcomer_however_asked_for(newcomer, client, now):
    resident = registry.registered(now).members[0].id

    assert "Belajar merekam (± 15 menit)" in page(client, "/rekam/cari")
    answer = client.post(f"/rekam/mulai/{resident}/")

    assert answer.status_code == 409
    assert "Anda belum lulus belajar merekam." in answer.content.decode()
    assert queries.open_recordings() == []


@pytest.mark.parametrize(
    ("days", "words", "standing"),
    [
        (20, "Kecakapan merekam Anda segera berakhir", Standing.EXPIRING),
        (-1, "Kecakapan merekam Anda sudah berakhir", Standing.EXPIRED),
    ],
)
def test_the_end_is_told_before_it_comes_and_when_it_came(newcomer, client, days, words, standing):
    competent_until(newcomer, days)

    assert words in page(client, "/")
    assert ("Rekam warga berikutnya" in page(client, "/")) is (standing == Standing.EXPIRING)


def test_a_wrong_answer_is_explained_and_the_quiz_can_be_tried_again(newcomer, client):
    asked = page(client, "/belajar/kuis/")
    answers = {f"q{place}": question.right for place, question in enumerate(quiz.questions())}
    wrong = {**answers, "q0": 2, "q1": 0, "q2": 0}

    told = client.post("/belajar/kuis/", {"try_id": try_id(asked), **wrong}).content.decode()
    passed = client.post("/belajar/kuis/", {"try_id": str(uuid4()), **answers}).content.decode()

    assert "7 dari 10 benar" in told
    assert quiz.reasons()[0] in told
    assert "Lulus." in passed


def try_id(text) -> str:
    return re.search(r'name="try_id" value="([0-9a-f-]{36})"', text)[1]


def test_the_camat_signs_off_at_the_operators_screen_with_their_own_password(newcomer, client):
    practice_id = learnt(newcomer)
    where = f"/belajar/hasil/{practice_id}/saksi/"

    wrong = client.post(where, {"username": "camat", "password": "salah"})
    own = client.post(where, {"username": "rina", "password": PASSWORD})
    assert (wrong.status_code, own.status_code) == (409, 409)
    assert not is_open(newcomer)
    right = client.post(where, {"username": "camat", "password": PASSWORD})

    assert right.url == "/belajar/"
    assert is_open(newcomer)


def test_the_camat_sees_who_waits_and_signs_off_in_their_own_session(newcomer, client):
    practice_id = learnt(newcomer)
    client.post("/keluar/")
    log_in(client, username="camat")

    assert "Rina Contoh menunggu Anda" in page(client, "/")
    assert "Saya melihat latihan ini" in page(client, "/alat/petugas/")
    assert "Lap kaca" in page(client, f"/belajar/hasil/{practice_id}/")
    client.post(f"/belajar/hasil/{practice_id}/saksi/")

    assert is_open(newcomer)
    assert "cakap merekam" in page(client, "/alat/petugas/")
    assert "menunggu Anda" not in page(client, "/")


def test_a_result_is_shown_to_its_operator_and_the_camat_only(newcomer, client, now):
    practice_id = finished_practice(newcomer)
    officer(now, username="lain")
    client.post("/keluar/")
    log_in(client, username="lain")

    assert client.get(f"/belajar/hasil/{practice_id}/").status_code == 404


def test_every_page_of_a_practice_says_that_it_is_one(newcomer, client):
    home = client.post("/belajar/latihan/2/mulai/").url

    text = page(client, home)

    assert "warga contoh, tidak ada yang dikirim" in text
    assert "camat.contoh" in text
    assert [one.exercise for one in open_practices(newcomer)] == [2]
    assert "Lanjutkan" in page(client, "/belajar/")


def test_the_example_officer_confirms_in_practice_and_nowhere_else(newcomer, client, now):
    said = {"positions": ["RIGHT_LITTLE"], "reason": "MISSING", "state": "NOT_COLLECTABLE", "is_permanent": "1"}
    said |= {"username": "camat.contoh", "password": "contoh", "step_id": str(uuid4())}
    home = client.post("/belajar/latihan/2/mulai/").url
    at_fingers(home)
    assert client.post(f"{home}pengecualian/", said).status_code == 302

    competent_until(newcomer, 300)
    live = client.post(f"/rekam/mulai/{registry.registered(now).members[0].id}/").url
    at_fingers(live)

    assert client.post(f"{live}pengecualian/", {**said, "step_id": str(uuid4())}).status_code == 409


def at_fingers(home):
    """Put a recording at the fingers; how it came there is not asked here."""
    services.Recording.objects.filter(id=home.split("/")[2]).update(step=Step.FINGERS)


def test_the_film_of_a_practice_is_drawn_and_a_live_recording_has_none(newcomer, client, now):
    home = client.post("/belajar/latihan/1/mulai/").url
    practice_id = home.split("/")[2]

    frame = client.get(f"/belajar/film/{practice_id}/aside-dark/0.jpg")

    assert frame.content.startswith(b"\xff\xd8\xff")
    assert client.get(f"/belajar/film/{practice_id}/elsewhere/0.jpg").status_code == 404
    assert client.get(f"/belajar/film/{uuid4()}/aside-dark/0.jpg").status_code == 404


def test_a_newcomer_goes_on_with_no_live_recording_of_another(newcomer, client, now):
    officer(now, username="dewi")
    log_in(client, "dewi")
    address = client.post(f"/rekam/mulai/{registry.resident_id(now)}/").url
    log_in(client)

    looked = page(client, address)
    saved = client.post(f"{address}data/", {})

    assert "SITI" not in looked.upper() and "#biodata" not in looked and 'id="biodata"' not in looked
    assert saved.status_code == 409
    assert not Recording.objects.get().is_biodata_confirmed


def test_nobody_practises_for_another(newcomer, client, now):
    address = client.post("/belajar/latihan/1/mulai/").url
    officer(now, username="dewi")
    log_in(client, "dewi")

    client.post(f"{address}data/", {})

    assert not Recording.objects.get().is_biodata_confirmed
