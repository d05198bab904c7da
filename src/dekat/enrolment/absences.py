"""What cannot be captured from a person: why, for how long, and who else saw it. It never blocks a recording."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.accounts.queries import account
from dekat.accounts.roles import Role
from dekat.enrolment.models import NotCaptured, OfficerRuling, Recording
from dekat.enrolment.owed import FOLLOW_UP
from dekat.enrolment.positions import Position
from dekat.enrolment.saving import save
from dekat.enrolment.states import Absence, Purpose, Reason, Ruling
from dekat.kernel.errors import DekatError

SIGNATURE = "Signature"
"""The position of the resident's signature, beside those of SBI."""


class SecondPersonNeeded(DekatError):
    """An exception was confirmed by the operator alone."""

    code = "enrolment.second_person_needed"


class SupervisorNeeded(DekatError):
    """Only the camat may decide that a recording stands without face, fingers and irises."""

    code = "enrolment.supervisor_needed"


def except_positions(
    *,
    recording_id: UUID,
    step_id: UUID,
    positions: Sequence[str],
    state: Absence,
    reason: Reason,
    is_permanent: bool,
    second_person: UUID | None,
    actor: Actor,
    now: datetime,
    due_on: date | None = None,
) -> None:
    """Keep why these positions are absent, as a second officer saw it too; their captures, if any, fall away.

    Facts: `second_person` None: nobody is here now; the recording goes on, but is not sealed before somebody saw it.
    `due_on` is the last day on which a position that is still owed should come; without one, in two weeks.
    Refuses: enrolment.second_person_needed.
    Law: perekaman-pengecualian
    """
    _check_another(second_person, actor)
    is_pending = state == Absence.SKIPPED_PENDING
    due = (due_on or localdate(now) + FOLLOW_UP) if is_pending else None

    def keep(recording: Recording) -> None:
        recording.captures.filter(position__in=list(positions)).exclude(purpose=Purpose.EXCEPTION).delete()
        if SIGNATURE in positions:
            recording.signature_rows.all().delete()
        if Position.FACE in positions:
            Recording.objects.filter(id=recording.id).update(photo_approved_at=None)
        for position in positions:
            NotCaptured.objects.update_or_create(
                recording=recording,
                position=position,
                defaults={
                    "state": state,
                    "reason": reason,
                    "is_permanent": is_permanent,
                    "due_on": due,
                    "confirmed_by": second_person,
                    "confirmed_at": now if second_person else None,
                },
            )

    save(recording_id, step_id, None, "exception", keep, actor=actor, now=now)


def free_pose(*, recording_id: UUID, step_id: UUID, second_person: UUID | None, actor: Actor, now: datetime) -> None:
    """Let the portrait be taken in a chair or in bed: cloth and pose are measured, but refuse nothing any more.

    Refuses: enrolment.second_person_needed.
    Law: perekaman-pengecualian
    """
    _check_another(second_person, actor)

    def keep(recording: Recording) -> None:
        _rule(recording, Ruling.POSE_FREE, second_person, now)

    save(recording_id, step_id, None, "pose_free", keep, actor=actor, now=now)


def confirm_exceptions(*, recording_id: UUID, step_id: UUID, second_person: UUID, actor: Actor, now: datetime) -> None:
    """Keep that a second officer has now seen every exception that nobody saw yet.

    Refuses: enrolment.second_person_needed.
    Law: perekaman-pengecualian
    """
    _check_another(second_person, actor)

    def keep(recording: Recording) -> None:
        recording.absences.filter(confirmed_by=None).update(confirmed_by=second_person, confirmed_at=now)
        recording.rulings.filter(decided_by=None).update(decided_by=second_person, decided_at=now)

    save(recording_id, step_id, None, "exceptions_confirmed", keep, actor=actor, now=now)


def accept_nothing(*, recording_id: UUID, step_id: UUID, supervisor: UUID, actor: Actor, now: datetime) -> None:
    """Keep the camat's decision that this recording stands without face, fingers and irises.

    Refuses: enrolment.second_person_needed, enrolment.supervisor_needed.
    Law: perekaman-pengecualian
    """
    _check_another(supervisor, actor)
    card = account(supervisor)
    if card is None or card.role != Role.DISTRICT_HEAD:
        raise SupervisorNeeded

    def keep(recording: Recording) -> None:
        _rule(recording, Ruling.NOTHING_RECORDED, supervisor, now)

    save(recording_id, step_id, None, "nothing_accepted", keep, actor=actor, now=now)


def withdraw_exception(*, recording_id: UUID, step_id: UUID, position: str, actor: Actor, now: datetime) -> None:
    """Take an exception back: the finger, eye or face will be captured after all."""

    def keep(recording: Recording) -> None:
        recording.absences.filter(position=position).delete()

    save(recording_id, step_id, None, "exception_withdrawn", keep, actor=actor, now=now)


def is_pose_free(recording: Recording) -> bool:
    """Whether this resident is photographed in a chair or in bed."""
    return recording.rulings.filter(what=Ruling.POSE_FREE).exists()


def _check_another(second_person: UUID | None, actor: Actor) -> None:
    if second_person is not None and second_person == actor.account_id:
        raise SecondPersonNeeded


def _rule(recording: Recording, what: Ruling, officer: UUID | None, now: datetime) -> None:
    OfficerRuling.objects.update_or_create(
        recording=recording,
        what=what,
        defaults={"decided_by": officer, "decided_at": now if officer else None},
    )
