"""Requests for instruction: asked once, due in working hours, answered by words or by a version, public when wished."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.duties import feed, queries, services
from dekat.ledger import queries as ledger
from dekat.sync import services as sync
from tests.make.evidence import KEC, START
from tests.make.instructions import CAMAT, HEAD, TEXT, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(identity, monkeypatch):
    """What the station sends, instead of a station's outbox in this database."""
    found = []
    monkeypatch.setattr(sync, "send_message", lambda **values: found.append(values))
    return found


def ask(now, **more):
    question = uuid4()
    services.ask(
        **{"question_id": question, "instruction_id": "", "text": "Kapan?", "actor": CAMAT, "now": now, **more}
    )
    return question


def names():
    return [event.name.removeprefix("duties.") for event in ledger.events(name_prefix="duties.question.")]


def test_a_question_is_asked_once_and_answered_once(sent, now):
    question = uuid4()
    for _ in range(2):
        ask(now, question_id=question)

    for text in ("Besok", "Lusa"):
        services.answer_question(question_id=question, text=text, actor=HEAD, now=now)

    assert [one["kind"] for one in sent] == ["question/1"]
    assert queries.questions()[0].answer == "Besok"
    assert names() == ["question.asked", "question.answered"]


def test_both_sides_see_the_same_deadline_in_working_hours(sent):
    ask(START)

    [card] = queries.questions(is_open=True)

    assert card.due_at == START + timedelta(days=2)
    assert card.overdue_minutes(now=card.due_at) == 0
    assert card.overdue_minutes(now=card.due_at + timedelta(hours=1)) == 60


def test_a_question_about_a_device_is_said_of_the_device(sent, now):
    question = ask(now, device="REK-19")
    services.answer_question(question_id=question, text="Sudah.", actor=HEAD, now=now)

    assert {event.subject for event in ledger.events(name_prefix="duties.question.")} == {"device:REK-19"}
    assert sent[0]["body"]["device"] == "REK-19"


def test_a_question_of_the_release_before_is_taken(identity, now):
    body = {"id": str(uuid4()), "instruction": "", "text": "Kapan?", "asked_at": "2026-03-02T02:00:00Z"}

    feed.apply_question(item_id=uuid4(), node=f"station-{KEC}", body=body, now=now)

    assert queries.questions()[0].device == ""


def test_a_version_answers_the_questions_it_was_written_for(sent, now):
    publish(now)
    question = ask(now, instruction_id="P-1")

    publish(now, replace(TEXT, body="Lebih jelas", change="Langkah 3 dijelaskan.", answers=[str(question)]))

    [card] = queries.questions()
    assert card.answered_at and "versi 2: Langkah 3 dijelaskan." in card.answer


def test_an_answer_for_everybody_keeps_the_asker_out_of_it(sent, now):
    question = ask(now, text="Pak Anu dari Wringin tidak bisa?")
    words = {"asked": "Bagaimana bila tidak bisa?", "answer": "Ulangi langkah 2."}
    with pytest.raises(services.QuestionUnanswered):
        services.publish_answer(question_id=question, **words, actor=HEAD, now=now)
    services.answer_question(question_id=question, text="Ulangi.", actor=HEAD, now=now)

    for _ in range(2):
        services.publish_answer(question_id=question, **words, actor=HEAD, now=now)

    [card] = queries.public_answers()
    assert (card.asked, card.answer) == tuple(words.values())
    assert names().count("question.published") == 1


def test_a_station_keeps_what_everybody_may_read(identity, now):
    body = {"id": str(uuid4()), "asked": "T?", "answer": "J.", "published_at": "2026-03-02T02:00:00Z"}

    for _ in range(2):
        feed.apply_public_answer(item_id=uuid4(), node="centre", body=body, now=now)

    assert [one.asked for one in queries.public_answers()] == ["T?"]
