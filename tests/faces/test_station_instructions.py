"""Instructions at the station: read, quiz, acknowledge, ask; the home names what waits."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.duties import queries, services
from dekat.project.wiring import _unread_instructions
from dekat.sync import services as sync
from tests.make.evidence import START
from tests.make.instructions import CAMAT
from tests.make.station import KECAMATAN, PASSWORD, log_in, officer, play_station

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

    assert "Jawaban benar 0 dari 1" in answer.content.decode()
    assert "Jawaban ini belum benar" in answer.content.decode()
    assert "belum dinyatakan mengerti" in desk.get("/petunjuk/").content.decode()


def test_a_question_goes_to_the_office(desk, monkeypatch):
    monkeypatch.setattr(sync, "send_message", lambda **values: None)

    desk.post("/petunjuk/P-1/tanya", {"question_id": str(uuid4()), "text": "Kalau tidak bisa melihat?", "device": ""})

    assert [card.text for card in queries.questions(is_open=True)] == ["Kalau tidak bisa melihat?"]
    assert "menunggu jawaban" in desk.get("/petunjuk/").content.decode()


def test_the_menu_counts_what_is_unread(desk):
    user = get_user_model().objects.get(username="rina")

    assert _unread_instructions(user) == 1
    desk.post("/petunjuk/P-1/mengerti", {"q0": "1"})
    assert _unread_instructions(user) == 0


def test_a_question_without_words_is_asked_for_them(desk):
    shown = desk.post("/petunjuk/tanya", {"question_id": str(uuid4()), "text": "", "device": "a b"}).content.decode()

    assert "Ada yang perlu dibetulkan" in shown and "seperti pada label alat" in shown
    assert queries.questions() == []


def test_the_deadline_of_the_answer_is_on_the_page_of_who_asked(desk, monkeypatch):
    monkeypatch.setattr(sync, "send_message", lambda **values: None)
    services.ask(question_id=uuid4(), instruction_id="", text="Kapan?", actor=CAMAT, now=START)

    shown = desk.get("/petunjuk/").content.decode()

    assert "Dispendukcapil terlambat" in shown and "Tenggat jawaban 04 Maret 2026" in shown


def test_the_camat_reads_and_says_so_without_a_quiz(desk, now):
    officer(now, role=Role.DISTRICT_HEAD, username="camat")
    desk.logout()
    log_in(desk, "camat")

    assert "Jawab dulu" not in desk.get("/petunjuk/P-1/").content.decode()
    desk.post("/petunjuk/P-1/mengerti", {"version": "1"})

    assert "sudah dimengerti" in desk.get("/petunjuk/").content.decode()


def test_a_section_head_lands_on_the_instructions_and_goes_nowhere_else(desk, now):
    officer(now, role=Role.SECTION_HEAD, username="kasi")
    desk.logout()
    answer = desk.post("/masuk/", {"username": "kasi", "password": PASSWORD})
    shown = desk.get("/petunjuk/").content.decode()

    assert answer["Location"] == "/petunjuk/"
    assert "menunggu Anda" not in shown and 'href="/rekam/cari"' not in shown
    assert "bukan untuk" in desk.get("/").content.decode() or desk.get("/").status_code in (302, 403)


def test_a_withdrawn_instruction_says_so_and_waits_for_nobody(desk, now):
    gone = {**BODY, "withdrawn_at": "2026-11-24T02:00:00Z", "withdrawn_why": "Aturan pusat berubah."}
    own = replace(machine(f"station-{KECAMATAN}"), kecamatan=KECAMATAN)
    services.receive_instruction(item_id=uuid4(), node="centre", body=gone, now=now, own=own)

    shown = desk.get("/petunjuk/P-1/").content.decode()

    assert "Aturan pusat berubah." in shown and "Saya mengerti petunjuk ini" not in shown
    assert "menunggu Anda" not in desk.get("/").content.decode()


def test_a_picture_on_its_way_is_said_in_words(desk, now):
    file = {"name": "gambar-1", "sha256": "5f" * 32, "type": "image/jpeg", "size_bytes": 9, "words": "Lampu hijau"}
    own = replace(machine(f"station-{KECAMATAN}"), kecamatan=KECAMATAN)
    body = {**BODY, "version": 2, "files": [file], "change": "Gambar ditambahkan."}
    services.receive_instruction(item_id=uuid4(), node="centre", body=body, now=now, own=own)

    shown = desk.get("/petunjuk/P-1/").content.decode()

    assert "Gambar ini belum sampai" in shown and "Lampu hijau" in shown and "<img" not in shown


def test_the_former_version_is_read_beside_the_present(desk, now):
    own = replace(machine(f"station-{KECAMATAN}"), kecamatan=KECAMATAN)
    body = {**BODY, "version": 2, "body": "Warga melepas **topi**.", "change": "Topi, bukan kacamata."}
    services.receive_instruction(item_id=uuid4(), node="centre", body=body, now=now, own=own)

    shown = desk.get("/petunjuk/P-1/versi/1/").content.decode()

    assert "<del>kacamata</del>" in shown and "<ins>topi</ins>" in shown
    assert "Topi, bukan kacamata." in desk.get("/petunjuk/P-1/").content.decode()
    assert desk.get("/petunjuk/P-1/versi/9/").status_code == 404
