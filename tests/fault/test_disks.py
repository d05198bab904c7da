"""A station's disk is full, gives errors or damages what it holds: it is said, and every sealed packet still arrives."""

import errno
import os

import pytest

from dekat.enrolment import queries as enrolment
from dekat.enrolment import room as enrolment_room
from dekat.enrolment import services as enrolment_commands
from dekat.enrolment.room import NoRoom
from dekat.enrolment.states import Step
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.sync import ballast, queries
from dekat.sync.room import RESERVE_BYTES
from tests.fault.test_full_disk_and_wrong_clock import desk, press_seal  # noqa: F401
from tests.make.recordings import OPERATOR, biodata


@pytest.fixture
def small_ballast(monkeypatch):
    monkeypatch.setattr(ballast, "BALLAST_BYTES", 2 * 1024 * 1024)
    yield
    ballast.release()


@pytest.mark.row(42)
@pytest.mark.django_db(transaction=True)
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
@pytest.mark.django_db(transaction=True)
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
