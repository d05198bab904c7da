"""The worker that judges may die, hang or be missing: the station asks again or goes on without."""

import os
import signal
import sys
import time

import pytest

from dekat.adapters.quality.judge import WorkerJudge
from dekat.adapters.quality.limits import read_limits
from dekat.adapters.samples.faces import Background as Cloth
from dekat.adapters.samples.faces import draw_portrait
from dekat.enrolment.quality import JudgeAway
from dekat.enrolment.states import Background

HANGS = (sys.executable, "-c", "import time; time.sleep(60)")
ENDS = (sys.executable, "-c", "pass")
GIBBERS = (sys.executable, "-c", "import os, sys, time; os.write(int(sys.argv[1]), b'\\xff' * 64); time.sleep(60)")


@pytest.fixture
def made():
    judges: list[WorkerJudge] = []

    def make(**how) -> WorkerJudge:
        judges.append(WorkerJudge(read_limits(), **how))
        return judges[-1]

    yield make
    for judge in judges:
        judge.end()


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_worker_is_started_again_within_the_question(made):
    judge, photo = made(), draw_portrait(3, Cloth.BLUE)
    judge.face(photo, background=Background.BLUE)
    first = judge.process_id
    os.kill(first, signal.SIGKILL)

    assert judge.face(photo, background=Background.BLUE).is_good
    assert judge.process_id != first
    assert not is_alive(first)


def test_a_worker_that_hangs_is_killed_and_then_nobody_waits_for_a_while(made):
    clock = [100.0]
    judge = made(command=HANGS, patience_s=0.2, rest_s=20, clock=lambda: clock[0])
    with pytest.raises(JudgeAway):
        judge.hand(b"")
    assert judge.process_id is None

    started = time.perf_counter()
    with pytest.raises(JudgeAway):
        judge.hand(b"")
    assert time.perf_counter() - started < 0.1
    clock[0] += 21
    with pytest.raises(JudgeAway):
        judge.hand(b"")


@pytest.mark.parametrize("command", [ENDS, GIBBERS, ("/nonexistent/python",)], ids=["ends", "gibbers", "missing"])
def test_a_worker_that_is_broken_is_as_one_that_is_away(made, command):
    judge = made(command=command, patience_s=5)

    with pytest.raises(JudgeAway):
        judge.hand(b"")


def test_a_picture_that_is_none_is_no_reason_to_die(made):
    judge = made()

    look = judge.face(b"\xff\xd8\xff rubbish", background=Background.RED)
    first = judge.process_id

    assert look.wrong is not None
    assert look.wrong.key == "picture.readable"
    assert judge.hand(b"rubbish").wrong is not None
    assert judge.process_id == first


def test_the_worker_ends_with_its_station(made):
    judge = made()
    judge.hand(b"rubbish")
    process, line = judge._process, judge._line
    assert process is not None
    assert line is not None

    line.close()

    assert process.wait(timeout=20) == 0
