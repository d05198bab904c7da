"""What was skipped and is still to come (menyusul)."""

from datetime import date, timedelta

from dekat.enrolment.models import Recording
from dekat.enrolment.states import Absence

FOLLOW_UP = timedelta(days=14)
"""Until when somebody should come again when nobody named a day."""


def owed_positions(recording: Recording) -> tuple[list[str], date | None]:
    """What of an unsealed recording is to come later, and until when."""
    rows = recording.absences.filter(state=Absence.SKIPPED_PENDING).order_by("position")
    days = [row.due_on for row in rows if row.due_on]
    return [row.position for row in rows], max(days) if days else None


def settle(recording: Recording) -> None:
    """Take off the list what a supplement was made for; what it still owes stands on its own line."""
    if recording.supplement_of:
        Recording.objects.filter(id=recording.supplement_of).update(owed=[], owed_by=None)
