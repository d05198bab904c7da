"""Emulated prints judged by the real worker: extractor, matcher and all."""

from datetime import UTC, datetime

import pytest

from dekat.adapters.sbi.shots import Scene, shoot
from dekat.enrolment import ports
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap
from dekat.enrolment.queries import recording_view
from dekat.enrolment.states import Purpose
from tests.make.devices import make_office
from tests.make.judging import judged_by, real_judge
from tests.make.recordings import Desk

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def prints(slap: Slap, **scene) -> dict[Position, bytes]:
    return {each: shoot(each, Scene(11, **scene), NOW).record for each in SLAP_FINGERS[slap]}


def test_a_clean_print_is_good_by_ridges_and_by_the_extractor():
    looks = real_judge().fingers(prints(Slap.THUMBS))

    assert [look.is_good for look in looks.values()] == [True, True]
    measures = looks[Position.LEFT_THUMB].measures
    assert str(measures["algorithm"]) == "dekat-ridges/1, LEADER (afis 1.2.7)"
    assert measures["minutiae"] >= 20


def test_a_smeared_print_is_sent_back_with_what_to_mend():
    looks = real_judge().fingers(prints(Slap.THUMBS, dirt=1.0))

    assert {look.wrong.key for look in looks.values() if look.wrong} == {"finger.clear"}


def test_each_finger_is_recognised_again_and_no_other_is():
    judge = real_judge()
    thumbs, again = prints(Slap.THUMBS), prints(Slap.THUMBS, touch=1)

    found = judge.alike(again, thumbs)
    crossed = judge.alike(
        {Position.LEFT_THUMB: again[Position.LEFT_THUMB]}, {Position.RIGHT_THUMB: thumbs[Position.RIGHT_THUMB]}
    )

    assert [one.same_as for one in found.values()] == list(thumbs)
    assert min(one.score for one in found.values()) > 0.3
    assert crossed[Position.LEFT_THUMB].same_as is None
    assert crossed[Position.LEFT_THUMB].score < 0.06


def test_a_swapped_hand_is_recognised_as_the_other():
    found = real_judge().alike(prints(Slap.THUMBS, is_swapped=True, touch=2), prints(Slap.THUMBS))

    assert found[Position.LEFT_THUMB].same_as == Position.RIGHT_THUMB


def test_a_record_that_holds_no_picture_is_left_out():
    assert real_judge().fingers({Position.LEFT_THUMB: b"FIR\0 nothing"}) == {}
    assert real_judge().alike({Position.LEFT_THUMB: b"FIR\0 nothing"}, {}) == {}


def test_eyes_are_judged_by_focus_area_and_pupil():
    def eyes(dirt: float):
        return real_judge().irises({each: shoot(each, Scene(11, dirt=dirt), NOW).record for each in IRISES})

    assert [look.is_good for look in eyes(0).values()] == [True, True]
    assert {look.wrong.key for look in eyes(1).values() if look.wrong} <= {"iris.focus", "iris.usable"}
    assert not any(look.is_good for look in eyes(1).values())


@pytest.mark.parametrize("key", ["focus", "usable", "pupil", "diameter"])
def test_an_eyes_measures_are_whole_numbers(key):
    (look,) = real_judge().irises({IRISES[0]: shoot(IRISES[0], Scene(11), NOW).record}).values()

    assert isinstance(look.measures[key], int)


@pytest.mark.django_db
def test_a_whole_recording_with_emulated_devices_is_good_at_the_first_try(identity, now, tmp_path):
    with make_office(tmp_path) as office, judged_by(real_judge()):
        # Drawn people are like real ones: now and then one has a print that takes two tries.
        office.rig.sit(11)
        ports.use_devices(lambda: office.devices)
        desk = Desk(now)
        desk.to_summary()
        captures = recording_view(desk.id).captures

    again = [one for one in captures if one.purpose == Purpose.RECHECK]
    assert {one.position: one.measures["wrong"] for one in captures if one.measures.get("wrong")} == {}
    assert [one.tries for one in captures] == [1] * 15
    assert len(again) == 2
    assert not any(one.is_forced for one in again)
