"""Recordings drawn from a seed under drawn troubles: nothing shown as saved is lost, twice or half there."""

import pytest

from tests.make.child import told_by

COUNT, SEED = 40, 7
"""The sample; `make bench ONLY=schedules` runs a thousand."""

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the schedules of this seed came to."""
    words = ("--count", str(COUNT), "--seed", str(SEED))
    return told_by("tests.fault.schedules", *words, data=tmp_path_factory.mktemp("station"), timeout_s=300, JUDGE="off")


def test_no_step_is_lost_and_no_packet_is_half(found):
    assert (found["lost_steps"], found["half_packets"], found["broken"]) == (0, 0, [])


def test_every_kind_of_trouble_was_tried(found):
    tried = found["tried"]
    kinds = {"kill before commit", "kill after commit", "power before commit", "power in commit", "database full"}

    assert found["schedules"] == COUNT
    assert tried["deaths"] > COUNT
    assert {*kinds, "kill at file", "power at file", "unplugged after", "busy", "clock", "repeat"} <= set(tried)
