"""The centre dies at every instant of an upload, two take the same packet, the database is locked: one effect."""

import os
import time

import pytest

from dekat.sync.rules import MAX_PACKET_BYTES
from tests.fault.deaths import World
from tests.fault.fault_line import FaultLine, Wrong
from tests.fault.pair import Refused

pytestmark = pytest.mark.processes
# Three flushes in the middle of the body: one for each 256 KiB.
LARGE = 800_000


@pytest.fixture
def world(pair):
    return World(pair)


@pytest.mark.row(13, 14, 16, 17)
@pytest.mark.parametrize(
    ("place", "moment", "every"),
    [
        ("commit", "die before", 1),
        ("commit", "die after", 1),
        ("fsync", "die before", 1),
        ("link", "die before", 1),
        ("link", "die after", 1),
        ("unlink", "die before", 1),
        ("unlink", "die after", 1),
        ("apply", "die before", 1),
        ("apply", "die after", 1),
        ("send", "die before", 2),
        ("statement", "die after", 29),
    ],
)
def test_a_centre_that_dies_at_any_place_holds_the_packet_once(world, place, moment, every):
    count = 0

    for death in world.deaths(world.session, of="centre", place=place, moment=moment, every=every):
        before = world.up().centre.tell("receipt", death.packet)
        effects = world.centre.tell("show", death.packet)["effects"]
        assert effects == ([death.digest] if before else []), death.where
        world.settle()
        assert world.is_done_once(death.packet, death.digest), death.where
        assert world.centre.tell("receipt", death.packet) == before or not before, death.where
        assert (world.centre.tell("uploads"), world.centre.tell("files", "uploads")) == ([], {}), death.where
        count += 1
    assert count >= 1
    assert world.centre.tell("said", "sync.packet.received") == count + 1
