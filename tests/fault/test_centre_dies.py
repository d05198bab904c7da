"""The centre dies at every instant of an upload, two take the same packet, the database is locked: one effect."""

import os
import re
import time

import pytest

from tests.fault.deaths import World, carries
from tests.fault.fault_line import FaultLine, Wrong

pytestmark = pytest.mark.processes
# Three flushes in the middle of the body: one for each 256 KiB.
LARGE = 800_000
AWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
# What a session without a packet sends.
GREETING = 8_000


@pytest.fixture
def world(pair):
    return World(pair)


@pytest.mark.row(13, 14, 16, 17)
@pytest.mark.parametrize(
    ("place", "moment", "every"),
    [
        ("commit", "die before", 1),
        ("fsync", "die before", 1),
        ("link", "die before", 1),
        ("link", "die after", 1),
        ("unlink", "die before", 1),
        ("unlink", "die after", 1),
        ("apply", "die before", 1),
        ("apply", "die after", 1),
        ("send", "die before", 3),
        ("statement", "die after", 37),
    ],
)
def test_a_centre_that_dies_at_any_place_holds_the_packet_once(world, place, moment, every):
    count = 0
    if place == "unlink":
        world.packet()
        world.session()  # what only the first session of a centre makes and removes is behind it

    for death in world.deaths(world.session, of="centre", place=place, moment=moment, every=every):
        before = world.up().centre.tell("receipt", death.packet)
        effects = world.centre.tell("show", death.packet)["effects"]
        assert effects == ([death.digest] if before else []), death.where
        world.settle()
        assert world.is_done_once(death.packet, death.digest), death.where
        assert world.centre.tell("receipt", death.packet) == before or not before, death.where
        assert (world.centre.tell("uploads"), world.centre.tell("files", "uploads")) == ([], {}), death.where
        count += 1
    assert count >= 1
    assert world.centre.tell("said_count", "sync.packet.received") == count + 1 + (place == "unlink")


@pytest.mark.row(13)
def test_a_creation_whose_file_was_never_made_may_be_repeated_by_its_id(world):
    packet, digest = world.packet(LARGE)
    cut_once(world, 0)
    world.centre.kill()
    for part in (world.centre.folder / "uploads").glob("*.part"):
        part.unlink()

    opened = world.up().centre.tell("uploads")

    assert (opened, world.centre.tell("files", "uploads")) == ([packet], {})
    world.settle()
    assert world.is_done_once(packet, digest)


@pytest.mark.row(14)
def test_a_centre_that_dies_in_the_middle_of_a_body_goes_on_with_what_its_disk_has(world):
    kept = []

    for death in world.deaths(world.session, of="centre", place="fdatasync", size=LARGE):
        there = world.up().centre.tell("files", "uploads").get(f"{death.packet}.part", 0)
        state, spent = world.station.tell("spent", world.url, 5)
        assert (state, spent < LARGE - there + GREETING) == ("UP", True), death.where
        world.settle()
        assert world.is_done_once(death.packet, death.digest), death.where
        kept.append(there)
    assert len(kept) >= 3
    assert kept[0] >= 256 * 1024


@pytest.mark.row(15)
def test_the_offset_that_is_told_survives_a_power_cut(world):
    """Every piece ends in a broken line; whatever was not flushed is lost with the power."""
    furthest = []
    note = world.centre.folder.parent / "flushed"
    for nth in (1, 3, 5):
        packet, digest = world.packet(LARGE)
        world.centre.tell("note_flushed", str(note))
        world.centre.tell("arm", "fdatasync", nth, "die before")
        line = HearingLine(port(world), lambda one: Wrong(cut_after=150_000) if carries(one) else Wrong())
        world.station.tell("once", line.url, 0.5)
        line.close()
        world.centre.kill()
        flushed = dict(reversed(one.split()) for one in note.read_text().splitlines()) if note.exists() else {}
        part = world.centre.folder / "uploads" / f"{packet}.part"
        if part.exists():
            os.truncate(part, int(flushed.get(str(part), 0)))

        assert max(line.told) <= int(flushed.get(str(part), 0)), nth
        world.settle()
        assert world.is_done_once(packet, digest), nth
        furthest.append(max(line.told))
    assert furthest == sorted(furthest)
    assert furthest[-1] > 256 * 1024


@pytest.mark.row(15)
@pytest.mark.parametrize("damage", ["shorter", "gone", "zeros at the end", "longer than announced"])
def test_a_part_that_is_not_what_was_told_costs_bytes_and_never_content(world, damage):
    packet, digest = world.packet(LARGE)
    cut_once(world, 400_000)
    world.centre.kill()
    part = world.centre.folder / "uploads" / f"{packet}.part"
    length = part.stat().st_size
    os.truncate(part, {"shorter": 100_000, "zeros at the end": length - 50_000}.get(damage, 0))
    os.truncate(part, {"zeros at the end": length, "longer than announced": 2 * LARGE}.get(damage, part.stat().st_size))
    if damage == "gone":
        part.unlink()
    before = {"shorter": 100_000, "gone": 0, "zeros at the end": length, "longer than announced": 0}[damage]

    state, spent = world.up().station.tell("spent", world.url, 5)

    most = 2 * LARGE + GREETING if damage == "zeros at the end" else LARGE - before + GREETING
    assert (state, LARGE - before < spent < most) == ("UP", True)
    world.settle()
    assert world.is_done_once(packet, digest)
    is_logged = "sync.upload.started_again" in (world.centre.folder / "log").read_text()
    assert is_logged is (damage in ("zeros at the end", "longer than announced"))


@pytest.mark.row(15)
def test_a_part_that_lost_bytes_after_the_offset_was_told_gets_the_right_offset(world):
    packet, digest = world.packet(LARGE)
    part = world.centre.folder / "uploads" / f"{packet}.part"
    which = []

    def cut_then_lose(question):
        if carries(question):
            which.append(question)
        if carries(question) and len(which) == 2:
            os.truncate(part, 70_000)
        return Wrong(cut_after=200_000) if carries(question) and len(which) == 1 else Wrong()

    line = FaultLine(port(world), cut_then_lose)

    assert world.station.tell("once", line.url, 5) == "UP"

    line.close()
    found = [re.search(rb"(?i)upload-offset: (\d+)", one.head) for one in which]
    offsets = [int(one[1]) if one else 0 for one in found]
    assert offsets[0] == 0 < offsets[2] == 70_000 < offsets[1]
    assert world.is_done_once(packet, digest)
    world.settle()


@pytest.mark.row(18)
def test_two_centre_processes_that_take_the_same_packets_do_each_once(world, nursery, tmp_path):
    packets = [world.packet(5_000) for _ in range(4)]
    world.station.tell("mirror", str(tmp_path))
    second = nursery.node("centre", world.centre.folder).start()
    second.tell("start_up")

    for one in (world.centre, second):
        one.begin("carry", str(tmp_path))
    carried = [one.end() for one in (world.centre, second)]

    second.kill()
    assert [found["refused"] for found in carried] == [[], []]
    assert sum(found["done"].get("new", 0) for found in carried) >= len(packets)
    world.settle()
    assert all(world.is_done_once(*one) for one in packets)
    assert world.centre.tell("said_count", "sync.packet.received") == len(packets)


@pytest.mark.row(19)
def test_a_database_that_is_locked_for_a_while_is_waited_for(world, nursery):
    packet, digest = world.packet(LARGE)
    other = nursery.node("centre", world.centre.folder).start()
    world.centre.tell("be_patient", 0.05, 10)
    other.begin("hold_database", 0.8)

    began = time.monotonic()
    state = world.station.tell("once", world.url, 5)

    other.end()
    other.kill()
    assert state == "UP"
    assert time.monotonic() - began < 5
    assert world.is_done_once(packet, digest)
    assert "wire.fault" not in (world.centre.folder / "log").read_text()
    world.settle()


@pytest.mark.row(19)
def test_a_database_that_stays_locked_costs_the_station_not_one_byte_of_its_upload(world, nursery):
    packet, digest = world.packet(LARGE)
    cut_once(world, 400_000)
    other = nursery.node("centre", world.centre.folder).start()
    world.centre.tell("be_patient", 0.05, 0.2)

    def lock_at_the_bytes(question):
        if "/packets" in question.path and not any("/packets" in one.path for one in line.seen[:-1]):
            other.begin("hold_database", 1.0)
            time.sleep(0.1)  # until it has it
        return Wrong()

    line = FaultLine(port(world), lock_at_the_bytes)
    state = world.station.tell("once", line.url, 0.1)
    line.close()
    there = world.centre.tell("files", "uploads")
    other.end()
    other.kill()

    _, spent = world.station.tell("spent", world.url, 5)

    assert state.startswith("line.centre.")
    assert list(there) == [f"{packet}.part"]
    assert there[f"{packet}.part"] >= 400_000
    assert spent < LARGE - 400_000 + GREETING
    world.settle()
    assert world.is_done_once(packet, digest)
    assert "sync.centre.busy" in (world.centre.folder / "log").read_text()
    assert "wire.fault" not in (world.centre.folder / "log").read_text()


class HearingLine(FaultLine):
    """Listens to the offsets that the centre tells."""

    def __post_init__(self):
        self.told = [0]
        super().__post_init__()

    def _pass(self, near, far, head, length, wrong):
        return super()._pass(_Ear(near, self.told), far, head, length, wrong)


class _Ear:
    def __init__(self, near, told):
        self._near, self._told = near, told

    def recv(self, count):
        return self._near.recv(count)

    def sendall(self, answer):
        for line in answer.partition(b"\r\n\r\n")[0].lower().split(b"\r\n"):
            if line.startswith(b"upload-offset:"):
                self._told.append(int(line.partition(b":")[2]))
        self._near.sendall(answer)


def cut_once(world, bytes_of_body):
    """The first bytes of a packet break off, and everything about packets after that meets a proxy without a centre."""

    def spoil(question):
        about = [one for one in line.seen if "/packets" in one.path]
        if question not in about:
            return Wrong()
        is_first = about[0] is question
        return Wrong(cut_after=len(question.head) + bytes_of_body) if is_first else Wrong(answer=AWAY)

    line = FaultLine(port(world), spoil)
    world.station.tell("once", line.url, 0.1)
    line.close()


def port(world):
    return int(world.url.rpartition(":")[2])
