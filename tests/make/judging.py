"""A real judge for tests whose subject it is; one worker serves the whole run, as one serves a whole day."""

import atexit
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from dekat.adapters.quality.judge import WorkerJudge
from dekat.adapters.quality.limits import read_limits
from dekat.enrolment import quality
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Check, Likeness, Look
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json

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


@dataclass
class CodeJudge:
    """A judge made of code: every picture is good unless `poor` names its position.

    Facts: a picture is known by what CodeDevices wrote into it; `twins` says as which finger a position is recognised.
    """

    scores: list[int] = field(default_factory=list)
    poor: set[Position] = field(default_factory=set)
    twins: dict[Position, Position | None] = field(default_factory=dict)
    faint_signature: bool = False

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        return self._look("face.eyes", "closed" if Position.FACE in self.poor else "")

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return {each: self._look("finger.good", "faint" if each in self.poor else "") for each in images}

    def hand(self, frame: bytes) -> Look:
        return self._look("hand.count", "")

    def irises(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        return {each: self._look("iris.focus", "blurred" if each in self.poor else "") for each in images}

    def signature(self, png: bytes, *, strokes: Sequence[Json]) -> Look:
        return self._look("signature.ink", "faint" if self.faint_signature else "")

    def alike(self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes]) -> Mapping[Position, Likeness]:
        found = {}
        for finger in fingers:
            twin = self.twins.get(finger, finger)
            found[finger] = Likeness(finger, twin if twin in among else None, 0.5, "code/1")
        return found

    def _look(self, key: str, advice: str) -> Look:
        score = self.scores.pop(0) if self.scores else 80
        return Look((Check(key, not advice, advice, score),), {"algorithm": "code/1"}, score)
