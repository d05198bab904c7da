"""The power goes at any instant of an upgrade: the old database as it was, or the new one whole, and every packet."""

import pytest

from tests.fault.deaths import World
from tests.fault.pair import Died

pytestmark = pytest.mark.processes


@pytest.fixture
def world(pair):
    """A station of an older release with packets that wait."""
    made = World(pair)
    made.packets = [made.packet(5_000) for _ in range(3)]
    made.station.tell("older")
    return made


def deaths_of_an_upgrade(station, place, moment, every):
    """Every death while the release before this one is left: how it is called."""
    nth = 1
    while True:
        station.tell("arm", place, nth, moment)
        try:
            station.tell("renew_tables")
        except Died:
            yield f"{moment} {place} {nth}"
        else:
            station.tell("disarm")
            return
        nth += every


@pytest.mark.row(12)
@pytest.mark.parametrize(
    ("place", "moment", "every"),
    [
        ("commit", "die before", 1),
        ("fsync", "die before", 1),
        ("rename", "die before", 1),
        ("statement", "die after", 400),
    ],
)
def test_a_killed_upgrade_leaves_the_old_tables_whole_and_begins_anew(world, place, moment, every):
    station, count = world.station, 0
    held = station.tell("held")

    for where in deaths_of_an_upgrade(station, place, moment, every):
        assert station.start().tell("villages") in (-1, *all_villages(world)), where
        assert station.tell("held") == held, where
        count += 1

    assert count >= 1
    assert station.tell("villages") in all_villages(world)
    assert not list(station.folder.glob("*.draft*"))
    assert set(station.tell("files", "before-upgrade")) != set()
    station.kill()
    world.settle()
    assert all(world.is_done_once(*packet) for packet in world.packets)


@pytest.mark.row(12)
def test_an_upgrade_that_dies_after_its_rename_is_done(world):
    station = world.station
    station.tell("arm", "rename", 1, "die after")
    with pytest.raises(Died):
        station.tell("renew_tables")

    assert station.start().tell("villages") in all_villages(world)
    station.kill()
    world.settle()
    assert all(world.is_done_once(*packet) for packet in world.packets)


def all_villages(world):
    return [world.centre.tell("villages")]
