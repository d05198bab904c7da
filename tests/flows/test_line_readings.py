"""A station's readings of its own line: each state of the line becomes evidence that names the right party."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from dekat.adapters.centre_line.status import LineState, LineStatus, Probe
from dekat.ledger import queries as ledger
from dekat.project.line_readings import LineReadings
from dekat.readings import queries
from dekat.readings.moved import Moved

pytestmark = pytest.mark.django_db
PLACE = "35.11.15"


class StandIn:
    """What the readings ask of a worker."""

    def __init__(self, now):
        self.now, self.state, self.probes, self.found = now, LineState.UP, [], []
        self.kicks = 0

    def status(self):
        return LineStatus(self.state, self.now, latency_ms=40, clock_offset_ms=7)

    def take_probes(self):
        taken, self.probes = self.probes, []
        return taken

    def take_moved(self):
        return Moved(1000, 10, 100, 10, 0)

    def note_found(self, *, centre_is_away):
        self.found.append(centre_is_away)

    def kick(self):
        self.kicks += 1


@pytest.fixture
def station(identity, now, settings):
    """Readings of a station whose centre is an address at which nobody is."""
    settings.ENV = replace(settings.ENV, kecamatan=PLACE, centre_url="http://127.0.0.1:9", probe_url="")
    worker, clock = StandIn(now), [now]
    readings = LineReadings(worker, clock=lambda: clock[0])
    readings.worker, readings.time = worker, clock
    return readings


def told(now):
    found = queries.probes(since=now - timedelta(days=1), until=now + timedelta(days=1))
    return [(one.path, one.is_up, one.why) for one in found]


def test_an_answer_proves_the_whole_way(station, now):
    station.worker.probes = [Probe(True, 40), Probe(True, 60)]

    station.note()

    assert told(now) == [("LOCAL", True, ""), ("CENTRE", True, "")]
    [hour] = queries.hours(kecamatan=PLACE, since=now, until=now + timedelta(hours=1))[:1]
    assert (hour.path, hour.probe_count, hour.mean_latency_ms) == ("CENTRE", 2, 50)
    assert queries.clock_offsets_ms(since=now, until=now + timedelta(hours=1)) == {PLACE: 7}


@pytest.mark.row(27, 31)
@pytest.mark.parametrize("state", [LineState.PORTAL, LineState.INTERCEPTED, LineState.PROXY])
def test_whoever_answers_in_the_centre_s_place_ends_the_local_line(station, now, state):
    station.worker.state = state

    station.note()

    assert told(now) == [("LOCAL", False, str(state))]


def test_a_refusal_is_the_centre_s_own_and_the_line_is_fine(station, now):
    station.worker.state, station.worker.probes = LineState.REFUSED, [Probe(True, 40)]

    station.note()

    assert told(now) == [("LOCAL", True, ""), ("CENTRE", False, "REFUSED")]


def test_silence_is_the_local_line_s(station, now):
    station.worker.state = LineState.DOWN

    station.note()

    [(path, is_up, why)] = told(now)
    assert (path, is_up) == ("LOCAL", False)
    assert why in ("SILENT", "NO_ROUTE")
    assert station.worker.found == [False]


def test_the_centre_is_called_away_only_when_the_way_was_open_twice(station, now, settings):
    with socket.create_server(("127.0.0.1", 0)) as well_known:
        url = f"tcp://127.0.0.1:{well_known.getsockname()[1]}"
        settings.ENV = replace(settings.ENV, probe_url=url)
        station.worker.state = LineState.DOWN

        station.note()
        once = (told(now), list(station.worker.found), station.worker.kicks)
        station.note()

    assert once == ([("LOCAL", True, "")], [], 1)
    assert told(now) == [("LOCAL", True, ""), ("CENTRE", False, "AWAY")]
    assert station.worker.found == [True]


@pytest.mark.row(40)
def test_a_clock_that_was_moved_is_recorded_and_one_that_walks_is_not(station, now):
    for seconds in (5, -86_400, -86_399):
        station.time[0] = now + timedelta(seconds=seconds)
        station.note()

    [event] = ledger.events(names=["readings.clock.jumped"])
    assert round(int(str(event.data["by_ms"])) / 1000) == -86_405
