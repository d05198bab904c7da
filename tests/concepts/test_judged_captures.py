"""What the judge says decides what is kept, and never turns anybody away."""

import pytest

from dekat.enrolment import queries
from dekat.enrolment.models import ChainLink, SavedStep, Signature, StepCapture
from dekat.enrolment.positions import Position, Slap
from dekat.enrolment.same_finger import OtherFingerAgain, SameFingerTwice, UnlikeRecorded, WrongHand
from dekat.enrolment.services import SignatureTooFaint
from dekat.enrolment.states import Purpose, Step
from tests.make.judging import CodeJudge, judged_by
from tests.make.recordings import Desk, devices

pytestmark = pytest.mark.django_db
OTHER_HAND = {
    Position.RIGHT_INDEX: Position.LEFT_INDEX,
    Position.RIGHT_MIDDLE: Position.LEFT_MIDDLE,
    Position.RIGHT_RING: Position.LEFT_RING,
    Position.RIGHT_LITTLE: Position.LEFT_LITTLE,
}


@pytest.fixture
def code_judge():
    with judged_by(made := CodeJudge()):
        yield made


@pytest.fixture
def desk(identity, now, code_judge):
    devices()
    made = Desk(now)
    made.to_fingers()
    return made


def kept(position: Position, purpose: Purpose = Purpose.MAIN) -> StepCapture:
    return StepCapture.objects.get(position=position, purpose=purpose)


def is_weak(desk: Desk, position: Position) -> bool:
    return position in queries.recording_view(desk.id).progress.weak


def test_a_finger_stands_when_the_device_and_the_judge_find_it_good(desk, code_judge):
    code_judge.poor = {Position.LEFT_RING}
    desk.slap(Slap.LEFT)

    assert not is_weak(desk, Position.LEFT_INDEX)
    assert is_weak(desk, Position.LEFT_RING)
    assert kept(Position.LEFT_RING).measures["wrong"] == ["finger.good:faint"]


def test_the_best_frame_by_our_own_score_is_kept_and_after_three_tries_marked_as_forced(desk, code_judge):
    code_judge.poor = {Position.LEFT_THUMB, Position.RIGHT_THUMB}
    code_judge.scores = [30, 30, 45, 20, 10, 40]
    for _ in range(3):
        desk.slap(Slap.THUMBS)

    left, right = kept(Position.LEFT_THUMB), kept(Position.RIGHT_THUMB)
    assert (left.measures["score"], right.measures["score"]) == (45, 40)
    assert (left.tries, left.is_forced, right.is_forced) == (3, True, True)
    assert not is_weak(desk, Position.LEFT_THUMB)


def test_the_wrong_hand_is_sent_back_three_times_and_then_kept_and_flagged(desk, code_judge):
    desk.slap(Slap.LEFT)
    code_judge.twins = dict(OTHER_HAND)
    for _ in range(3):
        with pytest.raises(WrongHand) as refused:
            desk.slap(Slap.RIGHT)
    assert refused.value.facts == {"hand": "kiri"}
    assert not StepCapture.objects.filter(position=Position.RIGHT_INDEX).exists()
    desk.slap(Slap.RIGHT)

    index = kept(Position.RIGHT_INDEX)
    assert (index.is_forced, index.measures["same_as"], index.measures["likeness"]) == (True, "Left IndexFinger", 50)
    assert not is_weak(desk, Position.RIGHT_INDEX)


def test_what_was_sent_back_leaves_no_hole_in_the_chain(desk, code_judge):
    desk.slap(Slap.LEFT)
    code_judge.twins = dict(OTHER_HAND)
    with pytest.raises(WrongHand):
        desk.slap(Slap.RIGHT)
    code_judge.twins = {}
    desk.slap(Slap.RIGHT)

    links = list(ChainLink.objects.order_by("seq"))
    assert len(links) == 12
    assert [link.previous_hash for link in links[1:]] == [link.hash_hex for link in links[:-1]]
    assert SavedStep.objects.filter(what="refused_fingers_right").count() == 1


def test_the_same_finger_twice_is_named(desk, code_judge):
    code_judge.twins = {Position.LEFT_THUMB: Position.RIGHT_THUMB}

    with pytest.raises(SameFingerTwice) as refused:
        desk.slap(Slap.THUMBS)

    assert refused.value.facts == {"finger": "jempol kiri", "other": "jempol kanan"}


def test_a_hand_recorded_by_mistake_is_replaced_by_the_right_one_though_it_scored_better(desk, code_judge):
    code_judge.scores = [99, 99, 99, 99]
    desk.slap(Slap.LEFT)
    before = kept(Position.LEFT_INDEX).hash_hex
    code_judge.twins = dict.fromkeys(
        (Position.LEFT_INDEX, Position.LEFT_MIDDLE, Position.LEFT_RING, Position.LEFT_LITTLE)
    )
    desk.slap(Slap.LEFT)

    assert kept(Position.LEFT_INDEX).hash_hex != before


def test_a_flagged_finger_gives_way_to_any_that_is_its_own(desk, code_judge):
    desk.slap(Slap.LEFT)
    code_judge.twins = dict(OTHER_HAND)
    for _ in range(3):
        with pytest.raises(WrongHand):
            desk.slap(Slap.RIGHT)
    code_judge.scores = [95, 95, 95, 95]
    desk.slap(Slap.RIGHT)
    code_judge.twins = {}
    desk.slap(Slap.RIGHT)

    assert "same_as" not in kept(Position.RIGHT_INDEX).measures
    assert not kept(Position.RIGHT_INDEX).is_forced


def test_a_good_finger_does_not_give_way_to_one_that_looks_like_another(desk, code_judge):
    desk.slap(Slap.LEFT)
    desk.slap(Slap.RIGHT)
    before = kept(Position.RIGHT_INDEX).hash_hex
    code_judge.twins = dict(OTHER_HAND)
    code_judge.scores = [99] * 16
    for _ in range(3):
        with pytest.raises(WrongHand):
            desk.slap(Slap.RIGHT)
    desk.slap(Slap.RIGHT)

    assert (kept(Position.RIGHT_INDEX).hash_hex, kept(Position.RIGHT_INDEX).is_forced) == (before, False)


def ten_fingers(desk: Desk) -> None:
    for slap in Slap:
        desk.slap(slap)
    desk.go(Step.INDEX_RECHECK)


def test_the_recheck_keeps_that_the_finger_is_the_same(desk):
    ten_fingers(desk)
    desk.recheck(Position.LEFT_INDEX)

    again = kept(Position.LEFT_INDEX, Purpose.RECHECK)
    assert (again.measures["same_as"], again.measures["matcher"]) == ("Left IndexFinger", "code/1")
    assert not again.is_forced


def test_swapped_hands_are_named_at_the_recheck(desk, code_judge):
    ten_fingers(desk)
    code_judge.twins = {Position.LEFT_INDEX: Position.RIGHT_INDEX}

    with pytest.raises(OtherFingerAgain) as refused:
        desk.recheck(Position.LEFT_INDEX)

    assert refused.value.facts == {"finger": "telunjuk kiri", "other": "telunjuk kanan"}


def test_a_recheck_like_no_finger_is_asked_again_and_the_fourth_is_kept_for_the_centre(desk, code_judge):
    ten_fingers(desk)
    code_judge.twins = {Position.LEFT_INDEX: None}
    for _ in range(3):
        with pytest.raises(UnlikeRecorded):
            desk.recheck(Position.LEFT_INDEX)
    desk.recheck(Position.LEFT_INDEX)

    again = kept(Position.LEFT_INDEX, Purpose.RECHECK)
    assert (again.is_forced, again.measures["same_as"]) == (True, "")
    assert Position.LEFT_INDEX in queries.recording_view(desk.id).progress.rechecked


def test_a_faint_signature_is_asked_for_three_times_and_then_it_is_theirs(desk, code_judge):
    ten_fingers(desk)
    desk.recheck(Position.LEFT_INDEX)
    desk.recheck(Position.RIGHT_INDEX)
    desk.go(Step.IRISES)
    desk.irises()
    desk.go(Step.SIGNATURE)
    code_judge.faint_signature = True
    for _ in range(3):
        with pytest.raises(SignatureTooFaint):
            desk.sign()
    desk.sign()

    assert Signature.objects.get().measures["wrong"] == ["signature.ink:faint"]


def test_a_photo_with_closed_eyes_is_kept_and_marked(identity, now, code_judge):
    devices()
    code_judge.poor = {Position.FACE}
    desk = Desk(now)
    desk.to_fingers()

    face = kept(Position.FACE)
    assert face.is_forced
    assert face.measures["look"]["wrong"] == ["face.eyes:closed"]


def test_without_a_judge_everything_is_recorded_by_the_devices_own_score(identity, now):
    devices()
    with judged_by(None):
        desk = Desk(now)
        desk.to_summary()
        desk_of = kept(Position.LEFT_INDEX)

        assert desk_of.measures == {"judge": "away"}
        assert not desk_of.is_forced
        assert len(desk.seal()) == 10
