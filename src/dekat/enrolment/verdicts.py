"""What is kept of the judge's looks. A judge who is away never stops a recording: the device's own score stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dekat.enrolment.positions import FINGERS, Position
from dekat.enrolment.quality import JudgeAway, Likeness, Look, judge
from dekat.kernel.canonical import Json

Answer = TypeVar("Answer")
Measures = Mapping[str, Json]


@dataclass(frozen=True)
class Verdict:
    """A look as it is kept.

    Facts: `score` is None where nobody judged; `measures` say who did, with `wrong` as `finger.clear:unclear`.
    """

    measures: Measures
    score: int | None = None
    wrong: tuple[str, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        return not self.wrong


AWAY = Verdict({"judge": "away"})
UNREAD = Verdict({"judge": "unread"})


def verdict_of(look: Look) -> Verdict:
    """What is kept of one look."""
    wrong = tuple(f"{check.key}:{check.advice}" for check in look.checks if not check.is_good)
    score = round(look.score)
    return Verdict({"judge": "looked", **look.measures, "score": score, "wrong": list(wrong)}, score, wrong)


def verdicts_on(images: Mapping[Position, bytes]) -> Mapping[Position, Verdict]:
    """The judge's word on each finger or eye; on a picture it cannot open, or when away, none but that."""
    are_fingers = all(position in FINGERS for position in images)
    looks = asked(lambda: judge().fingers(images) if are_fingers else judge().irises(images))
    if looks is None:
        return dict.fromkeys(images, AWAY)
    return {position: verdict_of(looks[position]) if position in looks else UNREAD for position in images}


def likeness_of(
    fingers: Mapping[Position, bytes], among: Mapping[Position, bytes], *, but_itself: bool = True
) -> Mapping[Position, Likeness]:
    """Which of these fingers each finger is; nothing where nobody can tell.

    Facts: with `but_itself` a finger is not compared with what was captured as the same finger before.
    """
    found: dict[Position, Likeness] = {}
    for position, image in fingers.items():
        others = {other: theirs for other, theirs in among.items() if not (but_itself and other == position)}
        if not others:
            continue
        try:
            found |= judge().alike({position: image}, others)
        except JudgeAway:
            return {}
    return found


def asked(question: Callable[[], Answer]) -> Answer | None:
    """The judge's answer, None when away."""
    try:
        return question()
    except JudgeAway:
        return None
