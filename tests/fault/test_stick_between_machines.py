"""A station without any line: its stick goes to the centre and back, and later the line finds nothing left to do."""

import pytest

from dekat.kernel.ids import new_id
from tests.conftest import NOW

pytestmark = pytest.mark.processes


@pytest.fixture
def pair(nursery):
    """A centre and a station that know each other and have no line."""
    centre, station = nursery.pair()
    yield centre.start(), station.start()
    for node in (centre, station):
        node.kill()


@pytest.mark.row(66, 67)
def test_packets_events_receipts_feed_and_bytes_travel_by_stick_and_a_later_line_changes_nothing(pair, tmp_path):
    centre, station = pair
    told = centre.tell("publish", "petunjuk")
    packets = [str(new_id(NOW)) for _ in range(3)]
    digests = [station.tell("seal", item_id, 40_000) for item_id in packets]
    word = str(new_id(NOW))
    station.tell("send", word, "hello")
    stick = tmp_path / "stick"
    stick.mkdir()

    assert station.tell("mirror", str(stick)) == ["READY", 4, 4]
    found = centre.tell("carry", str(stick))
    assert (found["done"], found["refused"]) == ({"new": 4}, [])
    seen = [centre.tell("show", item_id) for item_id in packets]
    assert [one["effects"] for one in seen] == [[digest] for digest in digests]
    assert seen[0]["heads"]["station-99.01.01"] > 0
    assert seen[0]["faults"] == 0
    station.tell("mirror", str(stick))
    assert {station.tell("show", item_id)["state"] for item_id in [*packets, word]} == {"RECEIVED"}
    assert station.tell("blob", told) == len("petunjuk") * 20_000

    port = centre.tell("serve")
    assert station.tell("once", f"http://127.0.0.1:{port}") == "UP"
    again = [centre.tell("show", item_id) for item_id in packets]
    assert [one["effects"] for one in again] == [[digest] for digest in digests]
    assert station.tell("blob", told) == len("petunjuk") * 20_000


def test_the_stick_brings_the_feed_and_its_bytes_to_a_station_that_never_had_a_line(pair, tmp_path):
    centre, station = pair
    told = centre.tell("publish", "petunjuk")
    stick = tmp_path / "stick"
    stick.mkdir()
    station.tell("mirror", str(stick))
    centre.tell("carry", str(stick))

    station.tell("mirror", str(stick))

    assert station.tell("blob", told) == len("petunjuk") * 20_000
    assert not list(stick.rglob("*.dkf"))
