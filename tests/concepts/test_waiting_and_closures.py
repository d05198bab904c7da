"""Waiting for a named party and closing the offices: recorded by services, read by the engine."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.duties import closing, history, queries, waiting
from dekat.duties.evidence import faults_of
from dekat.duties.turn import whose_turn
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message
from tests.make.evidence import KEC, History

pytestmark = pytest.mark.django_db
HEAD = Actor(uuid4(), Role.REGISTRY_HEAD, "", "centre")
CAMAT = Actor(uuid4(), Role.DISTRICT_HEAD, KEC, f"station-{KEC}")
SEKDA = Actor(uuid4(), Role.REGIONAL_SECRETARY, "", "centre")
SERIAL = "REK-19"


@pytest.fixture
def uninstructed(identity, now):
    """A device whose turn Dispendukcapil holds: handed over today, without an instruction."""
    made = History().until("instruction")
    shift = now - timedelta(hours=1) - made.events[0].at
    history.load(
        [history._draft(replace(event, at=event.at + shift), now) for event in made.events],
        voice=history.ports.signer(),
        now=now,
    )


def refusal_of(call, **given):
    with pytest.raises(DekatError) as caught:
        call(**given)
    return caught.value.code


def wait(now, actor=HEAD, on_party="PUSAT", waiting_id=None):
    given = {"serial": SERIAL, "on_party": on_party, "why": waiting.Awaited.ANSWER, "actor": actor, "now": now}
    return {"waiting_id": waiting_id or uuid4(), **given}


def test_the_holder_waits_for_a_named_party_and_gets_the_turn_back(uninstructed, now):
    given = wait(now)
    waiting.declare_waiting(**given)
    waiting.declare_waiting(**given)

    passed = queries.answer(SERIAL, as_of=now + timedelta(minutes=1))
    assert (passed.party, passed.via) == ("PUSAT", "WAITING")

    later = now + timedelta(hours=1)
    waiting.end_waiting(
        event_id=uuid4(), waiting_id=given["waiting_id"], serial=SERIAL, actor=HEAD, now=later
    )  # fmt: skip
    back = queries.answer(SERIAL, as_of=later + timedelta(minutes=1))
    assert (back.party, back.via) == ("DISPENDUKCAPIL", "RULE")


def test_nobody_waits_with_the_turn_of_another_or_for_oneself(uninstructed, now):
    assert refusal_of(waiting.declare_waiting, **wait(now, actor=CAMAT)) == "duties.waiting.not_your_turn"
    assert refusal_of(waiting.declare_waiting, **wait(now, on_party="DISPENDUKCAPIL")) == "duties.waiting.for_yourself"


def test_a_stranger_does_not_end_a_wait_and_does_not_hide_it(uninstructed, now):
    given = wait(now)
    waiting.declare_waiting(**given)
    later, stranger = now + timedelta(hours=1), replace(CAMAT, kecamatan="35.11.12")

    end = {"event_id": uuid4(), "waiting_id": given["waiting_id"], "serial": SERIAL, "now": later}
    assert refusal_of(waiting.end_waiting, **end, actor=stranger) == "duties.waiting.not_your_turn"

    assert [one.waiting_id for one in waiting.open_waits(SERIAL)] == [given["waiting_id"]]


def test_a_closure_is_recorded_for_days_to_come_and_moves_the_deadline(uninstructed, now):
    before = queries.answer(SERIAL, as_of=now).due_at
    today = now.astimezone(closing.regency_calendar().zone).date()
    days = [today + timedelta(days=ahead) for ahead in range(1, 4)]

    closing.declare_closure(event_id=uuid4(), days=days, decree="SE-1", actor=SEKDA, now=now)

    assert queries.answer(SERIAL, as_of=now + timedelta(minutes=1)).due_at > before
    assert [(one.decree, one.days) for one in closing.closures()] == [("SE-1", tuple(days))]

    closing.withdraw_closure(event_id=uuid4(), days=days, decree="SE-2", actor=SEKDA, now=now + timedelta(minutes=2))
    assert queries.answer(SERIAL, as_of=now + timedelta(minutes=3)).due_at == before


def test_only_the_sekda_closes_the_offices(identity, now):
    given = {"event_id": uuid4(), "days": [now.date()], "decree": "SE 1/2026", "now": now}

    for say in (closing.declare_closure, closing.withdraw_closure):
        assert refusal_of(say, **given, actor=HEAD) == "duties.closure.not_yours"
    assert closing.closures() == []


def test_a_closure_without_days_or_of_a_day_that_is_over_is_refused(identity, now):
    given = {"event_id": uuid4(), "decree": "SE-1", "actor": SEKDA, "now": now}

    assert refusal_of(closing.declare_closure, days=[], **given) == "duties.closure.incomplete"
    assert refusal_of(closing.declare_closure, days=[date(2020, 1, 2)], **given) == "duties.closure.in_the_past"


def test_what_the_services_record_follows_the_schema(uninstructed, now):
    waiting.declare_waiting(**wait(now))
    closing.declare_closure(event_id=uuid4(), days=[date(2099, 1, 5)], decree="SE-1", actor=SEKDA, now=now)

    said = [event for event in ledger.events(name_prefix="duties.") if event.name.endswith("declared")]
    assert len(said) == 2
    assert [list(faults_of(as_message(event))) for event in said] == [[], []]


def test_an_imported_history_keeps_when_each_line_was_recorded(identity, now):
    made = History().until("opened")
    use = made.used(3)
    made.events[-1] = replace(use, recorded_at=use.at + timedelta(days=20))
    history.load([history._draft(event, now) for event in made.events], voice=history.ports.signer(), now=now)

    known = {event.id: event.known_at for event in queries.evidence()}

    assert known[use.id] == use.at + timedelta(days=20)
    assert all(known[event.id] == event.at for event in made.events[:-1])


def test_an_export_replayed_from_its_lines_gives_the_same_answers(uninstructed, now):
    waiting.declare_waiting(**wait(now))
    later = now + timedelta(minutes=1)

    facts = list(history.read_history(history.export_history()))

    held = queries.answers(as_of=later)
    assert whose_turn(facts, as_of=later, calendar=closing.regency_calendar()) == held
    assert held[0].via == "WAITING"


def test_what_a_station_said_of_others_is_no_evidence_in_an_export(uninstructed, now):
    [line, *_] = [json.loads(one) for one in history.export_history()]
    probe = {"name": "readings.link.probed", "actor": "node:x", "data": {"path": "LOCAL", "is_up": True}}
    told = [
        {**line, **probe, "subject": f"kecamatan:{kecamatan}", "node": f"station-{KEC}"}
        for kecamatan in (KEC, "35.11.03")
    ]

    read = list(history.read_history(json.dumps(one) for one in told))

    assert [fact.about for fact in read] == [KEC]
