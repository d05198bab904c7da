"""A recording's road: each status once, in an order that can be, with who is waited for."""

import pytest

from dekat.kernel.ids import new_id
from dekat.national import queries, services
from dekat.national.statuses import MOVES, Status
from tests.make.accounts import VERIFIER
from tests.make.national import taken_in

pytestmark = pytest.mark.django_db


def test_a_second_recording_of_one_resident_is_held_as_a_duplicate(identity, now):
    resident = new_id(now)
    first = taken_in(now, resident_id=resident)

    second = taken_in(now, resident_id=resident)

    held = queries.submission(second)
    assert (held.status, held.earlier_recording, held.waits_for) == (Status.DUPLICATE_RECORD, first, "WARGA")


def test_a_supplement_of_a_supplement_is_nobodys_duplicate(identity, now):
    resident_id = new_id(now)
    first = taken_in(now, resident_id=resident_id)
    second = taken_in(now, resident_id=resident_id, supplement_of=first)

    third = taken_in(now, resident_id=resident_id, supplement_of=second)

    assert queries.submission(third).status == Status.BIO_CAPTURED


def test_a_status_that_cannot_follow_is_refused(identity, now):
    recording = taken_in(now)

    with pytest.raises(services.StatusMayNotFollow):
        services.note_status(
            recording_id=recording,
            status=Status.PRINT_READY_RECORD,
            at=now,
            said_by="PUSAT",
            actor=VERIFIER,
            now=now,
        )


def test_every_status_has_its_moves_and_an_office_that_is_waited_for():
    from dekat.national.statuses import WAITS_FOR

    assert set(MOVES) == set(Status) == set(WAITS_FOR)
