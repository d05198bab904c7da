"""Acceptance scenarios 1 and 21 with three nodes, each a process in a network namespace of its own."""

import sqlite3
import time

import pytest
from bench.rig.places import why_not

from tests.fault.three_places import CENTRE_IP, three_places

REASON = why_not()
pytestmark = [pytest.mark.processes, pytest.mark.skipif(bool(REASON), reason=REASON)]


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    with three_places(tmp_path_factory.mktemp("places")) as found:
        yield found


@pytest.mark.row(40)
def test_three_days_without_a_cable_then_exactly_once_at_regency_and_pusat(three):
    station, centre = three.station, three.centre
    three.cable.pull()
    centre.tell("register")
    centre.tell("start_centre", CENTRE_IP)
    recorded = station.tell("record")
    station.tell("start_station")

    three.pass_time(days=2, hours=4, minutes=2)
    waiting = station.tell("where")
    noticed = station.until(bool, "jumps")
    three.pass_time(days=3)
    three.cable.put_back()
    arrived = centre.until(lambda found: found["status"] == "PRINT_READY_RECORD", "arrived", recorded["code"])
    told = station.until(lambda found: found["receipts"] and found["line"].startswith("Tersambung"), "where")

    assert (waiting["text"], waiting["since"]) == ("di kecamatan, menunggu jaringan", "2 hari 4 jam")
    assert noticed == [2.2]
    assert waiting["state"] in ("SEALED", "OFFERED")
    assert (arrived["count"], arrived["effects"], arrived["faults"]) == (1, 1, 0)
    assert arrived["digests"] == told["receipts"] == [told["digest"]] == [waiting["digest"]]
    assert at_pusat(three) == [(recorded["id"], arrived["content"])]
    assert told["line"] == "Tersambung ke Dispendukcapil; semua sudah terkirim. Aman dimatikan."


def test_the_cause_is_central_with_pusat_off_and_local_with_the_cable_pulled(three):
    station, centre = three.station, three.centre

    centre.tell("switch_national", True)
    centre.until(lambda found: found and not found[-1][0], "probes", "NATIONAL", "CENTRE")
    while_pusat_was_off = centre.tell("cause", "")
    centre.tell("switch_national", False)
    centre.until(lambda found: found[-1][0], "probes", "NATIONAL", "CENTRE")
    three.cable.pull()
    station.until(lambda found: found and not found[-1][0], "probes", "LOCAL", "STATION")
    in_the_dark = station.tell("where")["line"]
    heard_nothing = centre.until(lambda found: found and not found[-1][0], "probes", "CENTRE", "CENTRE")
    while_only_silent = centre.tell("cause", "")
    moment = centre.tell("at")
    three.cable.put_back()
    centre.until(
        lambda found: found and any(not up for up, _, _ in found) and found[-1][0], "probes", "LOCAL", "STATION"
    )

    assert while_pusat_was_off == "NETWORK_CENTRAL"
    assert while_only_silent not in ("NETWORK_LOCAL", "NETWORK_CENTRAL", "CENTRE_UNREACHABLE")
    assert centre.tell("cause", moment) == "NETWORK_LOCAL"
    assert centre.tell("cause", "") not in ("NETWORK_LOCAL", "NETWORK_CENTRAL", "CENTRE_UNREACHABLE")
    assert in_the_dark.startswith("Jaringan putus")
    assert heard_nothing[-1][1] == "SILENT"
    page = centre.tell("page", moment)
    for words in ("Jaringan di kecamatan putus.", "Diukur dari stasiun", "tidak ada yang menjawab", "tidak terdengar"):
        assert words in page


@pytest.mark.row(36)
def test_with_one_direction_dead_it_is_said_and_hardly_a_byte_is_spent(three):
    station, seconds = three.station, 4.0
    with three.one_way():
        station.until(lambda found: found["line"].startswith("Jaringan putus"), "where")
        station.tell("feel_alone")
        time.sleep(2.0)
        before = three.cable.sent.offered
        time.sleep(seconds)
        spent = three.cable.sent.offered - before
    back = station.until(lambda found: found["line"].startswith("Tersambung"), "where")

    assert 0 < spent < 5000 * seconds / 60
    assert back["receipts"] == [back["digest"]]


def at_pusat(three):
    with sqlite3.connect(three.national / "national.db") as database:
        return database.execute("SELECT id, sha256 FROM recording").fetchall()
