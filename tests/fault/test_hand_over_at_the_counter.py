"""A hand-over between two machines: offered, answered without a line, killed half-way, told twice."""

import pytest

from tests.fault.deaths import a_name
from tests.fault.pair import Died

pytestmark = pytest.mark.processes
HERE = "99.01.01"
STATION = f"station-{HERE}"
FIRST, SECOND = "REK-1", "REK-2"


@pytest.fixture
def both(pair):
    """Two recorders in the office store, offered to the kecamatan; the station has heard of it."""
    centre, station = pair
    centre.start().tell("buy", [FIRST, SECOND])
    station.start()
    return centre, station


def meet(centre, station):
    """One whole session on a good line."""
    if not centre.is_running:
        centre.start()
    if not station.is_running:
        station.start()
    url = f"http://127.0.0.1:{centre.tell('serve')}"
    for _ in range(2):  # what the centre says in answer to a message comes with the next round
        assert station.tell("once", url, 10) == "UP"


def offered(centre, station, serials=(FIRST, SECOND)):
    offer = a_name()
    centre.tell("offer_devices", offer, list(serials), HERE, "BAST-1")
    meet(centre, station)
    return offer


def test_both_sides_sign_and_the_register_follows(both):
    centre, station = both
    offer = offered(centre, station)
    assert station.tell("waiting_offers") == ["BAST-1"]
    centre.kill()

    photo = station.tell("answer_offer", offer, [FIRST], [SECOND])
    here = station.tell("in_hands")
    meet(centre, station)

    assert here == {FIRST: "MINOR_DAMAGE"}
    assert centre.tell("in_register", FIRST) == [HERE, "MINOR_DAMAGE", ["BAST-1"]]
    assert centre.tell("in_register", SECOND) == ["", "GOOD", []]
    assert centre.tell("has_photo", photo)
    said = dict(centre.tell("said_of", FIRST))
    assert (said["equipment.handover.offered"], said["equipment.handover.accepted"]) == ("centre", STATION)
    for node in both:
        assert node.tell("offer_state", offer) == {
            "items": {FIRST: "ACCEPTED", SECOND: "DECLINED"}, "by": "Rina Contoh", "signed": [True, True],
        }  # fmt: skip
    assert station.tell("waiting_offers") == []
    assert station.tell("in_hands") == {FIRST: "MINOR_DAMAGE"}


@pytest.mark.parametrize("moment", ["die before", "die after"])
@pytest.mark.parametrize("place", ["commit", "fsync"])
def test_an_answer_killed_half_way_counts_once_and_whole(both, place, moment):
    centre, station = both
    offer = offered(centre, station)

    for nth in range(1, 20):
        station.tell("arm", place, nth, moment)
        try:
            station.tell("answer_offer", offer, [FIRST, SECOND])
        except Died:
            station.start().tell("start_up")
            state = station.tell("offer_state", offer)["items"]
            assert len(set(state.values())) == 1, (place, nth, state)
        else:
            station.tell("disarm")
            break
    meet(centre, station)

    assert nth > 1
    names = [name for name, _ in centre.tell("said_of", FIRST)]
    assert names.count("equipment.handover.accepted") == 1
    assert centre.tell("in_register", FIRST)[::2] == [HERE, ["BAST-1"]]
    assert station.tell("faults") == centre.tell("faults") == 0


def test_a_centre_that_dies_while_it_hears_the_answer_hears_it_once(both):
    centre, station = both
    offer = offered(centre, station)
    station.tell("answer_offer", offer, [FIRST, SECOND])

    for place in ("apply", "commit"):
        for moment in ("die before", "die after"):
            if not centre.is_running:
                centre.start()
            url = f"http://127.0.0.1:{centre.tell('serve')}"
            centre.tell("arm", place, 1, moment)
            station.tell("once", url, 0.5)
            centre.kill()
    meet(centre, station)

    assert centre.tell("in_register", FIRST)[::2] == [HERE, ["BAST-1"]]
    assert [name for name, _ in centre.tell("said_of", FIRST)].count("equipment.handover.accepted") == 1


def test_a_kecamatan_gives_a_device_back_to_the_office_store(both):
    centre, station = both
    station.tell("answer_offer", offered(centre, station, [FIRST]), [FIRST])
    meet(centre, station)

    back = a_name()
    station.tell("offer_devices", back, [FIRST], "", "BAST-2")
    meet(centre, station)
    assert centre.tell("waiting_offers") == ["BAST-2"]
    centre.tell("answer_offer", back, [FIRST])
    meet(centre, station)

    assert centre.tell("in_register", FIRST)[::2] == ["", ["BAST-1", "BAST-2"]]
    assert station.tell("in_hands") == {}
    assert station.tell("offer_state", back)["items"] == {FIRST: "ACCEPTED"}
    assert ["equipment.device.returned", "centre"] in centre.tell("said_of", FIRST)


def test_a_count_without_a_line_travels_when_there_is_one(both):
    centre, station = both
    station.tell("answer_offer", offered(centre, station, [FIRST]), [FIRST])
    meet(centre, station)
    centre.tell("open_count", a_name())
    meet(centre, station)
    centre.kill()

    spots = station.tell("scan", ["DEKAT-ALAT:REK-2", "LAPTOP-PRIBADI", "LAPTOP-PRIBADI"])
    station.tell("close_count")
    meet(centre, station)

    assert spots == ["WRONG_PLACE", "UNKNOWN", "UNKNOWN"]
    expected = {FIRST: "MISSING", SECOND: "WRONG_PLACE", "LAPTOP-PRIBADI": "UNKNOWN"}
    assert centre.tell("counted", HERE) == station.tell("counted", HERE) == {"lines": expected, "closed": True}
    assert not centre.tell("counted", "")["closed"]
