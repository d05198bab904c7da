"""From the first lesson to the open lock: what counts, who may say it was seen, when it ends, what practice leaves."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.adapters.practice_devices.devices import PracticeDevices
from dekat.duties.competence import RECORD, Standing, competence_reference
from dekat.enrolment import absences, capturing, photo, ports, practice, queries, services
from dekat.enrolment import seal as sealing
from dekat.enrolment.competence import competence_of
from dekat.enrolment.models import ChainLink, NotCaptured, Recording, SavedStep, Signature, StepCapture
from dekat.enrolment.ports import DeviceKind, DeviceStatus
from dekat.enrolment.positions import IRISES, Position, Slap
from dekat.enrolment.states import Absence, Reason, Step
from dekat.faces.clock import now as clock
from dekat.ledger.queries import events
from dekat.sync.queries import outbox_summary
from dekat.training import lessons, quiz
from dekat.training import queries as training
from dekat.training import services as school
from dekat.training.exercises import EXERCISES, WITNESS_ID
from dekat.training.queries import Next
from tests.make.code_devices import CodeDevices
from tests.make.competence import let_actor_record
from tests.make.portraits import portrait, signature_png
from tests.make.recordings import STROKES

pytestmark = pytest.mark.django_db
KEC, MONTHS = "35.11.19", 24
NEW = Actor(UUID(int=21), Role.OPERATOR, KEC, "centre")
COLLEAGUE = Actor(UUID(int=22), Role.OPERATOR, KEC, "centre")
CAMAT = Actor(UUID(int=23), Role.DISTRICT_HEAD, KEC, "centre")
STRANGER = Actor(UUID(int=24), Role.DISTRICT_HEAD, "35.11.12", "centre")


DRAWN = pytest.mark.usefixtures("drawn")


@pytest.fixture
def drawn(monkeypatch):
    """The product's own devices of practice, which draw every finger."""
    made = PracticeDevices(exercise_of=practice.exercise_of, clock=clock)
    monkeypatch.setattr(ports, "_practice_source", lambda: made)


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    """Devices made of code where the pictures do not matter: drawing takes seconds."""
    if "drawn" not in request.fixturenames:
        made = CodeDevices()
        monkeypatch.setattr(ports, "_practice_source", lambda: made)


class Practice:
    """An operator who practises; every act takes ten seconds."""

    def __init__(self, now, *, number=1, actor=NEW) -> None:
        self.now, self.actor = now, actor
        self.id = school.begin_practice(recording_id=uuid4(), number=number, actor=actor, now=now)

    def say(self) -> dict:
        self.now += timedelta(seconds=10)
        return {"recording_id": self.id, "step_id": uuid4(), "actor": self.actor, "now": self.now}

    def go(self, to: Step) -> None:
        services.move(**self.say(), to=to)

    def to_fingers(self, cloth: str = "RED") -> None:
        services.confirm_biodata(**self.say(), corrections={})
        self.go(Step.PHOTO)
        photo.keep_photo(**self.say(), jpeg=portrait(cloth), camera="film")
        photo.approve_photo(**self.say())
        self.go(Step.FINGERS)

    def excuse(self, *positions: Position) -> None:
        absences.except_positions(
            **self.say(),
            positions=positions,
            state=Absence.NOT_COLLECTABLE,
            reason=Reason.MISSING,
            is_permanent=True,
            second_person=WITNESS_ID,
        )

    def to_summary(self, *, without: tuple[Position, ...] = ()) -> None:
        for slap in Slap:
            capturing.take_fingers(**self.say(), slap=slap)
            while set(queries.recording_view(self.id).progress.weak) & set(Position):
                capturing.take_fingers(**self.say(), slap=slap)
        if " " in "".join(without):
            self.excuse(*without)
        self.go(Step.INDEX_RECHECK)
        for index in (Position.LEFT_INDEX, Position.RIGHT_INDEX):
            capturing.take_recheck(**self.say(), position=index)
        self.go(Step.IRISES)
        if set(IRISES) <= set(without):
            self.excuse(*IRISES)
        else:
            capturing.take_irises(**self.say())
        self.go(Step.SIGNATURE)
        services.keep_signature(**self.say(), strokes=STROKES, png=signature_png())
        self.go(Step.SUMMARY)

    def finish(self) -> None:
        school.finish_practice(**self.say(), is_confirmed_by_resident=True)


def practised(now, *, actor=NEW):
    """A whole first exercise."""
    made = Practice(now, actor=actor)
    made.to_fingers()
    made.to_summary()
    made.finish()
    return made


def learn(now, *, actor=NEW, wrong=0):
    """Every lesson, and the quiz with so many mistakes."""
    for one in lessons.lessons():
        school.note_lesson_read(lesson_id=one.id, actor=actor, now=now)
    chosen = {place: question.right for place, question in enumerate(quiz.questions()) if place >= wrong}
    return school.answer_quiz(try_id=uuid4(), chosen=chosen, actor=actor, now=now)


def standing(now, actor=NEW):
    return training.learning(operator_id=actor.account_id, kecamatan=KEC, months=MONTHS, now=now)


def see(made, *, witness=CAMAT, now=None):
    school.sign_off(practice_id=made.id, witness=witness, months=MONTHS, now=now or made.now)


def test_live_work_opens_only_after_lessons_practice_quiz_and_a_witness(identity, now):
    assert competence_of(NEW, now=now) is None
    assert standing(now).next == Next.LESSONS

    learn(now)
    assert standing(now).next == Next.PRACTICE
    made = practised(now)
    assert standing(made.now).next == Next.SIGN_OFF
    assert competence_of(NEW, now=made.now) is None
    see(made)

    [proof] = events(names=["duties.competence.recorded"])
    assert competence_of(NEW, now=made.now) == str(proof.id)
    assert proof.actor == CAMAT.label
    assert proof.data["stage"] == "OBSERVED"
    assert standing(made.now).next == Next.OPEN


@DRAWN
def test_a_practice_leaves_figures_and_nothing_else(identity, now):
    made = practised(now)

    row = Recording.objects.get()
    assert (row.step, row.biodata, row.corrections) == (Step.DISCARDED, {}, [])
    for table in (StepCapture, ChainLink, NotCaptured, Signature):
        assert not table.objects.exists()
    assert outbox_summary().waiting_count == 0
    assert queries.open_recordings() == queries.sealed_recordings() == []
    assert [event.name for event in events()][1:] == ["training.practice.finished"]
    done = training.practice(made.id, kecamatan=KEC)
    assert {one.step: one.tries for one in done.steps}[Step.FINGERS] == 4
    assert done.took == made.now - now


def test_an_open_practice_is_not_among_the_open_recordings(identity, now):
    made = Practice(now)
    made.to_fingers()

    assert queries.open_recordings() == []
    assert queries.open_names() == {}
    assert [one.exercise for one in practice.open_practices(NEW)] == [1]
    assert Practice(now).id == made.id


def test_a_practice_is_never_sealed(identity, now):
    made = Practice(now)
    made.to_fingers()
    made.to_summary()

    with pytest.raises(sealing.PracticeNeverSealed):
        sealing.seal_recording(**made.say(), is_confirmed_by_resident=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(id=made.id).update(step=Step.SEALED, sealed_at=now)

    assert outbox_summary().waiting_count == 0


def test_a_live_recording_is_not_finished_as_a_practice(identity, now):
    let_actor_record(NEW, now=now)
    live = services.start(recording_id=uuid4(), biodata=EXERCISES[0].biodata, actor=NEW, now=now)

    with pytest.raises(services.rules.MoveNotAllowed):
        school.finish_practice(recording_id=live, step_id=uuid4(), is_confirmed_by_resident=True, actor=NEW, now=now)


@DRAWN
@pytest.mark.parametrize(("number", "cloth"), [(2, "BLUE"), (3, "RED")])
def test_who_lacks_a_finger_or_sight_is_practised_with_to_the_end(identity, now, number, cloth):
    made = Practice(now, number=number)
    made.to_fingers(cloth)
    made.to_summary(without=tuple(EXERCISES[number - 1].missing))
    made.finish()

    assert training.practice(made.id, kecamatan=KEC).exceptions_count == len(EXERCISES[number - 1].missing)


def test_finishing_twice_tells_once(identity, now):
    made = practised(now)
    made.finish()

    assert len(events(names=["training.practice.finished"])) == 1


@pytest.mark.parametrize("witness", [NEW, COLLEAGUE, STRANGER])
def test_not_everybody_may_say_that_they_saw_it(identity, now, witness):
    learn(now)
    made = practised(now)

    with pytest.raises((school.WitnessNotEntitled, school.PracticeUnknown)):
        see(made, witness=witness)

    assert competence_of(NEW, now=made.now) is None


def test_a_competent_colleague_may_watch(identity, now):
    let_actor_record(COLLEAGUE, now=now)
    learn(now)
    see(practised(now), witness=COLLEAGUE)

    assert standing(now).standing == Standing.VALID


def test_the_witness_comes_last(identity, now):
    made = practised(now)
    assert not learn(now, wrong=3).is_passed

    with pytest.raises(school.LearningUnfinished):
        see(made)


def test_eight_right_answers_pass(identity, now):
    assert learn(now, wrong=2).is_passed


def test_what_was_seen_a_week_ago_is_not_signed_off(identity, now):
    learn(now)
    made = practised(now)

    with pytest.raises(school.PracticeTooOld):
        see(made, now=made.now + timedelta(days=8))


def test_a_competence_ends_and_asks_for_quiz_practice_and_witness_again(identity, now):
    learn(now)
    made = practised(now)
    see(made)
    end = standing(now).competence.valid_until

    assert standing(end - timedelta(days=31)).standing == Standing.VALID
    soon = end - timedelta(days=20)
    assert standing(soon).standing == Standing.EXPIRING
    assert competence_of(NEW, now=soon) is not None
    assert competence_of(NEW, now=end) is None
    assert standing(end).next == Next.PRACTICE
    assert standing(end).lessons_left == 0

    learn(soon)
    see(practised(soon))
    assert standing(end).standing == Standing.VALID


def test_a_proof_without_a_day_holds_the_months_of_the_setting(identity, now):
    let_actor_record(NEW, now=now)

    def reference(days):
        at = now + timedelta(days=days)
        return competence_reference(actor=NEW, task=RECORD, months=MONTHS, now=at)

    assert reference(729)
    assert reference(731) is None


def test_the_choices_of_a_try_stand_in_an_order_of_their_own():
    first, again, other = quiz.asked("a"), quiz.asked("a"), quiz.asked("b")

    assert first == again
    assert first != other
    for asked, question in zip(first, quiz.questions(), strict=True):
        assert dict(asked.choices) == dict(enumerate(question.choices))


@DRAWN
def test_the_practice_needs_no_device_on_the_computer(identity, now, monkeypatch):
    monkeypatch.setattr(ports, "_source", ports._none)

    practised(now)

    assert SavedStep.objects.filter(what="practised").exists()


@pytest.mark.parametrize("kind", DeviceKind)
def test_the_devices_of_practice_are_ready_and_show_what_they_see(drawn, kind):
    devices = ports.devices(is_practice=True)

    frames = devices.preview(kind, Slap.LEFT)

    assert {state.status for state in devices.ready()} == {DeviceStatus.READY}
    assert next(frames).startswith(b"\xff\xd8\xff")
    assert next(frames).startswith(b"\xff\xd8\xff")
