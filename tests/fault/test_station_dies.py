"""A station dies at every instant of a seal, a session and a purge: what was said to be saved arrives, once."""

import pytest

from tests.fault.deaths import World, carries
from tests.fault.deaths import a_name as new_name
from tests.fault.fault_line import FaultLine, Wrong
from tests.fault.pair import Died

pytestmark = pytest.mark.processes
PLACES = [(place, moment) for place in ("fsync", "rename", "commit") for moment in ("die before", "die after")]
# What a session without a packet sends: its greeting, a few events, the heads of its questions.
GREETING = 8_000
MONTH_S = 31 * 24 * 3600


@pytest.fixture
def world(pair):
    return World(pair)


def seal_and_die(station, place, nth, moment):
    """Seal a packet and die there; give its id, or None for the packet's when the seal lives through it."""
    packet = new_name()
    station.tell("arm", place, nth, moment)
    try:
        station.tell("seal", packet, 20_000)
    except Died:
        return packet
    station.tell("disarm")
    return None


def deaths_of_a_seal(world):
    """Every death while a packet is sealed: its id, where, and what the next start found."""
    station = world.up().station
    for place, moment in PLACES:
        nth = 1
        while packet := seal_and_die(station, place, nth, moment):
            found = station.start().tell("start_up")
            yield packet, (moment, place, nth), found
            nth += 1


@pytest.mark.row(1, 2, 3, 4)
def test_a_seal_that_dies_at_any_place_counts_whole_and_once_or_not_at_all(world):
    counts, half = [], []
    for packet, where, found in deaths_of_a_seal(world):
        held = world.station.tell("held")
        is_here = packet in held
        assert found["files_lost"] == found["orphaned"] == 0, where
        assert (found["adopted"] == 1) is (is_here and where != ("die after", "commit", 1)), where
        assert world.station.tell("last_number") == len(held), where
        (counts if is_here else half).append(packet)
    drafts = [name for name in world.station.tell("files", "outbox") if name.endswith(".tmp")]
    page = world.station.tell("page")

    assert len(counts) >= 5
    assert len(half) >= 3
    assert drafts == []
    assert page["waiting"] == len(counts) + len(PLACES)
    world.settle()
    held = world.centre.tell("held")
    assert set(counts) <= set(held)
    assert set(half).isdisjoint(held)


@pytest.mark.row(2)
@pytest.mark.parametrize("left", ["nothing", "one byte", "half", "zeros", "all but one byte", "a lost rename"])
def test_a_power_cut_leaves_half_a_file_that_the_next_start_removes(world, left):
    station = world.up().station
    packet = seal_and_die(station, "rename", 1, "die after" if left == "a lost rename" else "die before")
    draft = station.folder / "outbox" / f"{packet}.dkp.tmp"
    if left == "a lost rename":
        draft.with_suffix("").rename(draft)
    whole = draft.read_bytes()
    kept = {"nothing": 0, "one byte": 1, "half": len(whole) // 2, "all but one byte": len(whole) - 1}.get(left)
    draft.write_bytes(bytes(len(whole)) if left == "zeros" else whole[:kept])

    found = station.start().tell("start_up")

    assert (found["drafts_removed"], found["adopted"], found["orphaned"]) == (1, 0, 0)
    assert station.tell("files", "outbox") == {}
    assert (station.tell("last_number"), station.tell("page")["waiting"]) == (0, 0)
    again, digest = world.packet()
    world.settle()
    assert world.is_done_once(again, digest)
    assert packet not in world.centre.tell("held")


@pytest.mark.row(3)
def test_a_file_without_a_row_that_is_not_whole_is_set_aside_and_never_sent(world):
    station = world.up().station
    packet = seal_and_die(station, "commit", 1, "die before")
    file = station.folder / "outbox" / f"{packet}.dkp"
    file.write_bytes(file.read_bytes()[:-1])

    found = station.start().tell("start_up")

    assert (found["adopted"], found["orphaned"]) == (0, 1)
    assert list(station.tell("files", "outbox")) == [f"orphaned/{packet}.dkp"]
    assert station.tell("said", "sync.packet.orphaned") == 1
    world.settle()
    assert packet not in world.centre.tell("held")


@pytest.mark.row(4)
def test_what_was_sealed_before_the_power_went_is_on_the_page_and_goes(world):
    packet, digest = world.packet()
    world.station.kill()

    page = world.up().station.tell("page")

    assert (page["waiting"], page["words"][packet]) == (1, "Aman di sini")
    world.settle()
    assert world.station.tell("page")["words"][packet] == "Diterima pusat"
    assert world.is_done_once(packet, digest)


@pytest.mark.row(5)
def test_a_creation_whose_answer_was_lost_makes_no_second_upload(world):
    packet, digest = world.packet(300_000)
    opened, brought = [], []

    def lose_first_answer(question):
        if carries(question):
            brought.append(question)
            opened.append(world.centre.tell("uploads"))
        return Wrong(cut_after=100_000) if carries(question) and len(brought) == 1 else Wrong()

    line = FaultLine(int(world.url.rpartition(":")[2]), lose_first_answer)

    assert world.station.tell("once", line.url, 5) == "UP"

    line.close()
    assert opened == [[], [packet]]
    assert brought[1].body_bytes < brought[0].body_bytes
    assert (world.centre.tell("uploads"), world.centre.tell("files", "uploads")) == ([], {})
    world.settle()
    assert world.is_done_once(packet, digest)


@pytest.mark.row(6)
def test_an_upload_goes_on_where_the_centres_bytes_end(world):
    size, counted = 500_000, 0

    for death in world.deaths(world.session, of="station", place="send", every=8, size=size):
        arrived = world.centre.tell("files", "uploads").get(f"{death.packet}.part", 0)
        state, spent = world.up().station.tell("spent", world.url, 5)
        assert (state, spent <= size - arrived + GREETING) == ("UP", True), death.where
        world.settle()
        assert world.is_done_once(death.packet, death.digest), death.where
        counted += arrived > 0
    assert counted >= 1


@pytest.mark.row(7)
def test_a_lost_final_answer_costs_one_question_and_not_one_byte_of_the_packet(world):
    packet, digest = world.packet()
    line = FaultLine(int(world.url.rpartition(":")[2]), lambda one: Wrong(answer_after=0) if carries(one) else Wrong())

    assert world.station.tell("once", line.url, 5) == "UP"

    line.close()
    assert [carries(one) for one in line.seen if "/packets" in one.path] == [True, False]
    assert world.is_done_once(packet, digest)
    world.settle()


@pytest.mark.row(8)
def test_a_receipt_that_was_not_committed_comes_again_byte_for_byte(world):
    lost = []

    for moment in ("die before", "die after"):
        for death in world.deaths(world.session, of="station", place="commit", moment=moment):
            there, here = (node.tell("receipt", death.packet) for node in (world.centre, world.up().station))
            lost.append(there != "" == here)
            world.settle()
            assert world.is_done_once(death.packet, death.digest), death.where
            assert world.station.tell("receipt", death.packet) == there or there == "", death.where
    assert True in lost, "no receipt was lost"


@pytest.mark.row(4, 5, 7)
@pytest.mark.parametrize(("place", "every"), [("send", 2), ("recv", 1), ("statement", 19)])
def test_a_session_that_dies_at_any_place_ends_in_one_effect(world, place, every):
    count = 0

    for death in world.deaths(world.session, of="station", place=place, every=every):
        world.settle()
        assert world.is_done_once(death.packet, death.digest), death.where
        count += 1
    assert count >= 3


@pytest.mark.row(9)
@pytest.mark.parametrize(("place", "moment"), [("unlink", "die after"), ("statement", "die before")])
def test_a_purge_that_dies_at_any_place_is_finished_by_the_next_start(world, place, moment):
    nth, gone, later_s = 1, [], 0
    while True:
        world.up()
        packets = [world.packet(2_000)[0] for _ in range(2)]
        world.session(packets[0])
        world.centre.tell("back_up")
        later_s += MONTH_S
        for node in (world.centre, world.station):
            node.tell("set_clock", later_s)
        world.station.tell("arm", place, nth, moment)
        try:
            world.session(packets[0])
        except Died:
            assert world.up().station.tell("set_clock", later_s) is None
            world.session(packets[0])
        else:
            break
        finally:
            gone += packets
        held = world.station.tell("held")
        assert {held[packet][0] for packet in gone} == {"PURGED"}, (moment, place, nth)
        assert world.station.tell("files", "outbox") == {}
        nth += 1 if place == "unlink" else 24
    assert nth > 2
    world.station.tell("disarm")
    effects = world.centre.tell("effects")
    assert {effects[f"item:{packet}"] for packet in gone} == {1}
    assert world.centre.tell("said", "sync.packet.received") == len(gone)
