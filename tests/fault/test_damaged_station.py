"""A station's disk gives errors or its database is gone: that is said at the start, and sealed packets still arrive."""

import pytest

from tests.fault.deaths import World, a_name
from tests.fault.pair import STATION

pytestmark = pytest.mark.processes


@pytest.fixture
def world(pair):
    return World(pair)


@pytest.mark.row(45)
@pytest.mark.parametrize("place", ["the first page", "a page in the middle", "the last page"])
def test_a_damaged_page_of_the_database_is_found_at_the_start(world, place):
    world.packet()
    station = world.station
    assert station.start().tell("begin_work") == [True]
    station.kill()
    database = station.folder / "node.db"
    at = {"the first page": 200, "the last page": -200}.get(place, database.stat().st_size // 2)

    with database.open("rb+") as file:
        file.seek(at, 0 if at > 0 else 2)
        file.write(b"DAMAGE")

    (said,) = station.start().tell("begin_work")
    assert said.startswith("Basis data komputer ini tidak terbaca")


@pytest.mark.row(45)
@pytest.mark.parametrize("loss", ["damaged", "gone", "begun anew"])
def test_every_sealed_packet_of_a_lost_database_arrives_once_by_a_stick(world, nursery, tmp_path, loss):
    arrived = world.packet()
    world.settle()
    packets = [world.packet() for _ in range(3)]
    world.station.kill()
    database = world.station.folder / "node.db"
    if loss == "damaged":
        database.write_bytes(b"DAMAGE" * 1000)
    else:
        for file in world.station.folder.glob("node.db*"):
            file.unlink()
    station = world.station.start()
    if loss == "begun anew":
        station.tell("init", STATION)
        station.tell("enrol", world.centre.tell("card"))
        assert station.tell("start_up")["orphaned"] == 4

    rescued = station.tell("give_up", str(tmp_path))
    again = station.tell("give_up", str(tmp_path))

    found = world.centre.tell("carry", str(tmp_path))
    assert rescued == again == {"copied": 4, "unreadable": []}
    assert (found["done"], found["refused"]) == ({"new": 3, "known": 1}, [])
    for packet, digest in (arrived, *packets):
        assert world.centre.tell("show", packet)["effects"] == [digest]
        receipt = next(tmp_path.glob(f"dekat/{STATION}/receipts/*-{packet}.txt"))
        assert receipt.read_text() == world.centre.tell("receipt", packet)


@pytest.mark.row(45)
def test_a_file_that_the_disk_damaged_is_named_and_the_others_are_rescued(world, tmp_path):
    packets = [world.packet()[0] for _ in range(2)]
    file = world.station.folder / "outbox" / f"{packets[0]}.dkp"
    file.write_bytes(file.read_bytes()[:100])

    rescued = world.station.tell("give_up", str(tmp_path))

    assert rescued == {"copied": 1, "unreadable": [file.name]}


@pytest.mark.row(45)
def test_a_file_that_cannot_be_read_stands_aside_and_the_next_one_goes(world):
    packets = [world.packet() for _ in range(2)]
    file = world.station.folder / "outbox" / f"{packets[0][0]}.dkp"
    file.unlink()
    file.mkdir()  # reading it is an error, as of a failing disk

    assert world.station.tell("once", world.url, 5) == "UP"

    page = world.station.tell("page")
    assert (page["waiting"], page["aside"]) == (0, 1)
    assert world.station.tell("held")[packets[0][0]][2] == "sync.outbox.file_damaged"
    assert world.is_done_once(*packets[1])


@pytest.mark.row(45)
@pytest.mark.parametrize("place", ["fsync", "rename"])
def test_a_disk_error_while_sealing_leaves_nothing_half(world, place):
    packet = a_name()
    world.up().station.tell("arm", place, 1, "EIO")

    with pytest.raises(AssertionError, match="Errno 5"):
        world.station.tell("seal", packet, 5_000)

    world.station.tell("disarm")
    assert world.station.tell("files", "outbox") == {}
    assert world.station.tell("last_number") == 0
    again, digest = world.packet()
    world.settle()
    assert world.is_done_once(again, digest)
