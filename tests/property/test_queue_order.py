"""Laws of the queue, for any people who wait: who needs it goes first, and nobody waits for ever."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from dekat.desk.rules import MOST_AHEAD_IN_A_ROW, Waiting, fair_order, goes_ahead, run_of
from dekat.desk.states import Priority

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
minutes = st.integers(min_value=0, max_value=240).map(lambda count: NOW - timedelta(minutes=count))
slots = st.none() | st.integers(min_value=-60, max_value=120).map(lambda count: NOW + timedelta(minutes=count))
people = st.lists(
    st.builds(Waiting, id=st.uuids(), priority=st.sampled_from(Priority.values), since=minutes, slot_at=slots),
    max_size=25,
    unique_by=lambda one: one.id,
)
runs = st.integers(min_value=0, max_value=MOST_AHEAD_IN_A_ROW)


def ahead_of(order):
    return [goes_ahead(one, now=NOW) for one in order]


@given(people, runs)
def test_everybody_is_called_exactly_once(waiting, run):
    order = fair_order(waiting, ahead_in_a_row=run, now=NOW)

    assert sorted(one.id for one in order) == sorted(one.id for one in waiting)


@given(people, runs)
def test_while_others_wait_no_more_than_two_go_ahead_in_a_row(waiting, run):
    flags = ahead_of(fair_order(waiting, ahead_in_a_row=run, now=NOW))
    in_a_row = run

    for place, is_ahead in enumerate(flags):
        in_a_row = in_a_row + 1 if is_ahead else 0
        assert in_a_row <= MOST_AHEAD_IN_A_ROW or not any(not flag for flag in flags[place:])


@given(people, runs)
def test_who_needs_it_never_waits_behind_more_than_one_other_in_a_row(waiting, run):
    flags = ahead_of(fair_order(waiting, ahead_in_a_row=run, now=NOW))

    for place, (first, second) in enumerate(pairwise(flags)):
        assert first or second or not any(flags[place:])


@given(people, runs)
def test_equals_are_called_in_the_order_in_which_they_came(waiting, run):
    order = fair_order(waiting, ahead_in_a_row=run, now=NOW)

    for kind in (True, False):
        since = [
            one.since for one in order if goes_ahead(one, now=NOW) is kind and (one.priority or one.slot_at is None)
        ]
        assert since == sorted(since)


@given(people, runs)
def test_whoever_takes_a_number_later_pushes_back_nobody_of_the_same_kind(waiting, run):
    late = Waiting(id=UUID(int=0), priority="", since=NOW + timedelta(seconds=1))
    before = [one.id for one in fair_order(waiting, ahead_in_a_row=run, now=NOW)]
    after = [one.id for one in fair_order([*waiting, late], ahead_in_a_row=run, now=NOW) if one is not late]

    others = {one.id for one in waiting if not goes_ahead(one, now=NOW)}
    assert [one for one in after if one in others] == [one for one in before if one in others]


@given(st.lists(st.booleans(), max_size=6))
def test_the_run_counts_back_to_the_last_who_did_not_go_ahead(calls):
    assert calls[: run_of(calls)] == [True] * run_of(calls)
    assert run_of(calls) == len(calls) or calls[run_of(calls)] is False
