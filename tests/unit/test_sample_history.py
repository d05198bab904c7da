"""The sample tells domain section 0: one station works, each other stands idle for its own reason."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from dekat.areas.working_calendar import use_calendar, use_declared_days
from dekat.duties.evidence import Evidence, faults_of
from dekat.duties.sample import STORIES, events_by_node
from dekat.duties.turn import whose_turn
from dekat.equipment.sample import RECORDERS, TOWERS
from dekat.equipment.sample_2012 import CONTRACT
from dekat.kernel.clock import iso
from tests.make.evidence import CALENDAR

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def drafts():
    use_calendar(lambda: CALENDAR)
    use_declared_days(frozenset)
    return [draft for drafts in events_by_node(NOW).values() for draft in drafts]


@pytest.fixture(scope="module")
def answers(drafts):
    events = [Evidence(d.event_id, d.name, d.subject, d.actor, d.occurred_at, d.data) for d in drafts]
    return {answer.serial: answer for answer in whose_turn(events, as_of=NOW, calendar=CALENDAR)}


def test_fourteen_recorders_and_twenty_three_printers_are_counted(answers):
    standing = [answer for answer in answers.values() if not answer.is_written_off]

    assert Counter(answer.kind for answer in standing) == {"RECORDER": 14, "KK_PRINTER": 23}


def test_each_recorder_has_the_reason_of_its_story(answers):
    recorders = [one for one in answers.values() if one.kind == "RECORDER" and not one.is_written_off]
    found = {answer.kecamatan: answer.code for answer in recorders}

    assert found == STORIES


def test_wringin_alone_records(answers):
    at_work = [a for a in answers.values() if not (a.is_idle or a.is_written_off)]
    assert [a.kecamatan for a in at_work if a.kind == "RECORDER"] == ["35.11.12"]
    assert answers["REK-24-15"].party == "DISKOMINFO"
    assert answers["REK-24-19"].party == "DISPENDUKCAPIL"


def test_the_head_claims_nineteen(drafts):
    claims = {d.data["claim"]: d for d in drafts if d.name == "equipment.claim.made"}

    assert (claims["rdp-19"].data["value"], claims["kunker-14"].data["value"]) == (19, 14)


def test_the_register_knows_the_price_that_nobody_could_name(drafts):
    [said] = [draft.data for draft in drafts if draft.data.get("claim") == "rdp-harga"]
    contracts = {d.data["number"]: d.data for d in drafts if d.name == "equipment.contract.signed"}
    recorders, towers = contracts[RECORDERS], contracts[TOWERS]

    [item] = recorders["items"]
    assert recorders["total_sen"] == item["count"] * item["unit_price_sen"] == 1_799_000_000 * 100
    assert sum(part["price_sen"] for part in item["components"]) == item["unit_price_sen"]
    assert said["value"] == 1_800_000_000
    assert towers["total_sen"] == 2_000_000_000 * 100


def test_the_generation_of_2012_left_the_books_and_nobody_has_its_turn(answers, drafts):
    old = [answer for answer in answers.values() if answer.contract == CONTRACT]

    assert len(old) == 27
    assert all(answer.is_written_off and not answer.party for answer in old)
    broken = [d for d in drafts if d.name == "equipment.device.condition_recorded" and d.occurred_at.year == 2017]
    assert len(broken) == 20
    assert "payment_order" not in next(d.data for d in drafts if d.data.get("number") == CONTRACT)


def test_every_event_follows_the_schema(drafts):
    seen = {}
    for draft in drafts:
        seen.setdefault((draft.name, tuple(draft.data)), draft)
    for draft in seen.values():
        line = {
            "id": str(draft.event_id), "name": draft.name, "version": 1, "subject": draft.subject,
            "actor": draft.actor, "occurred_at": iso(draft.occurred_at), "data": draft.data,
        }  # fmt: skip
        assert list(faults_of(line)) == [], draft.name


def test_the_same_now_gives_the_same_story(drafts):
    again = [draft for drafts in events_by_node(NOW).values() for draft in drafts]

    assert [draft.event_id for draft in again] == [draft.event_id for draft in drafts]
    assert len({draft.event_id for draft in drafts}) == len(drafts)
