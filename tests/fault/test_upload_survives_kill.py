"""A cut line, a killed centre and a killed station cost no byte and no effect: real processes, real sockets."""

import time
from datetime import UTC, datetime

import pytest

from dekat.kernel.ids import new_id
from tests.fault.machines import Line, Machine, free_port, introduce

pytestmark = pytest.mark.processes
PACKET_BYTES = 900_000
RATE = 400_000
# What may have been under way at a break: buffers of both kernels, of the line and of the server.
IN_FLIGHT = 300_000


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nodes")
    centre, station = Machine(folder / "centre", "centre"), Machine(folder / "station", "station-99.01.01")
    introduce(centre, station)
    port = free_port()
    centre.start("serve", str(port))
    yield centre, station, port
    station.kill()
    centre.kill()


@pytest.mark.row(6, 14)
def test_a_packet_arrives_whole_and_once_through_cuts_and_kills(machines):
    centre, station, port = machines
    packet_id = str(new_id(datetime.now(UTC)))
    digest = station.tell("seal", packet_id, str(PACKET_BYTES))
    line = Line(port, RATE)

    station.start("sync", line.url)
    line.wait_until_carried(150_000)
    line.cut()
    line.wait_until_carried(350_000)
    centre.kill()
    centre.start("serve", str(port))
    line.wait_until_carried(line.carried + 150_000)
    station.kill()
    station.start("sync", line.url)

    shown = wait_until(lambda: centre.tell("show", packet_id), lambda found: found["state"] == "APPLIED")
    assert shown["effects"] == [digest]
    assert station.tell("show", packet_id)["state"] == "RECEIVED"
    assert line.carried < PACKET_BYTES + 3 * IN_FLIGHT
    station.kill()
    line.close()


def test_everything_else_comes_along_both_ways(machines):
    centre, station, port = machines
    message_id = str(new_id(datetime.now(UTC)))
    blob = centre.tell("publish", "kabar")
    station.tell("send", message_id, "halo")

    assert station.tell("once", f"http://127.0.0.1:{port}") == "UP"

    here, there = station.tell("show", message_id), centre.tell("show", message_id)
    assert (here["state"], there["state"], len(there["effects"])) == ("RECEIVED", "APPLIED", 1)
    assert station.tell("blob", blob) == 100_000
    assert there["heads"]["station-99.01.01"] == here["heads"]["station-99.01.01"] - 1
    assert there["faults"] == here["faults"] == 0


def wait_until(look, is_done, patience_s=25.0):
    deadline = time.monotonic() + patience_s
    while True:
        found = look()
        if is_done(found) or time.monotonic() > deadline:
            return found
        time.sleep(0.3)
