"""What judging pictures costs: a camera frame, a finger, a comparison, and the memory of the worker."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.result import Result
from dekat.adapters.quality.bench import Bench
from dekat.adapters.quality.cylinders import likeness, template_of
from dekat.adapters.quality.fingers import ridges_of
from dekat.adapters.quality.images import colours_of, greys_of_record
from dekat.adapters.quality.judge import WorkerJudge
from dekat.adapters.quality.limits import read_limits
from dekat.adapters.samples.faces import Background as Cloth
from dekat.adapters.samples.faces import draw_portrait
from dekat.adapters.sbi.shots import Scene, shoot
from dekat.enrolment.positions import FINGERS, SLAP_FINGERS, Slap
from dekat.enrolment.states import Background

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PERSON = 5


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """CPU time of each look on one core; memory of the process that looks."""
    here = Bench(read_limits())
    frame = draw_portrait(PERSON, Cloth.BLUE, width=640, height=480)
    yield Result(
        "quality: all checks of a camera frame",
        _cpu_ms(lambda: here.face(frame, background=Background.BLUE), times=40),
        "ms CPU",
        15,
        "lower",
        {"decoding the JPEG alone": _cpu_ms(lambda: colours_of(frame), times=40)},
    )
    records = {finger: shoot(finger, Scene(PERSON), NOW).record for finger in FINGERS}
    prints = here.prints
    greys = [greys_of_record(record) for record in records.values()]
    ridges = _cpu_ms(lambda: [ridges_of(grey) for grey in greys], times=5) / len(greys)
    minutiae = [prints.minutiae(record) for record in records.values()]
    extraction = _cpu_ms(lambda: [prints._extract(grey) for grey in greys], times=1) / len(greys)
    yield Result("quality: ridges of a finger", ridges, "ms CPU", 4, "lower")
    yield Result("quality: minutiae of a finger (LEADER)", extraction, "ms CPU", 600, "lower")
    templates = [template_of(found) for found in minutiae]
    one = _cpu_ms(lambda: likeness(templates[0], templates[1]), times=200)
    yield Result("quality: a slap against six fingers", 24 * one, "ms CPU", 40, "lower", {"one pair": one})
    yield from _of_the_worker(frame)


def _of_the_worker(frame: bytes) -> Iterator[Result]:
    judge = WorkerJudge(read_limits())
    started = time.perf_counter()
    judge.face(frame, background=Background.BLUE)
    first_s = time.perf_counter() - started
    idle = _memory_mb(judge.process_id, "VmRSS")
    judge.fingers({finger: shoot(finger, Scene(PERSON), NOW).record for finger in SLAP_FINGERS[Slap.LEFT]})
    busy, after = _memory_mb(judge.process_id, "VmHWM"), _memory_mb(judge.process_id, "VmRSS")
    wall = _wall_ms(lambda: judge.face(frame, background=Background.BLUE), times=40)
    judge.end()
    yield Result("quality: a frame through the worker", wall, "ms", 60, "lower")
    yield Result("quality: worker's start with the first frame", first_s, "s", 3, "lower")
    yield Result("quality: worker with the face networks", idle, "MB", 150, "lower")
    yield Result("quality: worker, peak while reading a slap", busy, "MB", 400, "lower", {"after it": after})


def _cpu_ms(work: Callable[[], object], *, times: int) -> float:
    work()
    started = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - started) / times


def _wall_ms(work: Callable[[], object], *, times: int) -> float:
    work()
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append(time.perf_counter() - started)
    return 1000 * sorted(took)[times // 2]


def _memory_mb(process: int | None, field: str) -> float:
    found = re.search(rf"{field}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) * 1024 / 1e6
