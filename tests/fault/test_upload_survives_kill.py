"""A cut line, a killed centre and a killed station cost no byte and no effect: real processes, real sockets."""

import time

import pytest

from tests.fault.deaths import World, a_name
from tests.fault.pair import STATION
from tests.fault.slow_line import SlowLine

pytestmark = pytest.mark.processes
PACKET_BYTES = 900_000
RATE = 400_000
# What may have been under way at a break: buffers of both kernels, of the line and of the server.
IN_FLIGHT = 300_000


@pytest.fixture(scope="module")
def world(nursery):
    """A centre and a station, used by both tests."""
    made = World(nursery.pair()).up()
    yield made
    made.station.kill()
    made.centre.kill()


@pytest.mark.row(6, 14)
def test_a_packet_arrives_whole_and_once_through_cuts_and_kills(world):
    centre, station = world.centre, world.station
    packet, digest = world.packet(PACKET_BYTES)
    port = int(world.url.rpartition(":")[2])
    line = SlowLine(port, RATE)

    station.tell("sync", line.url)
    line.wait_until_carried(150_000)
    line.cut()
    line.wait_until_carried(350_000)
    centre.start().tell("serve", port)
    line.wait_until_carried(line.carried + 150_000)
    station.start().tell("sync", line.url)

    shown = wait_until(lambda: centre.tell("show", packet), lambda found: found["state"] == "APPLIED")
    assert shown["effects"] == [digest]
    wait_until(lambda: station.tell("show", packet), lambda found: found["state"] == "RECEIVED")
    assert line.carried < PACKET_BYTES + 3 * IN_FLIGHT
    station.kill()
    line.close()


def test_everything_else_comes_along_both_ways(world):
    message = a_name()
    centre, station = world.up().centre, world.station
    blob = centre.tell("publish", "kabar")
    station.tell("send", message, "halo")

    assert station.tell("once", world.url) == "UP"

    here, there = station.tell("show", message), centre.tell("show", message)
    assert (here["state"], there["state"], len(there["effects"])) == ("RECEIVED", "APPLIED", 1)
    assert station.tell("blob", blob) == 100_000
    assert there["heads"][STATION] == here["heads"][STATION] - 1
    assert there["faults"] == here["faults"] == 0


def wait_until(look, is_done, patience_s=25.0):
    deadline = time.monotonic() + patience_s
    while not is_done(found := look()):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found
