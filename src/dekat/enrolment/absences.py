"""What cannot be captured from a person: why, for how long, and who else saw it. It never blocks a recording."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.enrolment.models import NotCaptured, Recording
from dekat.enrolment.saving import save
from dekat.enrolment.states import Absence, Reason
from dekat.kernel.errors import DekatError

SIGNATURE = "Signature"
"""The position of the resident's signature, beside those of SBI."""


class SecondPersonNeeded(DekatError):
    """An exception was confirmed by the operator alone."""

    code = "enrolment.second_person_needed"


def except_positions(
    *,
    recording_id: UUID,
    step_id: UUID,
    positions: Sequence[str],
    state: Absence,
    reason: Reason,
    is_permanent: bool,
    second_person: UUID,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep why these positions are absent, as a second officer saw it too; their captures, if any, fall away.

    Refuses: enrolment.second_person_needed.
    Law: perekaman-pengecualian
    """
    if second_person == actor.account_id:
        raise SecondPersonNeeded

    def keep(recording: Recording) -> None:
        recording.captures.filter(position__in=list(positions)).delete()
        if SIGNATURE in positions:
            recording.signature_rows.all().delete()
        for position in positions:
            NotCaptured.objects.update_or_create(
                recording=recording,
                position=position,
                defaults={
                    "state": state,
                    "reason": reason,
                    "is_permanent": is_permanent,
                    "confirmed_by": second_person,
                    "confirmed_at": now,
                },
            )

    save(recording_id, step_id, None, "exception", keep, actor=actor, now=now)


def withdraw_exception(*, recording_id: UUID, step_id: UUID, position: str, actor: Actor, now: datetime) -> None:
    """Take an exception back: the finger, eye or face will be captured after all."""

    def keep(recording: Recording) -> None:
        recording.absences.filter(position=position).delete()

    save(recording_id, step_id, None, "exception_withdrawn", keep, actor=actor, now=now)
