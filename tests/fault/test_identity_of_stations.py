"""A station's identity over its whole life: let in, renewed, revoked, copied, restored; and the centre's with it."""

from datetime import UTC, datetime

import pytest

from dekat.kernel.ids import new_id
from tests.fault.pair import STATION, Died, Refused, hold_invariants, settle

pytestmark = pytest.mark.processes


def packet(node, size=3000):
    """Seal a packet; give its id."""
    item_id = str(new_id(datetime.now(UTC)))
    node.tell("seal", item_id, size)
    return item_id


def serve(centre):
    """Start the centre; give its address."""
    return f"http://127.0.0.1:{centre.start().tell('serve')}"


@pytest.mark.row(11)
@pytest.mark.parametrize("nth", [2, 4])
def test_a_key_is_renewed_through_a_kill_at_the_station(pair, nth):
    centre, station = pair
    url = serve(centre)
    before = packet(station.start())
    station.tell("once", url)
    old = station.tell("who")
    centre.tell("want_key", STATION)

    station.tell("arm", "commit", nth)
    try:
        station.tell("once", url)
    except Died:
        station.start()
    late = packet(station)
    station.tell("once", url)
    station.tell("once", url)

    new, known = station.tell("who"), centre.tell("known", STATION)
    assert new["key"] == known["key"] != old["key"]
    assert (new["life"], new["voice"]) == (old["life"], f"{STATION}/2")
    assert centre.tell("show", before)["effects"] and centre.tell("show", late)["effects"]
    assert centre.tell("show", late)["faults"] == 0
    assert known["through"][1] is not None
    settle(centre, station)


def test_a_new_machine_is_let_in_by_a_code_that_works_once(nursery, pair):
    centre, _ = pair
    url = serve(centre)
    code = centre.tell("issue_code", "99.01.07")
    machine, other = (
        nursery.node("station-99.01.07", centre.folder.parent / name).start() for name in ("new", "other")
    )

    centre.tell("arm", "commit", 1, "die after")
    with pytest.raises(Refused):
        machine.tell("enrol_by_code", url, code)
    url = serve(centre)
    machine.start()
    first = machine.tell("enrol_by_code", url, code)
    with pytest.raises(Refused, match=r"enrolment_code\.used"):
        other.tell("enrol_by_code", url, code)

    item = packet(machine)
    assert machine.tell("once", url) == "UP"
    assert first["key"] == centre.tell("known", "station-99.01.07")["key"]
    assert centre.tell("show", item)["effects"]


@pytest.mark.row(48)
def test_an_old_disk_image_begins_a_new_life_by_itself(nursery, pair):
    centre, station = pair
    url = serve(centre)
    first = packet(station.start())
    station.tell("once", url)
    unsent = packet(station)
    station.kill()
    image = nursery.copy(station.folder, station.folder.parent / "image" / STATION)
    station.start()
    later = packet(station)
    station.tell("once", url)
    station.kill()
    before = centre.tell("known", STATION)

    image.start().tell("arm", "recv", 3)
    with pytest.raises(Died):
        image.tell("once", url)
    image.start()
    assert image.tell("once", url) == "UP"
    anew = packet(image)
    image.tell("once", url)

    after = centre.tell("known", STATION)
    assert after["life"] == image.tell("who")["life"] != before["life"]
    assert centre.tell("effects") == {f"item:{one}": 1 for one in (first, unsent, later, anew)}
    assert centre.tell("aside") == {}
    assert image.tell("receipts")[unsent] == centre.tell("receipts")[unsent]
    numbers = centre.tell("numbers")
    assert len({tuple(one) for one in numbers}) == len(numbers)
    hold_invariants(centre, image)


@pytest.mark.row(49)
def test_two_machines_from_one_image_are_both_stopped_and_one_is_let_in_again(nursery, pair):
    centre, station = pair
    url = serve(centre)
    packet(station.start())
    station.tell("once", url)
    station.kill()
    clone = nursery.copy(station.folder, station.folder.parent / "clone" / STATION).start()
    station.start()
    ours, theirs = packet(station), packet(clone)

    station.tell("once", url)
    clone.tell("once", url)
    station.tell("once", url)
    clone.tell("once", url)
    late = packet(station)
    station.tell("once", url)

    assert centre.tell("known", STATION)["is_stopped"]
    assert [one.tell("stands")["orders"] for one in (station, clone)] == [["stopped"], ["stopped"]]
    assert station.tell("stands")["code"] == "sync.lease.closed"
    assert len(centre.tell("events", "accounts.node.stopped")) == 1
    assert centre.tell("aside")[late] == "sync.item.conflict"

    code = centre.tell("issue_code", STATION.removeprefix("station-"))
    station.tell("enrol_by_code", url, code)
    fresh = packet(station)
    station.tell("once", url)
    waiting = list(centre.tell("aside"))
    released = [centre.tell("release", item) for item in waiting]
    clone.tell("once", url)

    assert station.tell("stands") == {"orders": [], "code": "", "wipes": 0}
    assert clone.tell("stands")["orders"] == ["reenrol"]
    assert set(released) == {"APPLIED"}
    effects = centre.tell("effects")
    assert all(effects[f"item:{one}"] == 1 for one in (ours, late, fresh, theirs))


@pytest.mark.row(50, 52)
def test_a_stolen_station_hands_in_what_it_sealed_and_reads_nothing(nursery, pair):
    centre, station = pair
    url = serve(centre)
    good = packet(station.start())
    station.tell("once", url)
    at_hand = packet(station)
    centre.tell("revoke", STATION, 2)
    stolen = packet(station)
    station.tell("count_wipes")

    station.tell("once", url)

    assert centre.tell("aside") == {stolen: "sync.station.revoked"}
    assert set(centre.tell("effects")) == {f"item:{one}" for one in (good, at_hand)}
    assert station.tell("stands") == {
        "orders": ["revoked", "wipe_extract"],
        "code": "sync.lease.wiped",
        "wipes": 1,
    }
    seen = centre.tell("events", "sync.revoked_station.seen")
    assert [one["address"] for one in seen] == ["127.0.0.1"]
    assert centre.tell("release", stolen) == "APPLIED"

    code = centre.tell("issue_code", STATION.removeprefix("station-"))
    fresh = nursery.pair()[1].start()
    fresh.tell("enrol_by_code", url, code)
    item, late = packet(fresh), packet(station)
    assert fresh.tell("once", url) == "UP"
    station.tell("once", url)
    assert station.tell("stands")["orders"] == ["revoked", "wipe_extract"]
    assert centre.tell("aside") == {late: "sync.station.revoked"}
    assert centre.tell("show", item)["effects"]
    assert centre.tell("show", item)["heads"][f"{STATION}/2"] > 0


@pytest.mark.row(51)
def test_the_lease_of_a_station_that_stays_away_ends_whatever_its_clock_says(pair):
    centre, station = pair
    url = serve(centre)
    station.start().tell("once", url)
    assert station.tell("stands")["code"] == ""

    station.tell("days_pass", 6.9)
    assert station.tell("stands")["code"] == ""
    station.tell("days_pass", 0.2)
    assert station.tell("stands")["code"] == "sync.lease.ended"
    station.tell("days_pass", -30)
    station.start().tell("days_pass", -30)
    assert station.tell("stands")["code"] == "sync.lease.ended"
    item = packet(station)

    station.tell("once", url)
    assert station.tell("stands")["code"] == ""
    assert centre.tell("show", item)["effects"]


@pytest.mark.row(53)
def test_a_station_that_was_away_follows_the_centres_keys(nursery, pair):
    centre, station = pair
    url = serve(centre)
    first = packet(station.start())
    station.tell("once", url)
    receipt = station.tell("receipts")[first]
    for _ in range(2):
        centre.tell("rotate_centre")
    newest = centre.tell("known", "centre")["key"]
    url = serve(centre)

    item = packet(station)
    assert station.tell("once", url) == "UP"

    assert station.tell("who")["centre"] == newest
    assert station.tell("receipts")[first] == receipt
    assert centre.tell("show", item)["faults"] == 0
    stranger, _ = nursery.pair()
    stranger.start().tell("rotate_centre")
    assert station.tell("once", serve(stranger)) == "line.centre.not_the_centre"


@pytest.mark.row(46, 47)
def test_a_centre_from_an_old_backup_lists_what_nobody_has_any_more(nursery, pair):
    centre, station = pair
    url = serve(centre)
    first = packet(station.start())
    station.tell("once", url)
    centre.kill()
    backup = nursery.copy(centre.folder, centre.folder.parent / "backup" / "centre")
    url = serve(centre)
    purged, kept = packet(station), packet(station)
    station.tell("once", url)
    centre.tell("make_durable", 2)
    station.tell("once", url)
    assert station.tell("purge_all") == 2
    centre.kill()

    url = serve(backup)
    backup.tell("renew_epoch")
    for _ in range(2):
        station.tell("once", url)

    assert backup.tell("lost_here") == [purged]
    assert {f"item:{one}": 1 for one in (first, kept)}.items() <= backup.tell("effects").items()
    assert [one["seq"] for one in backup.tell("events", "sync.item.lost")] == [2]


@pytest.mark.row(61)
def test_a_number_that_never_comes_is_listed_with_since_when(pair):
    centre, station = pair
    url = serve(centre)
    packet(station.start())
    gone = packet(station)
    packet(station)
    station.tell("lose_file", gone)

    station.tell("once", url)
    station.tell("once", url)

    listed = centre.tell("stations")[STATION]
    assert listed["missing"] == [2]
    assert listed["missing_since"]
    assert station.tell("held")[gone][0] != "RECEIVED"
