"""Acceptance scenario 16: power cut at the ninth finger; all saved fingers stay, nothing is half-sent."""

import pytest

from tests.make.child import told_by

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return told_by("tests.fault.ninth_finger", data=tmp_path_factory.mktemp("station"), timeout_s=300, JUDGE="off")


@pytest.mark.scenario(16)
def test_after_the_restart_the_session_goes_on_with_the_eight_or_all_ten_fingers_that_were_saved(found):
    died = [one for one in found if one["died"]]

    assert len(died) == 12
    # Thumbs lie on the glass together: the ninth and tenth finger are one save, kept or not.
    assert {one["fingers"] for one in died} <= {8, 10}
    assert {one["fingers"] for one in died if one["kind"] == "kill before commit"} == {8}
    assert {one["step"] for one in died} == {"FINGERS"}


@pytest.mark.scenario(16)
def test_nothing_is_half_sent(found):
    assert {(one["items"], one["files"]) for one in found if one["died"]} == {(0, 0)}
    assert {one["items_at_last"] for one in found} == {1}


@pytest.mark.scenario(16)
def test_a_clock_wrong_by_a_day_or_a_year_reorders_no_event(found):
    assert {one["jump_s"] for one in found} == {-86_400, 86_400, -366 * 86_400, 366 * 86_400}
    assert len({tuple(one["order"]) for one in found}) == 1
