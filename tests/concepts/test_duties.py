"""Histories in and out."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from dekat.duties import history, queries
from dekat.kernel.clock import iso
from dekat.ledger import queries as ledger
from dekat.ledger.models import Event
from tests.make.evidence import DEVICE, START, History

pytestmark = pytest.mark.django_db


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
