"""Both ways by stick between real nodes: pulled out, full, locked, twice, elsewhere, after the line, for weeks.

Everything on the stick goes through the same door as on the line, so the five invariants hold after each of these.
"""

import json
import subprocess

import pytest

from dekat.kernel.ids import new_id
from tests.conftest import NOW
from tests.fault.pair import Died, Refused, hold_invariants, settle

pytestmark = pytest.mark.processes
MARKER = "SITI CONTOH DI DALAM"
DAY_S = 86400


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def sealed(pair):
    """Three packets and a message at a station that has no line."""
    _, station = pair
    station.start()
    made = [str(new_id(NOW)) for _ in range(4)]
    for item_id in made[:3]:
        station.tell("seal", item_id, 20_000, MARKER)
    station.tell("send", made[3], "hello")
    return made


def states(station, items):
    held = station.tell("held")
    return {held[item][0] for item in items}


def shown(stick):
    """Files of the stick that show what only the centre may read."""
    return [path.name for path in stick.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]


@pytest.mark.row(66)
def test_a_station_without_a_line_for_weeks_works_on_sticks_alone(pair, sealed, stick):
    centre, station = pair
    told = centre.start().tell("publish", "petunjuk")

    assert station.tell("mirror", str(stick)) == ["READY", 4, 4]
    assert shown(stick) == []
    first = centre.tell("carry", str(stick))
    assert (first["done"], first["refused"]) == ({"new": 4}, [])
    assert shown(stick) == []
    station.tell("mirror", str(stick))
    assert states(station, sealed) == {"RECEIVED"}
    assert station.tell("blob", told) > 0
    assert station.tell("receipts") == centre.tell("receipts")

    centre.tell("back_up")
    assert centre.tell("carry", str(stick))["done"] == {"known": 4}
    station.tell("mirror", str(stick))
    assert states(station, sealed) == {"DURABLE"}
    # What a backup holds leaves the stick; after its time also the station. Never before.
    assert list(stick.rglob("*.dkp")) == []
    station.tell("set_clock", 20 * DAY_S)
    station.tell("purge")
    assert states(station, sealed) == {"DURABLE"}
    station.tell("set_clock", 40 * DAY_S)
    centre.tell("carry", str(stick))
    station.start().tell("set_clock", 40 * DAY_S)
    station.tell("mirror", str(stick))
    station.tell("purge")
    assert states(station, sealed) == {"PURGED"}
    hold_invariants(centre, station, marker=MARKER)


@pytest.mark.row(66)
def test_a_stick_pulled_out_at_any_instant_has_whole_files_or_none_and_the_next_time_does_the_rest(pair, sealed, stick):
    centre, station = pair
    for nth in range(1, 12, 2):
        for side, act in ((station, "mirror"), (centre, "carry")):
            for what in ("EIO", "die before"):
                if not side.is_running:
                    side.start()
                side.tell("arm", "fsync", nth, what, True)
                try:
                    side.tell(act, str(stick))
                    side.tell("disarm")
                except (Died, Refused):
                    side.start()

    assert station.tell("mirror", str(stick))[0] == "READY"
    centre.tell("carry", str(stick))
    station.start().tell("mirror", str(stick))
    assert states(station, sealed) == {"RECEIVED"}
    assert shown(stick) == []
    hold_invariants(centre, station, marker=MARKER)


@pytest.mark.row(66)
def test_a_stick_read_twice_and_then_lost_is_one_and_the_receipts_come_by_the_line(pair, sealed, stick):
    centre, station = pair
    station.tell("mirror", str(stick))
    centre.start().tell("carry", str(stick))
    first = centre.tell("receipts")

    assert centre.tell("carry", str(stick))["done"] == {"known": 4}
    assert centre.tell("receipts") == first
    assert states(station, sealed) == {"SEALED"}

    settle(centre, station, marker=MARKER)
    assert states(station, sealed) == {"RECEIVED"}
    assert station.tell("receipts") == first


@pytest.mark.row(67)
def test_a_stick_with_packets_that_went_by_the_line_gets_their_stored_receipts(pair, sealed, stick):
    centre, station = pair
    station.tell("mirror", str(stick))
    port = centre.start().tell("serve")
    assert station.tell("once", f"http://127.0.0.1:{port}") == "UP"
    first = centre.tell("receipts")

    found = centre.tell("carry", str(stick))

    assert (found["done"], found["refused"]) == ({"known": 4}, [])
    on_stick = {path.read_text() for path in stick.rglob("receipts/*.txt")}
    assert on_stick == {first[item] for item in sealed}
    station.tell("mirror", str(stick))
    hold_invariants(centre, station, marker=MARKER)


@pytest.mark.row(58, 66)
def test_at_another_regency_nothing_is_taken_and_nothing_on_the_stick_changes(nursery, pair, sealed, stick, tmp_path):
    _, station = pair
    station.tell("mirror", str(stick))
    before = {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()}
    other = nursery.node("centre", tmp_path / "other").start()
    other.tell("init", "centre")

    found = other.tell("carry", str(stick))
    other_held = other.tell("held")
    other.kill()

    assert [code for _, code in found["refused"]] == ["sync.station.unknown"]
    assert (found["done"], other_held) == ({}, {})
    assert {path: path.read_bytes() for path in stick.rglob("*") if path.is_file()} == before


@pytest.fixture
def tiny(tmp_path):
    """A stick of 96 KiB, which the packets do not fit on."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=96k", "dekat-custody"]
    if subprocess.run(["mount", *options, str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("a disk so small that it fills is mounted, and only root may mount one")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.row(66)
def test_a_full_and_then_a_locked_stick_say_so_and_lose_nothing(pair, sealed, tiny, stick):
    centre, station = pair
    station.tell("seal", extra := str(new_id(NOW)), 60_000, MARKER)

    assert station.tell("mirror", str(tiny))[0] == "FULL"
    part = centre.start().tell("carry", str(tiny))
    assert (part["refused"], part["done"]["new"] >= 1) == ([], True)
    assert part["is_written"] is False
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    assert station.tell("mirror", str(tiny))[0] == "READ_ONLY"
    assert centre.tell("carry", str(tiny))["refused"] == []

    station.tell("mirror", str(stick))
    centre.tell("carry", str(stick))
    station.tell("mirror", str(stick))
    assert states(station, [*sealed, extra]) == {"RECEIVED"}
    hold_invariants(centre, station, marker=MARKER)


@pytest.mark.row(53)
def test_a_stick_leads_a_station_without_a_line_to_the_centres_newest_key(pair, sealed, stick):
    centre, station = pair
    for _ in range(2):
        centre.start().tell("rotate_centre")
    newest = centre.tell("known", "centre")["key"]
    told = centre.start().tell("publish", "petunjuk")
    station.tell("mirror", str(stick))
    centre.tell("carry", str(stick))

    station.tell("mirror", str(stick))

    assert station.tell("who")["centre"] == newest
    assert states(station, sealed) == {"RECEIVED"}
    assert station.tell("blob", told) > 0


def test_a_word_forged_or_of_another_station_moves_nothing(pair, sealed, stick):
    centre, station = pair
    station.tell("mirror", str(stick))
    centre.start().tell("carry", str(stick))
    [word] = stick.rglob("word.json")
    said = json.loads(word.read_text())
    word.write_text(json.dumps({**said, "signature": said["statement"][:88]}))
    for receipt in stick.rglob("receipts/*.txt"):
        receipt.unlink()

    station.start().tell("mirror", str(stick))

    assert states(station, sealed) == {"SEALED"}
