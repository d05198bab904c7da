"""What enrolment asks of whoever judges pictures: is it good, and if not, what should the operator do now?

The judge looks at the image itself, live and again when it is kept. It decides nothing: thresholds are its settings,
the rule of three tries is in `rules.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from dekat.enrolment.positions import Position
from dekat.enrolment.states import Background
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError


class JudgeAway(DekatError):
    """The part of the station that judges pictures does not answer; recording goes on with the device's own score."""

    code = "enrolment.quality.judge_away"


@dataclass(frozen=True)
class Check:
    """One thing looked at.

    Facts: `key` names it (`face.size`, `finger.clear`); `advice` says what is wrong (`too_far`), empty when good, and
    picks the operator's sentence; `value` is in the unit of its threshold.
    """

    key: str
    is_good: bool
    advice: str
    value: float


@dataclass(frozen=True)
class Look:
    """What one picture shows.

    Facts: `checks` are in the order in which a person should mend them; `measures` are plain figures with `algorithm`
    and its version, and travel in the packet; `score` is 0-100.
    """

    checks: tuple[Check, ...]
    measures: Mapping[str, Json]
    score: float

    @property
    def is_good(self) -> bool:
        return all(check.is_good for check in self.checks)

    @property
    def wrong(self) -> Check | None:
        """The first thing to mend."""
        return next((check for check in self.checks if not check.is_good), None)


@dataclass(frozen=True)
class Likeness:
    """Which earlier finger a finger is: `same_as` among those compared, None when it is like none of them.

    Facts: `score` 0-1 is that of the most similar one, by the matcher `algorithm`.
    """

    position: Position
    same_as: Position | None
    score: float
    algorithm: str = ""


class Judge(Protocol):
    """Looks at pictures. Every question refuses with enrolment.quality.judge_away when nobody answers."""

    def face(self, jpeg: bytes, *, background: Background) -> Look:
        """A portrait frame, 3:4 or 4:3: one face, place, size, pose, eyes, light, sharpness, cloth."""

    def fingers(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        """Each finger's ISO/IEC 19794-4 record: ridge clarity x area, then the extractor's own confidence.

        A record whose picture cannot be opened is left out of the answer, here and in the other questions.
        """

    def hand(self, frame: bytes) -> Look:
        """A live frame (JPEG) of a slap: `hand.count` with the fingers counted, `hand.side` LEFT or RIGHT, light."""

    def irises(self, images: Mapping[Position, bytes]) -> Mapping[Position, Look]:
        """Each eye's ISO/IEC 19794-6 record: focus, usable area, pupil."""

    def signature(self, png: bytes, *, strokes: Sequence[Json]) -> Look:
        """Ink area, strokes, extent."""

    def alike(self, fingers: Mapping[Position, bytes], among: Mapping[Position, bytes]) -> Mapping[Position, Likeness]:
        """For each finger the one among `among` that is the same finger, by the embedded matcher."""


def _none() -> Judge:
    raise JudgeAway


_source: Callable[[], Judge] = _none


def use_judge(source: Callable[[], Judge]) -> None:
    """Wire who judges (called once, by `project`)."""
    global _source
    _source = source


def judge() -> Judge:
    """Give this machine's judge.

    Refuses: enrolment.quality.judge_away.
    """
    return _source()
