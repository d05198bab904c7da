"""The power fails after the packet is on the disk and before the database knows: the seal counts, once."""

import pytest
from django.db import transaction

from dekat.enrolment import queries as enrolment
from dekat.enrolment.models import NotCaptured
from dekat.enrolment.positions import Position
from dekat.enrolment.states import Absence, Step
from dekat.ledger import queries as ledger
from dekat.sync import queries
from dekat.sync.services import reconcile
from tests.make.recordings import Desk, devices

pytestmark = pytest.mark.django_db


class PowerCut(Exception):
    """The transaction around the seal never commits."""


@pytest.fixture
def desk(identity, now):
    devices()
    made = Desk(now)
    made.to_summary()
    with pytest.raises(PowerCut), transaction.atomic():
        made.seal()
        raise PowerCut
    return made


@pytest.mark.row(3)
def test_the_start_finds_the_packet_and_closes_its_recording(desk, now):
    found = reconcile(now=now)

    view = enrolment.recording_view(desk.id)
    assert found.adopted == 1
    assert queries.packet_status(desk.id) is not None
    assert (view.step, list(view.captures)) == (Step.SEALED, [])
    assert len(ledger.events(names=["enrolment.recording.sealed"])) == 1


@pytest.mark.row(3)
def test_the_same_press_again_gives_the_same_receipt_and_no_second_packet(desk, now):
    reconcile(now=now)

    assert desk.seal() == enrolment.recording_view(desk.id).code
    assert queries.outbox_summary().waiting_count == 1
    assert len(ledger.events(names=["enrolment.recording.sealed"])) == 1


def test_what_the_resident_still_owes_is_not_forgotten(identity, now):
    devices()
    made = Desk(now)
    made.to_summary()
    made.excuse([Position.LEFT_THUMB])
    NotCaptured.objects.update(state=Absence.SKIPPED_PENDING, due_on=now.date())
    with pytest.raises(PowerCut), transaction.atomic():
        made.seal()
        raise PowerCut

    reconcile(now=now)

    assert [row.owed for row in enrolment.owed_recordings()] == [(Position.LEFT_THUMB,)]
