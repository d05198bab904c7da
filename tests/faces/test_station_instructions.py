"""Instructions at the station: read, quiz, acknowledge, ask; the home names what waits."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from dekat.accounts.actor import machine
from dekat.duties import queries, services
from dekat.project.wiring import _unread_instructions
from dekat.sync import services as sync
from tests.make.station import KECAMATAN, log_in, officer, play_station

pytestmark = pytest.mark.django_db
BODY = {
    "id": "P-1", "version": 1, "title": "Kacamata dilepas", "body": "Warga melepas **kacamata**.",
    "kinds": ["RECORDER"],
    "questions": [{"text": "Kacamata?", "choices": ["dipakai", "dilepas"], "right": 1}], "task": "RECORD",
    "legal_basis": "Permendagri", "kecamatan": [KECAMATAN],
}  # fmt: skip


@pytest.fixture
def desk(identity, client, now, settings, monkeypatch):
    """An operator at the desk; one instruction has arrived."""
    play_station(settings, monkeypatch)
    own = replace(machine(f"station-{KECAMATAN}"), kecamatan=KECAMATAN)
    services.receive_instruction(item_id=uuid4(), node="centre", body=BODY, now=now, own=own)
    officer(now)
    log_in(client)
    return client


def test_the_home_names_the_waiting_instruction(desk):
    assert "Kacamata dilepas" in desk.get("/").content.decode()


def test_a_right_answer_acknowledges(desk):
    assert "<strong>kacamata</strong>" in desk.get("/petunjuk/P-1/").content.decode()

    desk.post("/petunjuk/P-1/mengerti", {"q0": "1"})

    assert "sudah dimengerti" in desk.get("/petunjuk/").content.decode()
    assert "menunggu Anda" not in desk.get("/").content.decode()


def test_a_wrong_answer_sends_back_to_the_text(desk):
    answer = desk.post("/petunjuk/P-1/mengerti", {"q0": "0"}, follow=True)

    assert "Baca lagi" in answer.content.decode()
    assert "belum dinyatakan mengerti" in desk.get("/petunjuk/").content.decode()


def test_a_question_goes_to_the_office(desk, monkeypatch):
    monkeypatch.setattr(sync, "send_message", lambda **values: None)

    desk.post("/petunjuk/P-1/tanya", {"question_id": str(uuid4()), "text": "Kalau tidak bisa melihat?"})

    assert [card.text for card in queries.questions(is_open=True)] == ["Kalau tidak bisa melihat?"]
    assert "menunggu jawaban" in desk.get("/petunjuk/").content.decode()


def test_the_menu_counts_what_is_unread(desk):
    user = get_user_model().objects.get(username="rina")

    assert _unread_instructions(user) == 1
    desk.post("/petunjuk/P-1/mengerti", {"q0": "1"})
    assert _unread_instructions(user) == 0
