"""Practice recordings: the same steps with somebody who does not exist. They end empty and never become a packet."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.enrolment import rules
from dekat.enrolment.biodata import Biodata
from dekat.enrolment.competence import NotCompetent
from dekat.enrolment.models import Recording, SavedStep
from dekat.enrolment.progress import progress_of
from dekat.enrolment.rules import ORDER, MoveNotAllowed
from dekat.enrolment.saving import empty, recording_of
from dekat.enrolment.seal import NotConfirmed
from dekat.enrolment.states import Step
from dekat.kernel.ids import new_code

_CLOSED = (Step.SEALED, Step.DISCARDED)
# What is saved when a device or the camera was asked: the rest are moves and answers.
_TRIES = ("fingers_", "recheck_", "irises", "photo")
_NO_TRIES = ("photo_approved", "photo_rejected")


@dataclass(frozen=True)
class StepFigures:
    """How one step of a practice went; `tries` counts the captures asked of a device."""

    step: Step
    took_ms: int
    tries: int


@dataclass(frozen=True)
class Practised:
    """What a finished practice leaves: figures, nothing of the person."""

    steps: tuple[StepFigures, ...]
    exceptions_count: int

    @property
    def took_ms(self) -> int:
        return sum(one.took_ms for one in self.steps)


@dataclass(frozen=True)
class OpenPractice:
    """A practice that waits to be finished."""

    id: UUID
    exercise: int
    full_name: str
    step: Step
    touched_at: datetime


def start_practice(*, recording_id: UUID, biodata: Biodata, exercise: int, actor: Actor, now: datetime) -> UUID:
    """Begin an exercise, or give the one this operator has open; no competence is asked for.

    Facts: `biodata` is of nobody in the register; its `resident_id` is made here.
    Again: the same `recording_id`, or an open recording of the same exercise, returns that recording.
    Refuses: enrolment.operator_not_competent (a machine has nothing to learn).
    """
    if actor.account_id is None:
        raise NotCompetent
    resident_id = f"practice:{actor.account_id.hex[:20]}:{exercise}"
    with transaction.atomic():
        mine = Recording.objects.filter(resident_id=resident_id).exclude(step__in=_CLOSED)
        known = mine.first() or Recording.objects.filter(id=recording_id).first()
        if known:
            return known.id
        Recording.objects.create(
            id=recording_id,
            is_practice=True,
            resident_id=resident_id,
            kecamatan=actor.kecamatan,
            operator_id=actor.account_id,
            background=rules.background_for(birth_year=biodata.birth_year, is_foreigner=biodata.is_foreigner),
            biodata=replace(biodata, resident_id=resident_id).as_map(),
            code=new_code(),
            started_at=now,
            touched_at=now,
        )
        return recording_id


def finish_practice(
    *, recording_id: UUID, step_id: UUID, is_confirmed_by_resident: bool, actor: Actor, now: datetime
) -> Practised | None:
    """End a practice as a seal would end a recording: everything is emptied, only figures come out.

    Again: a finished practice gives None and changes nothing.
    Refuses: enrolment.recording_unknown, enrolment.summary_not_confirmed, enrolment.move_not_allowed,
    enrolment.step_unfinished.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(id=recording_id, is_practice=True).first()
        if recording is None or recording.operator_id != actor.account_id:
            raise MoveNotAllowed(step=Step(recording_of(recording_id).step).label)
        if recording.step in _CLOSED:
            return None
        if not is_confirmed_by_resident:
            raise NotConfirmed
        if recording.step != Step.SUMMARY:
            raise MoveNotAllowed(step=Step(recording.step).label)
        rules.check_move(start=Step.SUMMARY, to=Step.SEALED, progress=progress_of(recording))
        took = max(0, int((now - recording.touched_at).total_seconds() * 1000))
        SavedStep.objects.create(
            id=step_id, recording=recording, step=Step.SUMMARY, what="practised", took_ms=took, saved_at=now
        )
        figures = Practised(_figures(recording), recording.absences.count())
        empty(recording)
        recording.step, recording.touched_at = Step.DISCARDED, now
        recording.save(update_fields=["step", "touched_at"])
        return figures


def is_practice(recording_id: UUID) -> bool:
    """Whether this recording is of somebody who does not exist.

    Refuses: enrolment.recording_unknown.
    """
    return recording_of(recording_id).is_practice


def exercise_of(recording_id: UUID) -> int:
    """The number of a practice's exercise; 0 for a live recording or none at all."""
    row = Recording.objects.filter(id=recording_id, is_practice=True).values_list("resident_id", flat=True).first()
    return int(row.rpartition(":")[2]) if row else 0


def open_practices(actor: Actor) -> list[OpenPractice]:
    """What the operator at work practises and has not finished, the latest touched first."""
    if actor.account_id is None:
        return []
    rows = Recording.objects.filter(operator_id=actor.account_id, is_practice=True).exclude(step__in=_CLOSED)
    return [
        OpenPractice(
            id=row.id,
            exercise=int(row.resident_id.rpartition(":")[2]),
            full_name=str(row.biodata.get("full_name", "")),
            step=Step(row.step),
            touched_at=row.touched_at,
        )
        for row in rows.order_by("-touched_at", "id")
    ]


def _figures(recording: Recording) -> tuple[StepFigures, ...]:
    took, tries = Counter[str](), Counter[str]()
    for step, what, took_ms in recording.saves.values_list("step", "what", "took_ms"):
        took[step] += took_ms
        tries[step] += what.startswith(_TRIES) and what not in _NO_TRIES
    return tuple(StepFigures(step, took[step], tries[step]) for step in ORDER if step in took)
