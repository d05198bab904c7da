"""Instructions, questions, competence; histories in and out."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.duties import history, queries, services
from dekat.duties.quiz import QuizQuestion, as_lines, parse_lines
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger
from dekat.ledger.models import Event
from dekat.sync import services as sync
from tests.make.evidence import DEVICE, KEC, START, History

pytestmark = pytest.mark.django_db
HEAD = Actor(uuid4(), Role.REGISTRY_HEAD, "", "centre")
OPERATOR = Actor(uuid4(), Role.OPERATOR, KEC, f"station-{KEC}")
CAMAT = Actor(uuid4(), Role.DISTRICT_HEAD, KEC, f"station-{KEC}")
STATION = replace(machine(f"station-{KEC}"), kecamatan=KEC)
QUIZ = (QuizQuestion("Latar tahun ganjil?", ("Biru", "Merah"), 1),)
TEXT = services.Text("Merekam", "## Langkah\n1. Cari", QUIZ, ["RECORDER"], [KEC], task="PRINT")


@pytest.fixture
def published(identity, now):
    services.write_instruction(instruction_id="P-1", text=TEXT, actor=HEAD, now=now)
    services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)
    return services._message(services._instruction("P-1"))


def deliver(body, now):
    services.receive_instruction(item_id=uuid4(), node="centre", body=body, now=now, own=STATION)


def names():
    return [event.name.removeprefix("duties.") for event in ledger.events(name_prefix="duties.")]


def test_issued_delivered_shown_acknowledged_are_four_events(published, now):
    deliver(published, now)
    deliver(published, now)
    services.note_shown(instruction_id="P-1", actor=OPERATOR, now=now)
    services.acknowledge(instruction_id="P-1", chosen={0: 1}, actor=OPERATOR, now=now)
    services.acknowledge(instruction_id="P-1", chosen={0: 1}, actor=CAMAT, now=now)

    assert sorted(names()) == sorted(
        ["instruction.issued", "instruction.delivered", "instruction.shown"]
        + ["instruction.acknowledged"] * 2
        + ["competence.recorded"]
    )
    assert queries.receipts("P-1")[0].is_complete


def test_a_failed_quiz_acknowledges_nothing(published, now):
    deliver(published, now)

    with pytest.raises(services.QuizNotPassed):
        services.acknowledge(instruction_id="P-1", chosen={0: 0}, actor=OPERATOR, now=now)

    assert queries.receipts("P-1")[0].operator_at is None


def test_a_new_version_must_be_acknowledged_again(published, now):
    deliver(published, now)
    services.acknowledge(instruction_id="P-1", chosen={0: 1}, actor=OPERATOR, now=now)

    services.write_instruction(instruction_id="P-1", text=replace(TEXT, body="Baru"), actor=HEAD, now=now)
    services.publish_instruction(instruction_id="P-1", actor=HEAD, now=now)

    card = queries.instruction("P-1")
    assert card.version == 2
    assert not queries.is_acknowledged(card=card, kecamatan=KEC, actor=OPERATOR.label)


def test_an_instruction_without_addressee_is_refused(identity, now):
    with pytest.raises(services.InstructionIncomplete):
        services.write_instruction(instruction_id="P", text=replace(TEXT, kecamatan=[]), actor=HEAD, now=now)


def test_a_question_is_asked_once_and_answered_once(identity, now, monkeypatch):
    sent = []
    monkeypatch.setattr(sync, "send_message", lambda **values: sent.append(values["kind"]))
    question = uuid4()
    for _ in range(2):
        services.ask(question_id=question, instruction_id="", text="Kapan?", actor=CAMAT, now=now)

    for text in ("Besok", "Lusa"):
        services.answer_question(question_id=question, text=text, actor=HEAD, now=now)

    assert sent == ["question/1"]
    assert queries.questions()[0].answer == "Besok"
    assert names() == ["question.asked", "question.answered"]


def test_a_quiz_survives_being_written_as_text():
    assert parse_lines(as_lines(QUIZ)) == QUIZ
    assert parse_lines("Tanpa jawaban\n- satu\n- dua") == ()


def lines(made):
    return [
        json.dumps(
            {
                "id": str(event.id),
                "name": event.name,
                "version": 1,
                "subject": event.subject,
                "actor": event.actor,
                "occurred_at": iso(event.at),
                "data": event.data,
            }
        )
        for event in made.events
    ]


def test_an_imported_history_gives_the_answer_of_its_events(identity, now):
    made = History().until("acknowledged")
    as_of = START + timedelta(days=2)

    count = history.import_history([*lines(made), *lines(made)], now=now)

    [answer] = queries.answers(as_of=as_of)
    assert count == len(made.events)
    assert (answer.code, answer.party) == (made.answer(2).code, made.answer(2).party)
    assert answer.serial == DEVICE.partition(":")[2]


def test_a_history_is_loaded_only_into_an_empty_regency(identity, now):
    history.import_history(lines(History().until("delivered")), now=now)

    with pytest.raises(history.HistoryNotEmpty):
        history.import_history(lines(History().until("delivered")), now=now)


def test_an_export_can_be_imported_elsewhere(identity, now):
    history.import_history(lines(History().until("instruction")), now=now)

    exported = list(history.export_history())

    assert list(history.validate(exported)) == []
    assert {json.loads(line)["id"] for line in exported} == {
        str(UUID(int=number)) for number in range(1, len(exported) + 1)
    }


def test_an_altered_event_of_a_history_is_named(identity, now):
    history.import_history(lines(History().until("instruction")), now=now)

    Event.objects.filter(name="equipment.device.installed").update(data={"by": "PEMASOK"})

    [fault] = ledger.faults()
    assert fault.reason == "altered"
