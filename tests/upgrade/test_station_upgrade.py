"""A station with packets that wait gets a new release: each of them is still there, and is sent."""

import pytest

from tests.make.child import told_by

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return told_by("tests.upgrade.upgraded_station", data=tmp_path_factory.mktemp("station"))


@pytest.mark.row(12)
def test_every_packet_and_message_is_still_there_and_ready_to_send(found):
    assert len(found["before"]) == 10
    assert found["after"] == found["before"] == found["at_last"]
    assert (found["lost"], found["faults"], found["integrity"]) == (0, 0, "ok")
    assert found["columns"] > found["columns_after_failure"]


@pytest.mark.row(12)
def test_a_migration_that_fails_leaves_everything_as_it_was(found):
    assert found["failed"] is True
    assert found["after_failure"] == found["before"]


def test_the_copy_is_encrypted_private_and_bounded(found):
    assert (found["is_copy_plain"], found["copy_mode"], found["copies"]) == (False, 0, 2)
