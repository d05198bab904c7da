"""A sample of the randomised days of a station and its centre (`make bench ONLY=sync_schedules` lives ten thousand)."""

import pytest

from tests.fault import sync_schedules

pytestmark = pytest.mark.processes


def test_every_packet_is_at_the_centre_once_after_drawn_trouble():
    found = sync_schedules.run(15, seed=7)

    assert found["broken"] == []
    assert found["tried"]["deaths"] > 0


@pytest.mark.parametrize("seed", sync_schedules.FOUND_DEFECTS)
def test_a_day_that_once_went_wrong_goes_well(seed):
    assert sync_schedules.run(1, seed=seed)["broken"] == []
