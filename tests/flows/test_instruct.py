"""Scenario 17 through the services and the real feed: the turn follows what was delivered, read, asked and answered."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dekat.duties import feed, history, queries, services
from dekat.duties.files import content_of
from dekat.duties.models import Instruction, InstructionVersion, PublicAnswer, Question
from dekat.kernel.clock import iso
from dekat.ledger import ports as ledger_ports
from dekat.sync import services as sync
from dekat.sync.models import Blob
from dekat.sync.queries import wanted_blobs
from tests.make.evidence import KEC, START, History
from tests.make.extract import both_machines, fetch, forget, pull
from tests.make.instructions import CAMAT, HEAD, OPERATOR, TEXT, acknowledge, mp4, picture, publish

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def regency(now, monkeypatch):
    """One process is the centre and the station of KEC; a recorder stands there that was never instructed."""
    both_machines(now)
    from dekat.accounts.queries import own_identity

    own = own_identity()
    monkeypatch.setattr(ledger_ports, "_source", lambda: ledger_ports.Signer("centre", own.signing_key))
    made = History().until("instruction")
    history.import_history([_line(event) for event in made.events], now=START)


def _line(event):
    said = {"name": event.name, "subject": event.subject, "actor": event.actor, "data": event.data}
    return json.dumps({"id": str(event.id), "version": 1, "occurred_at": iso(event.at), **said})


def turn(at):
    [found] = queries.answers(as_of=at)
    return found


def be_the_station(at, *, with_bytes=True):
    """Forget what the centre's rows say, and live on the feed alone."""
    forget()
    kept = list(Blob.objects.all())
    for table in (Instruction, InstructionVersion, PublicAnswer, *(() if with_bytes else (Blob,))):
        table.objects.all().delete()
    pull(at)
    return kept


def test_17_the_turn_follows_what_was_delivered_read_asked_and_answered(regency, monkeypatch):
    monkeypatch.setattr(sync, "send_message", lambda **values: None)
    assert (turn(START + DAY / 2).code, turn(START + DAY / 2).party) == ("NO_INSTRUCTION", "DISPENDUKCAPIL")

    publish(START + DAY)
    be_the_station(START + DAY)
    assert (turn(START + DAY).code, turn(START + DAY).desk) == ("NOT_ACKNOWLEDGED", "OPERATOR")

    # Monday to Thursday unread: it moves visibly to the camat.
    unread = turn(START + 4 * DAY)
    assert (unread.party, unread.desk) == (f"KECAMATAN:{KEC}", "DISTRICT_HEAD")

    asked_at, question = START + 4 * DAY, uuid4()
    services.ask(question_id=question, instruction_id="P-1", text="Lampu?", actor=CAMAT, now=asked_at)
    asked, [card] = turn(asked_at + DAY / 24), queries.questions(is_open=True)
    assert (asked.party, asked.via, asked.due_at) == ("DISPENDUKCAPIL", "QUESTION", card.due_at)

    answered_at = asked_at + DAY / 8
    services.answer_question(question_id=question, text="Cabut dan tunggu.", actor=HEAD, now=answered_at)
    assert turn(answered_at + DAY / 24).party == f"KECAMATAN:{KEC}"

    for place, actor in enumerate((OPERATOR, CAMAT)):
        acknowledge(actor, answered_at + DAY + place * DAY / 24)
    [receipt] = queries.receipts("P-1")
    assert receipt.is_complete
    assert turn(answered_at + 2 * DAY).code == "NO_OPERATOR"

    services.withdraw_instruction(instruction_id="P-1", why="Salah.", actor=HEAD, now=answered_at + 3 * DAY)
    assert turn(answered_at + 3 * DAY).code == "NO_INSTRUCTION"
    assert turn(answered_at + 2 * DAY).code == "NO_OPERATOR"


def test_pictures_come_with_the_text_and_the_video_last_of_all(regency, now):
    services.write_instruction(instruction_id="P-1", text=TEXT, actor=HEAD, now=now)
    for raw, is_video in ((picture(), False), (mp4(20), True)):
        services.attach_file(instruction_id="P-1", raw=raw, words="Lampu", is_video=is_video, actor=HEAD, now=now)
    services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)
    kept = be_the_station(now, with_bytes=False)

    picture_name, video_name = (one.sha256 for one in queries.instruction("P-1").files)

    assert wanted_blobs() == [picture_name, video_name]
    # Where the disk is low, the video waits and the picture does not.
    assert wanted_blobs(free_bytes=1) == [picture_name]
    Blob.objects.bulk_create(kept)
    fetch(now)
    assert content_of(video_name) == mp4(20) and wanted_blobs() == []


def test_a_question_and_what_everybody_may_read_reach_the_other_machine(regency, now, monkeypatch):
    sent = []
    monkeypatch.setattr(sync, "send_message", lambda **values: sent.append(values["body"]))
    services.ask(question_id=UUID(int=7), instruction_id="", text="Kapan?", device="REK-19", actor=CAMAT, now=now)
    Question.objects.all().delete()
    feed.apply_question(item_id=uuid4(), node=f"station-{KEC}", body=sent[0], now=now)
    services.answer_question(question_id=UUID(int=7), text="Besok.", actor=HEAD, now=now)
    services.publish_answer(question_id=UUID(int=7), asked="Kapan?", answer="Besok.", actor=HEAD, now=now)
    Question.objects.update(answer="", answered_at=None)

    be_the_station(now)

    [card], [public] = queries.questions(), queries.public_answers()
    assert (card.answer, card.device, public.answer) == ("Besok.", "REK-19", "Besok.")


def test_a_station_reads_the_version_that_is_in_force_and_keeps_the_former(regency, now):
    publish(now)
    be_the_station(now)
    publish(now, replace(TEXT, body="Baru", change="Semua."))
    pull(now)

    assert [card.version for card in queries.versions("P-1")] == [2, 1]
    assert [card.body for card in queries.instructions(kecamatan=KEC)] == ["Baru"]
