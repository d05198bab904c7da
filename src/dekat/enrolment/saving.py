"""How every step is saved: once, in one transaction, with its event; what the page then shows is on the disk."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.enrolment.competence import check_may_go_on
from dekat.enrolment.models import Recording, SavedStep
from dekat.enrolment.rules import MoveNotAllowed
from dekat.enrolment.states import Step
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

_CLOSED = (Step.SEALED, Step.DISCARDED)


class RecordingUnknown(DekatError):
    """No recording has this id here."""

    code = "enrolment.recording_unknown"


def save(
    recording_id: UUID,
    step_id: UUID,
    at: Step | None,
    what: str,
    keep: Callable[[Recording], None],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Run `keep` on the recording and commit it with its event and the operator's time.

    Facts: `at` is the step where this act belongs, None when it belongs to any open step. A practice is kept the same
    way, but the ledger hears nothing of it until it is finished.
    Again: the same `step_id` changes nothing.
    Refuses: enrolment.recording_unknown, enrolment.move_not_allowed, enrolment.operator_not_competent.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(id=recording_id).first()
        if recording is None:
            raise RecordingUnknown
        if SavedStep.objects.filter(id=step_id).exists():
            return
        _check_worker(recording, actor, now)
        if recording.step in _CLOSED or (at is not None and recording.step != at):
            raise MoveNotAllowed(step=Step(recording.step).label)
        step = Step(recording.step)
        keep(recording)
        took = _whole_ms(now - recording.touched_at)
        SavedStep.objects.create(id=step_id, recording=recording, step=step, what=what, took_ms=took, saved_at=now)
        Recording.objects.filter(id=recording_id).update(touched_at=now)
        if recording.is_practice:
            return
        told: dict[str, Json] = {"step": str(step), "what": what, "took_ms": took}
        tell("enrolment.recording.step_saved", recording_id, told, actor=actor, now=now)


def _check_worker(recording: Recording, actor: Actor, now: datetime) -> None:
    if not recording.is_practice:
        check_may_go_on(begun_by=recording.operator_id, actor=actor, now=now)
    elif recording.operator_id != actor.account_id:
        # What somebody practises shows what they can; nobody does it for them.
        raise RecordingUnknown


def is_saved(step_id: UUID) -> bool:
    """Whether this press of the button was saved before: the devices need not be asked again."""
    return SavedStep.objects.filter(id=step_id).exists()


def refused_name(what: str) -> str:
    """How a save is named that keeps only that something was sent back, so that nobody is sent back for ever."""
    return f"refused_{what}"


def refused_count(recording: Recording, what: str) -> int:
    """How often this was sent back before."""
    return recording.saves.filter(what=refused_name(what)).count()


def recording_of(recording_id: UUID) -> Recording:
    """The row, read outside a save.

    Refuses: enrolment.recording_unknown.
    """
    recording = Recording.objects.filter(id=recording_id).first()
    if recording is None:
        raise RecordingUnknown
    return recording


def tell(name: str, recording_id: UUID, data: Mapping[str, Json], *, actor: Actor, now: datetime) -> None:
    """Append an event about a recording; ids and counts only."""
    record(name=name, subject=f"recording:{recording_id}", actor=actor.label, data=data, now=now)


def empty(recording: Recording) -> None:
    """Delete everything readable about the person."""
    recording.captures.all().delete()
    recording.links.all().delete()
    recording.absences.all().delete()
    recording.rulings.all().delete()
    recording.signature_rows.all().delete()
    recording.biodata, recording.corrections, recording.elsewhere = {}, [], {}
    recording.save(update_fields=["biodata", "corrections", "elsewhere"])


def _whole_ms(span: timedelta) -> int:
    # A clock that was set back while the recording was open must not refuse the save.
    return max(0, span // timedelta(milliseconds=1))
