"""Somebody who was recorded here already: asked first, because most second recordings come of impatience."""

from dekat.enrolment.models import Recording
from dekat.enrolment.states import Status, Step
from dekat.kernel.errors import DekatError

# The centre itself asked for these to be recorded once more.
_WANTED_AGAIN = (Status.ENROLL_FAILURE_AT_CENTRAL, Status.ENROLL_FAILURE_AT_REGIONAL)


class AlreadyRecorded(DekatError):
    """The resident has a sealed recording at this station; `recording` is its id, `code` stands on the receipt."""

    code = "enrolment.already_recorded"


def check_not_recorded(resident_id: str) -> None:
    """See that a resident has no sealed recording here that is good or still on its way.

    Refuses: enrolment.already_recorded.
    """
    sealed = Recording.objects.filter(resident_id=resident_id, step=Step.SEALED, is_practice=False)
    row = sealed.exclude(status__in=_WANTED_AGAIN).order_by("-sealed_at", "id").first()
    if row is not None:
        raise AlreadyRecorded(recording=str(row.id), code=row.code)
