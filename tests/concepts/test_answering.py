"""Kept answers: the engine's from the whole log, whatever arrives when, and made again when lost."""

import random
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import answering, facts
from dekat.duties.kept_models import Fact, KeptAnswer, Stamp
from dekat.duties.turn import whose_turn
from dekat.kernel.signing import SigningKey
from dekat.ledger import following, ports
from dekat.ledger.models import Event, Mark
from dekat.ledger.services import Draft, record_many
from tests.make.evidence import KEC, PLACE, START, History
from tests.property.test_kept_answers import long_histories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def station():
    """A station's voice and the centre's, by name."""
    made = {name: ports.Signer(name, SigningKey.generate()) for name in (f"station-{KEC}", "centre")}
    return lambda events, node="centre", now=START + 200 * DAY: record_many(
        [Draft(one.id, one.name, one.subject, one.actor, one.at, one.data) for one in events],
        voice=made[node],
        now=now,
    )


def story(days=60):
    """A device at work every other day, whose line and station say the same all the time."""
    history = History().until("opened")
    for day in range(1, days):
        history.opened(day)
        history.say(day + 0.1, "readings.link.probed", PLACE, path="LOCAL", is_up=True, seen_from="STATION")
        for again in range(4 if day % 2 else 0):
            history.used(day + 0.05 * again)
    return history.events


def from_log(as_of):
    return whose_turn(list(answering.evidence()), as_of=as_of, calendar=regency_calendar())


def test_the_kept_answer_is_the_answer_from_the_whole_log(station):
    station(story())

    for day in (0.5, 1, 30.07, 61, 75, 120):
        as_of = START + day * DAY
        assert answering.answers(as_of=as_of) == from_log(as_of)
    assert Fact.objects.count() < Event.objects.count()
    assert answering.differing(as_of=START + 75 * DAY) == []


def test_what_arrives_a_week_late_changes_the_answer_as_if_it_had_come_in_time(station):
    events, as_of = story(), START + 75 * DAY
    late = [one for one in events if one.name.startswith("readings.") and one.at > START + 50 * DAY]
    station([one for one in events if one not in late])
    before = answering.answers(as_of=as_of)

    station(late)

    assert answering.answers(as_of=as_of) == from_log(as_of) != before


def test_an_answer_does_not_read_what_cannot_change_it(station, django_assert_max_num_queries):
    station(story())
    answering.answers(as_of=START + 61 * DAY)

    with django_assert_max_num_queries(4):
        answering.answers(as_of=START + 61 * DAY + timedelta(seconds=5))


def test_another_process_reads_what_a_worker_kept_and_no_page_did(station):
    station(story())
    as_of = START + 61 * DAY
    first = answering.answers(as_of=as_of)
    assert not KeptAnswer.objects.exists()
    answering.keep(as_of=as_of)
    answering._held.clear()
    Fact.objects.all().delete()

    assert answering.answers(as_of=as_of) == first


def test_a_look_back_sees_the_last_use_of_its_instant(station):
    station(story())
    times = [START + 30 * DAY + timedelta(hours=hours) for hours in range(0, 60, 1)]

    assert [answering.answers(as_of=at) for at in times] == [from_log(at) for at in times]


def test_a_look_back_does_not_push_the_present_answer_out(station):
    station(story())
    answering.keep(as_of=START + 61 * DAY)

    answering.keep(as_of=START + 10 * DAY)

    assert KeptAnswer.objects.get(serial="REK-19").since == START + 61 * DAY


def test_a_repeated_reading_of_the_line_leaves_the_kept_answer_standing(station):
    events = story()
    station(events[:-1])
    answering.answers(as_of=START + 61 * DAY)
    stamps = facts.stamps()
    again = History().say(59.2, "readings.link.probed", PLACE, path="LOCAL", is_up=True, seen_from="STATION")

    station([type(again)(**{**again.__dict__, "id": UUID(int=10**6)})])
    facts.catch_up()

    assert facts.stamps() == stamps


@pytest.mark.parametrize("table", [Fact, Stamp, KeptAnswer, Mark])
def test_what_is_lost_is_made_again(station, table):
    station(story())
    as_of = START + 75 * DAY
    answering.keep(as_of=as_of)

    table.objects.all().delete()
    answering.rebuild()

    assert answering.answers(as_of=as_of) == from_log(as_of)


def test_the_answers_of_a_kind_are_those_of_that_kind_whether_anything_was_kept_or_not(station):
    station(story())
    as_of = START + 75 * DAY

    for kind in ("KK_PRINTER", "RECORDER", ""):
        assert answering.answers(as_of=as_of, kind=kind) == [one for one in from_log(as_of) if kind in ("", one.kind)]


def test_what_one_process_read_before_is_not_answered_after_the_facts_changed(station):
    events, as_of = story(), START + 75 * DAY
    station(events[:-3])
    answering.answers(as_of=as_of)
    held = dict(facts._told_before)

    station(events[-3:])

    assert answering.answers(as_of=as_of) == from_log(as_of)
    assert any(facts._told_before[subject] is not told for subject, told in held.items())


def test_a_damaged_store_is_found_by_comparing(station):
    station(story())
    as_of = START + 75 * DAY
    answering.answers(as_of=as_of)
    Fact.objects.filter(name="equipment.access.granted").delete()
    Stamp.objects.update(mark=7)
    answering._held.clear()

    assert answering.differing(as_of=as_of) == ["REK-19"]
    answering.rebuild()
    assert answering.differing(as_of=as_of) == []


def test_a_log_that_is_another_one_than_was_read_is_read_from_its_beginning(station):
    station(story())
    answering.answers(as_of=START + 75 * DAY)
    Mark.objects.update(hash=b"another")

    assert all(one.is_rewritten for one in following.unread(facts._reader()))
    assert answering.answers(as_of=START + 75 * DAY) == from_log(START + 75 * DAY)


def test_a_station_s_word_about_another_kecamatan_is_not_kept(station):
    station(story())
    foreign = History().say(70, "readings.station.opened", "kecamatan:35.11.03")

    station([type(foreign)(**{**foreign.__dict__, "id": UUID(int=10**6)})], node=f"station-{KEC}")
    facts.catch_up()

    assert not Fact.objects.filter(subject="kecamatan:35.11.03").exists()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(long_histories(), st.lists(st.integers(0, 60 * 24 * 100), min_size=1, max_size=3), st.integers(0, 10**6))
def test_any_history_in_any_order_of_arrival_gives_the_engine_s_answer(station, events, minutes, seed):
    Event.objects.all().delete()
    answering.rebuild()
    arriving = events[:]
    random.Random(seed).shuffle(arriving)
    third = len(arriving) // 3 + 1
    for start in range(0, len(arriving), third):
        station(
            [
                type(one)(**{**one.__dict__, "id": UUID(int=one.id.int + seed * 1000)})
                for one in arriving[start : start + third]
            ]
        )
        for minute in minutes:
            as_of = START + timedelta(minutes=minute)
            assert answering.answers(as_of=as_of) == from_log(as_of)
