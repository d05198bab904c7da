"""How long each step took the operator."""

from datetime import timedelta

import pytest

from dekat.enrolment import queries
from dekat.enrolment.states import Step
from tests.make.recordings import Desk, devices

pytestmark = pytest.mark.django_db


def test_the_time_of_a_recording_is_told_by_step(identity, now):
    devices()
    desk = Desk(now)
    desk.to_summary()

    took = {one.step: one.took for one in queries.step_times(desk.id)}

    assert list(took) == [step for step in Step if step not in (Step.SUMMARY, Step.SEALED, Step.DISCARDED)]
    assert took[Step.FINGERS] == timedelta(minutes=4)
    assert sum(took.values(), timedelta()) == desk.now - now


def test_the_day_s_mean_counts_sealed_recordings_only(identity, now):
    devices()
    sealed, open_one = Desk(now), Desk(now, resident_id="r-2")
    sealed.to_summary()
    sealed.seal()
    open_one.confirm()

    means = {one.step: one.took for one in queries.mean_step_times(since=now)}

    assert means[Step.BIODATA] == timedelta(minutes=2)
    assert means[Step.SUMMARY] == timedelta(minutes=1)
    assert queries.mean_step_times(since=now + timedelta(days=1)) == []
