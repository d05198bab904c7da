"""The pure rules of a recording."""

import pytest

from dekat.enrolment import rules
from dekat.enrolment.portrait import BackgroundWrong, PhotoTooSmall, PhotoUnreadable, checked_portrait
from dekat.enrolment.positions import FINGERS, IRISES, Position
from dekat.enrolment.rules import MoveNotAllowed, Progress, StepUnfinished, check_move, missing
from dekat.enrolment.states import Background, Step
from tests.make.portraits import portrait

NOTHING = Progress(
    has_biodata=False,
    has_photo=False,
    is_photo_approved=False,
    captured=frozenset(),
    weak=frozenset(),
    rechecked=frozenset(),
    absent=frozenset(),
    has_signature=False,
)
EVERYTHING = Progress(
    has_biodata=True,
    has_photo=True,
    is_photo_approved=True,
    captured=frozenset({*FINGERS, *IRISES, Position.FACE}),
    weak=frozenset(),
    rechecked=frozenset(rules.INDEX_FINGERS),
    absent=frozenset(),
    has_signature=True,
)


def with_(progress, **values):
    return Progress(**{**progress.__dict__, **values})


def test_every_step_has_its_moves():
    assert set(rules.MOVES) == set(Step)


def test_a_sealed_recording_never_moves():
    for step in Step:
        with pytest.raises(MoveNotAllowed):
            check_move(start=Step.SEALED, to=step, progress=EVERYTHING)


def test_no_step_can_be_jumped_over():
    with pytest.raises(MoveNotAllowed):
        check_move(start=Step.BIODATA, to=Step.FINGERS, progress=EVERYTHING)


def test_going_back_asks_for_nothing():
    check_move(start=Step.SUMMARY, to=Step.PHOTO, progress=NOTHING)


def test_a_photo_without_the_residents_approval_holds_the_fingers():
    owed = with_(EVERYTHING, is_photo_approved=False)

    with pytest.raises(StepUnfinished):
        check_move(start=Step.PHOTO, to=Step.FINGERS, progress=owed)
    assert missing(Step.PHOTO, owed) == ["APPROVAL"]


def test_a_person_without_fingers_has_no_recheck_and_no_dead_end():
    without = with_(EVERYTHING, captured=frozenset(IRISES), rechecked=frozenset(), absent=frozenset(FINGERS))

    assert rules.unfinished(without) == {}


def test_a_weak_finger_is_owed_again_and_a_missing_one_too():
    owed = with_(EVERYTHING, weak=frozenset({Position.LEFT_RING}))

    assert missing(Step.FINGERS, owed) == [Position.LEFT_RING]
    assert len(missing(Step.FINGERS, NOTHING)) == 10


def test_the_seal_looks_at_every_step_again():
    with pytest.raises(StepUnfinished):
        check_move(start=Step.SUMMARY, to=Step.SEALED, progress=with_(EVERYTHING, is_photo_approved=False))


@pytest.mark.parametrize(
    ("year", "is_foreigner", "wanted"),
    [(2003, False, Background.RED), (2004, False, Background.BLUE), (2003, True, Background.ORANGE)],
)
def test_the_birth_year_decides_the_cloth(year, is_foreigner, wanted):
    assert rules.background_for(birth_year=year, is_foreigner=is_foreigner) == wanted


def test_the_third_try_may_stand():
    assert not rules.is_good_enough(score=20, wanted=60, tries=2)
    assert rules.is_good_enough(score=20, wanted=60, tries=3)


@pytest.mark.parametrize("wanted", list(Background))
def test_only_the_right_cloth_passes(wanted):
    assert checked_portrait(portrait(wanted), wanted=wanted).cloth > 90
    for other in {"RED", "BLUE", "ORANGE", "GREY"} - {wanted}:
        with pytest.raises(BackgroundWrong):
            checked_portrait(portrait(other), wanted=wanted)


def test_a_thing_that_is_no_photo_is_refused():
    with pytest.raises(PhotoUnreadable):
        checked_portrait(b"\xff\xd8\xff not a picture", wanted=Background.RED)
    with pytest.raises(PhotoUnreadable):
        checked_portrait(b"GIF89a", wanted=Background.RED)
    with pytest.raises(PhotoTooSmall):
        checked_portrait(portrait("RED", width=200, height=300), wanted=Background.RED)
