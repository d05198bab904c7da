"""Recordings: saved steps, repeats, exceptions, the seal."""

from uuid import UUID, uuid4

import pytest

from dekat.enrolment import absences, capturing, competence, news, queries, services
from dekat.enrolment.absences import SIGNATURE, SecondPersonNeeded
from dekat.enrolment.models import ChainLink, NotCaptured, Recording, SavedStep, Signature, StepCapture
from dekat.enrolment.portrait import BackgroundWrong
from dekat.enrolment.positions import FINGERS, IRISES, Position, Slap
from dekat.enrolment.rules import MoveNotAllowed, StepUnfinished
from dekat.enrolment.seal import NotConfirmed
from dekat.enrolment.states import Reason, Status, Step
from dekat.ledger.queries import events
from dekat.sync.queries import packet_status
from tests.make.recordings import CAMAT_ID, OPERATOR, OPERATOR_ID, Desk, biodata, devices

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(identity, now):
    devices()
    return Desk(now)


def test_a_resident_has_one_open_recording(desk, now):
    again = services.start(recording_id=uuid4(), biodata=biodata(), actor=OPERATOR, now=now)

    assert again == desk.id
    assert Recording.objects.count() == 1


def test_an_operator_without_competence_cannot_start(identity, now, monkeypatch):
    monkeypatch.setattr(competence, "_source", lambda actor, now: None)

    with pytest.raises(services.NotCompetent):
        Desk(now)


def test_the_same_press_twice_is_one_capture(desk):
    made = devices()
    desk.to_fingers()
    press = {"recording_id": desk.id, "step_id": uuid4(), "slap": Slap.LEFT, "actor": OPERATOR, "now": desk.now}

    capturing.take_fingers(**press)
    capturing.take_fingers(**press)

    assert made.asked == [Slap.LEFT]
    assert StepCapture.objects.exclude(position=Position.FACE).count() == 4


def test_the_best_of_three_tries_is_kept_and_the_chain_has_no_hole(desk):
    desk.to_fingers()
    devices(scores=[30, 90, 90, 90, 50, 90, 90, 90, 20, 90, 90, 90])
    for expected in (True, True, False):
        desk.slap(Slap.LEFT)
        assert (Position.LEFT_INDEX in queries.recording_view(desk.id).progress.weak) is expected

    index = StepCapture.objects.get(position=Position.LEFT_INDEX)
    links = list(ChainLink.objects.order_by("seq"))
    assert (index.score, index.tries) == (50, 3)
    assert len(links) == 12
    assert [link.previous_hash for link in links[1:]] == [link.hash_hex for link in links[:-1]]


def test_a_photo_on_the_wrong_cloth_is_refused_and_nothing_is_kept(desk):
    desk.confirm()
    desk.go(Step.PHOTO)

    with pytest.raises(BackgroundWrong):
        desk.photograph("RED")

    assert not StepCapture.objects.exists()


def test_a_rejected_photo_takes_its_approval_with_it(desk):
    desk.confirm()
    desk.go(Step.PHOTO)
    desk.photograph()
    desk.approve()
    desk.reject()

    with pytest.raises(StepUnfinished):
        desk.go(Step.FINGERS)


def test_fingers_cannot_be_taken_at_the_photo(desk):
    desk.confirm()
    desk.go(Step.PHOTO)

    with pytest.raises(MoveNotAllowed):
        desk.slap(Slap.LEFT)


def test_an_exception_needs_another_officer(desk):
    desk.to_fingers()

    with pytest.raises(SecondPersonNeeded):
        desk.excuse([Position.LEFT_THUMB], second=OPERATOR_ID)


def test_an_exception_can_be_taken_back(desk):
    desk.to_fingers()
    desk.excuse([Position.LEFT_THUMB])

    absences.withdraw_exception(
        recording_id=desk.id, step_id=uuid4(), position=Position.LEFT_THUMB, actor=OPERATOR, now=desk.now
    )

    assert not NotCaptured.objects.exists()


def test_a_resident_without_fingers_and_sight_reaches_the_seal(desk):
    desk.to_summary(without=(*FINGERS, *IRISES))

    assert len(desk.seal()) == 10
    assert packet_status(desk.id).kind == "recording/2"


def test_who_cannot_sign_is_witnessed_instead(desk):
    desk.to_summary()
    desk.go(Step.SIGNATURE)
    desk.excuse([SIGNATURE], reason=Reason.CANNOT_WRITE)

    assert not Signature.objects.exists()
    desk.go(Step.SUMMARY)
    assert queries.recording_view(desk.id).progress.has_signature


def test_the_seal_wants_the_residents_yes(desk):
    desk.to_summary()

    with pytest.raises(NotConfirmed):
        desk.seal(is_confirmed=False)


def test_after_the_seal_the_station_holds_nothing_readable(desk):
    desk.to_summary()
    code = desk.seal()

    row = Recording.objects.get()
    assert (row.biodata, row.corrections, row.step, row.code) == ({}, [], Step.SEALED, code)
    for table in (StepCapture, ChainLink, NotCaptured, Signature):
        assert not table.objects.exists()
    assert desk.seal() == code
    with pytest.raises(MoveNotAllowed):
        desk.go(Step.PHOTO)


def test_the_ledger_tells_of_the_recording_without_naming_anybody(desk):
    desk.to_summary()
    desk.seal()

    told = events()
    used = {event.subject: event.data for event in told if event.name == "readings.device.used"}
    text = repr([(event.subject, event.data) for event in told])
    assert next(e.name for e in told if e.name.startswith("enrolment.")) == "enrolment.recording.started"
    assert "enrolment.recording.sealed" in {event.name for event in told}
    assert used == {f"device:CODE-{k}-1": {"use": "CAPTURE", "count": 1} for k in ("FINGER", "IRIS")}
    assert not [secret for secret in ("SITI", "9911124605040003", "KRAJAN") if secret in text]


def test_a_pause_is_not_the_operators_time(desk, now):
    desk.confirm()
    later = desk.now.replace(hour=9)
    services.resume(recording_id=desk.id, now=later)
    desk.now = later
    desk.go(Step.PHOTO)

    assert sorted(SavedStep.objects.values_list("took_ms", flat=True)) == [60_000, 60_000]


def test_a_clock_that_was_set_back_does_not_stop_the_work(desk):
    desk.now = desk.now.replace(day=22)
    desk.confirm()

    assert SavedStep.objects.get().took_ms == 0


def test_a_discarded_recording_leaves_nothing_and_frees_the_resident(desk, now):
    desk.to_fingers()
    services.discard(recording_id=desk.id, step_id=uuid4(), actor=OPERATOR, now=desk.now)

    assert not StepCapture.objects.exists()
    assert Desk(now).id != desk.id


def test_the_status_that_was_told_last_wins_whatever_the_clock_of_the_centre_says(desk):
    desk.to_summary()
    desk.seal()
    said = [
        (desk.id, "SENT_FOR_ENROLLMENT", "2026-11-25T00:00:00Z"),
        (desk.id, "PRINT_READY_RECORD", "2026-11-24T00:00:00Z"),
        (UUID(int=9), "SENT_FOR_ENROLLMENT", "2026-11-24T00:00:00Z"),
    ]
    for recording_id, status, since in said:
        body = {"recording_id": str(recording_id), "status": status, "status_since": since, "hops": []}
        news.apply_status(item_id=uuid4(), node="centre", body=body, now=desk.now)

    assert queries.recording_row(desk.id).status == Status.PRINT_READY_RECORD


def test_corrections_travel_as_a_wish(desk):
    desk.confirm(address="DUSUN TENGAH")

    view = queries.recording_view(desk.id)
    assert view.corrections == {"address": "DUSUN TENGAH"}
    assert view.biodata.address == "DUSUN KRAJAN"


def test_the_second_officer_is_named_with_the_exception(desk):
    desk.to_fingers()
    desk.excuse([Position.RIGHT_RING])

    assert NotCaptured.objects.get().confirmed_by == CAMAT_ID
