"""The sample tells domain section 0: one station works, each other stands idle for its own reason."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from dekat.areas.working_calendar import use_calendar
from dekat.duties.evidence import Evidence, faults_of
from dekat.duties.sample import STORIES, events_by_node
from dekat.duties.turn import whose_turn
from dekat.kernel.clock import iso
from tests.make.evidence import CALENDAR

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def drafts():
    use_calendar(lambda: CALENDAR)
    return [draft for drafts in events_by_node(NOW).values() for draft in drafts]


@pytest.fixture(scope="module")
def answers(drafts):
    events = [Evidence(d.event_id, d.name, d.subject, d.actor, d.occurred_at, d.data) for d in drafts]
    return {answer.serial: answer for answer in whose_turn(events, as_of=NOW, calendar=CALENDAR)}


def test_fourteen_recorders_and_twenty_three_printers_are_counted(answers):
    assert Counter(answer.kind for answer in answers.values()) == {"RECORDER": 14, "KK_PRINTER": 23}


def test_each_recorder_has_the_reason_of_its_story(answers):
    found = {answer.kecamatan: answer.code for answer in answers.values() if answer.kind == "RECORDER"}

    assert found == STORIES


def test_wringin_alone_records(answers):
    assert [a.kecamatan for a in answers.values() if a.kind == "RECORDER" and not a.is_idle] == ["35.11.12"]
    assert answers["REK-24-15"].party == "DISKOMINFO"
    assert answers["REK-24-19"].party == "DISPENDUKCAPIL"


def test_the_head_claims_nineteen(drafts):
    [claim] = [draft for draft in drafts if draft.name == "equipment.claim.made"]

    assert claim.data["value"] == 19


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
