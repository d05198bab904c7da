"""A station without room and a station with a wrong clock: nothing saved is lost, and the words are clear."""

import contextlib
import errno
import os
import re
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from dekat.accounts import passwords
from dekat.enrolment import queries as enrolment
from dekat.enrolment import room as enrolment_room
from dekat.enrolment import services as enrolment_commands
from dekat.enrolment.room import NoRoom
from dekat.enrolment.states import Step
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.sync import ballast, files, ports, queries, services
from dekat.sync.room import RESERVE_BYTES
from tests.make.recordings import OPERATOR, Desk, biodata, devices
from tests.make.station import PASSWORD, log_in, officer, play_station
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(identity, now, settings, monkeypatch, client):
    """A recording that only waits for its seal, and the operator's browser."""
    passwords._slips.clear()
    play_station(settings, monkeypatch)
    officer(now)
    log_in(client)
    devices()
    made = Desk(now)
    made.to_summary()
    made.client, made.home = client, f"/rekam/{made.id}/"
    return made


def press_seal(desk):
    step_id = re.search(r'name="step_id" value="([0-9a-f-]{36})"', desk.client.get(desk.home).content.decode())[1]
    values = {"step_id": step_id, "is_confirmed": "1", "password": PASSWORD}
    return desk.client.post(f"{desk.home}segel/", values)


def assert_nothing_lost(desk, answer, before):
    assert answer.status_code == 507
    assert "penuh" in answer.content.decode()
    assert enrolment.recording_view(desk.id).step == Step.SUMMARY
    assert len(enrolment.recording_view(desk.id).captures) == before
    assert queries.packet_status(desk.id) is None
    assert ledger.faults() == []
    assert list(files.outbox_path(desk.id).parent.glob(f"{desk.id}*")) == []


@pytest.mark.row(42)
def test_no_room_for_the_packet_leaves_the_recording_as_it_was(desk, monkeypatch):
    before = len(enrolment.recording_view(desk.id).captures)

    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        answer = press_seal(desk)
    assert_nothing_lost(desk, answer, before)

    assert press_seal(desk).url.endswith("/bukti/")
    assert queries.packet_status(desk.id) is not None


@pytest.mark.row(42)
@pytest.mark.skipif(
    "connection.vendor != 'sqlite'",
    reason="only a station meets this, and it keeps SQLite in both halves: the other half runs it",
)
def test_no_room_for_the_database_leaves_the_recording_as_it_was(desk):
    before = len(enrolment.recording_view(desk.id).captures)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ballast (bytes BLOB)")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 4}")
        try:
            fill(cursor)
            answer = press_until_full(desk)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE ballast")

    assert answer.status_code == 507
    assert "penuh" in answer.content.decode()
    assert len(enrolment.recording_view(desk.id).captures) == before
    assert ledger.faults() == []
    if enrolment.recording_view(desk.id).step == Step.SIGNATURE:
        desk.client.post(f"{desk.home}pindah/", {"to": "SUMMARY"})
    assert press_seal(desk).url.endswith("/bukti/")


def fill(cursor):
    """Take the last free pages."""
    with contextlib.suppress(OperationalError):
        while True:
            cursor.execute("INSERT INTO ballast VALUES (zeroblob(3000))")


def press_until_full(desk):
    """Half-empty pages still take a press or two."""
    for number in range(60):
        answer = desk.client.post(f"{desk.home}pindah/", {"to": "SUMMARY" if number % 2 else "SIGNATURE"})
        if answer.status_code != 302:
            return answer
    raise AssertionError("the disk never became full")


@pytest.fixture
def small_ballast(monkeypatch):
    monkeypatch.setattr(ballast, "BALLAST_BYTES", 2 * 1024 * 1024)
    yield
    ballast.release()


@pytest.mark.row(42)
def test_a_full_disk_opens_its_reserve_and_the_same_press_finishes_the_recording(desk, monkeypatch, small_ballast):
    before, real = len(enrolment.recording_view(desk.id).captures), os.fsync
    assert ballast.hold()

    def full_beside_ballast(descriptor):
        if ballast._path().exists():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full_beside_ballast)

    first = press_seal(desk)
    after_first = enrolment.recording_view(desk.id)
    packet_after_first = queries.packet_status(desk.id)
    second = press_seal(desk)

    assert first.status_code == 507
    assert "ruang cadangan" in first.content.decode()
    assert (after_first.step, len(after_first.captures), packet_after_first) == (Step.SUMMARY, before, None)
    assert second.url.endswith("/bukti/")
    assert queries.packet_status(desk.id).state == "SEALED"
    assert ledger.faults() == []


@pytest.mark.row(42)
def test_room_is_looked_at_before_a_resident_sits_down_and_never_in_the_middle(desk, now, monkeypatch):
    monkeypatch.setattr(enrolment_room, "free_bytes", lambda: RESERVE_BYTES - 1)

    with pytest.raises(NoRoom):
        enrolment_commands.start(recording_id=new_id(now), biodata=biodata(resident_id="r-2"), actor=OPERATOR, now=now)

    assert press_seal(desk).url.endswith("/bukti/")


@pytest.mark.row(42)
def test_the_reserve_comes_back_by_itself_when_there_is_room(small_ballast, monkeypatch):
    monkeypatch.setattr(ballast, "free_bytes", lambda: RESERVE_BYTES)
    held_on_a_low_disk = ballast.hold()
    monkeypatch.setattr(ballast, "free_bytes", lambda: RESERVE_BYTES + ballast.BALLAST_BYTES)

    assert not held_on_a_low_disk
    assert ballast.hold()
    assert ballast.hold()
    assert ballast.release()
    assert not ballast.release()


@pytest.mark.row(39)
@pytest.mark.parametrize("wrong_by", [timedelta(days=-400), timedelta(days=-1), timedelta(days=1), timedelta(days=400)])
def test_packets_of_a_station_with_a_wrong_clock_arrive_in_the_order_of_their_numbers(
    identity, now, tmp_path, monkeypatch, wrong_by
):
    done = []
    monkeypatch.setitem(ports._packets, "test/1", lambda **said: done.append(said["body"]))
    station = enrolled_station(now=now)
    for number, clock in enumerate((now, now + wrong_by, now)):
        file = tmp_path / str(number)
        file.write_bytes(station.seal(str(number).encode(), now=clock))
        services.take_packet(file=file, now=now)

    received = ledger.events(names=["sync.packet.received"])
    assert done == [b"0", b"1", b"2"]
    assert [(event.data["seq"], event.data["state"]) for event in received] == [(n, "APPLIED") for n in (1, 2, 3)]


@pytest.mark.row(40)
@pytest.mark.parametrize("wrong_by", [timedelta(days=-400), timedelta(days=400)])
def test_a_recording_goes_on_when_the_clock_jumps(identity, now, wrong_by):
    devices()
    desk = Desk(now)
    desk.to_fingers()
    desk.now += wrong_by

    desk.go(Step.PHOTO)
    desk.go(Step.FINGERS)

    assert enrolment.recording_view(desk.id).step == Step.FINGERS
    assert ledger.faults() == []
