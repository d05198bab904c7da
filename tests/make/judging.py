"""A real judge for tests whose subject it is; one worker serves the whole run, as one serves a whole day."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager

from dekat.adapters.quality.judge import WorkerJudge
from dekat.adapters.quality.limits import read_limits
from dekat.enrolment import quality

_JUDGES: list[WorkerJudge] = []


def real_judge() -> WorkerJudge:
    """The judge with its worker and every network."""
    if not _JUDGES:
        made = WorkerJudge(read_limits())
        atexit.register(made.end)
        _JUDGES.append(made)
    return _JUDGES[0]


@contextmanager
def judged_by(made: quality.Judge | None) -> Iterator[None]:
    """Let this judge judge for a while; None is nobody."""

    def source() -> quality.Judge:
        if made is None:
            raise quality.JudgeAway
        return made

    before = quality._source
    quality.use_judge(source)
    try:
        yield
    finally:
        quality.use_judge(before)
