"""Whole recordings drawn from a seed: exceptions, rejected photos, repeats, going back, starting over."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID, uuid5

from dekat.enrolment import absences, capturing, photo, seal, services
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap
from dekat.enrolment.rules import INDEX_FINGERS
from dekat.enrolment.states import Absence, Reason, Step
from tests.make import portraits
from tests.make.recordings import CAMAT_ID, STROKES, biodata

SPACE = UUID("019acb7e-0000-7000-8000-0000000000fa")
Do = Callable[[dict], object]


@dataclass(frozen=True)
class Act:
    """One press of a button; `scores` are what the device will say, `name` is for the reader of a failure."""

    name: str
    recording_id: UUID
    do: Do
    scores: tuple[float, ...] = ()
    captures: bool = False

    @property
    def is_start(self) -> bool:
        return self.name == "start"

    @property
    def is_seal(self) -> bool:
        return self.name == "seal"


@dataclass
class _Drawing:
    """A recording as it is being drawn."""

    rng: random.Random
    recording_id: UUID
    absent: set[Position] = field(default_factory=set)

    def act(self, name: str, do: Do, scores: tuple[float, ...] = (), *, captures: bool = False) -> Act:
        return Act(name, self.recording_id, do, scores, captures)

    def to(self, step: Step) -> Act:
        return self.act(f"to {step}", lambda say: services.move(**say, to=step))

    def excuse(self, positions: list[str], reason: Reason) -> Act:
        state = self.rng.choice(list(Absence))

        def do(say: dict) -> object:
            return absences.except_positions(
                **say, positions=positions, state=state, reason=reason, is_permanent=True, second_person=CAMAT_ID
            )

        return self.act(f"except {len(positions)}", do)


def draw(seed: int) -> list[Act]:
    """The acts of this seed; one schedule in five gives up a first recording and starts over."""
    rng = random.Random(f"acts {seed}")
    acts: list[Act] = []
    if rng.random() < 0.2:
        first = _Drawing(rng, uuid5(SPACE, f"{seed} first"))
        begun = list(_recording(first))[:-1][: rng.randint(1, 18)]
        acts += [*begun, first.act("discard", lambda say: services.discard(**say))]
    acts += _recording(_Drawing(rng, uuid5(SPACE, f"{seed}")))
    return acts


def _recording(one: _Drawing) -> Iterator[Act]:
    yield one.act("start", lambda say: services.start(recording_id=one.recording_id, biodata=biodata(), **_who(say)))
    yield from _biodata(one)
    yield from _photo(one)
    yield from _fingers(one)
    yield from _recheck(one)
    yield from _irises(one)
    yield from _signature(one)
    yield one.act("seal", lambda say: seal.seal_recording(**say, is_confirmed_by_resident=True))


def _biodata(one: _Drawing) -> Iterator[Act]:
    for _ in range(one.rng.choice((1, 1, 1, 2))):
        wanted = {"address": f"DUSUN {one.rng.randint(1, 9)}"} if one.rng.random() < 0.5 else {}
        yield one.act("biodata", lambda say, wanted=wanted: services.confirm_biodata(**say, corrections=wanted))
    yield one.to(Step.PHOTO)


def _photo(one: _Drawing) -> Iterator[Act]:
    for _ in range(one.rng.choice((0, 0, 1, 2))):
        yield one.act("photo", _keep_photo)
        yield one.act("photo rejected", lambda say: photo.reject_photo(**say))
    if one.rng.random() < 0.3:
        yield one.act("photo by device", lambda say: capturing.take_face(**say), captures=True)
    else:
        yield one.act("photo", _keep_photo)
    yield one.act("photo approved", lambda say: photo.approve_photo(**say))
    if one.rng.random() < 0.2:
        yield one.to(Step.BIODATA)
        yield one.to(Step.PHOTO)
    yield one.to(Step.FINGERS)


def _fingers(one: _Drawing) -> Iterator[Act]:
    lacking = one.rng.sample(FINGERS, one.rng.choice((0, 0, 0, 1, 2, 3, 10)))
    if lacking:
        one.absent |= set(lacking)
        yield one.excuse([str(finger) for finger in lacking], Reason.MISSING)
    for slap in one.rng.sample(list(Slap), 3):
        there = [finger for finger in SLAP_FINGERS[slap] if finger not in one.absent]
        if there:
            yield from _slap(one, slap, len(there))
    if one.rng.random() < 0.2:
        yield one.to(Step.PHOTO)
        yield one.to(Step.FINGERS)
    yield one.to(Step.INDEX_RECHECK)


def _slap(one: _Drawing, slap: Slap, count: int) -> Iterator[Act]:
    """Good at once, good and repeated, or three times weak so that the best stands."""
    tries = one.rng.choice(((85,), (85,), (85, 90), (40, 30, 50)))
    for score in tries:
        do = lambda say, slap=slap: capturing.take_fingers(**say, slap=slap)  # noqa: E731 - one line of a table
        yield one.act(f"slap {slap}", do, (float(score),) * count, captures=True)


def _recheck(one: _Drawing) -> Iterator[Act]:
    for index in INDEX_FINGERS:
        if index not in one.absent:
            do = lambda say, index=index: capturing.take_recheck(**say, position=index)  # noqa: E731
            yield one.act(f"recheck {index}", do, captures=True)
    yield one.to(Step.IRISES)


def _irises(one: _Drawing) -> Iterator[Act]:
    blind = one.rng.sample(IRISES, one.rng.choice((0, 0, 0, 1, 2)))
    if blind:
        yield one.excuse([str(eye) for eye in blind], Reason.BLIND)
    if len(blind) < 2:
        for _ in range(one.rng.choice((1, 1, 2))):
            yield one.act("irises", lambda say: capturing.take_irises(**say), captures=True)
    yield one.to(Step.SIGNATURE)


def _signature(one: _Drawing) -> Iterator[Act]:
    if one.rng.random() < 0.15:
        yield one.excuse([absences.SIGNATURE], Reason.CANNOT_WRITE)
    else:
        for _ in range(one.rng.choice((1, 1, 2))):
            yield one.act("signature", _keep_signature)
    yield one.to(Step.SUMMARY)
    if one.rng.random() < 0.2:
        yield one.to(Step.SIGNATURE)
        yield one.to(Step.SUMMARY)


def _keep_photo(say: dict) -> None:
    photo.keep_photo(**say, jpeg=cloth(), camera="drawn")


def _keep_signature(say: dict) -> None:
    services.keep_signature(**say, strokes=STROKES, png=scribble())


def _who(say: dict) -> dict:
    return {"actor": say["actor"], "now": say["now"]}


@cache
def cloth() -> bytes:
    """The portrait, drawn once for all schedules."""
    return portraits.portrait("BLUE", width=360, height=480)


@cache
def scribble() -> bytes:
    """The signature, drawn once for all schedules."""
    return portraits.signature_png()
