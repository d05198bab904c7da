"""What of a recording is already saved."""

from dekat.enrolment.absences import SIGNATURE
from dekat.enrolment.exceptions_rules import Witnessed
from dekat.enrolment.models import Recording, StepCapture
from dekat.enrolment.positions import Position
from dekat.enrolment.rules import Progress, is_good_enough
from dekat.enrolment.states import Purpose, Ruling


def progress_of(recording: Recording) -> Progress:
    """Read it from the rows, without the pictures."""
    rows = list(recording.captures.defer("image", "preview", "signed_jwt").order_by("id"))
    main = [row for row in rows if row.purpose == Purpose.MAIN]
    absent = set(recording.absences.values_list("position", flat=True)) | not_asked(recording)
    return Progress(
        has_biodata=recording.is_biodata_confirmed,
        has_photo=any(row.position == Position.FACE for row in main),
        is_photo_approved=recording.photo_approved_at is not None,
        captured=frozenset(Position(row.position) for row in main),
        weak=frozenset(Position(row.position) for row in main if not _stands(row)),
        rechecked=frozenset(Position(row.position) for row in rows if row.purpose == Purpose.RECHECK),
        absent=frozenset(Position(position) for position in absent - {SIGNATURE}),
        has_signature=SIGNATURE in absent or recording.signature_rows.exists(),
        is_supplement=recording.supplement_of is not None,
    )


def not_asked(recording: Recording) -> set[str]:
    """What a supplement does not bring because an earlier recording brought it; nothing of any other recording."""
    if recording.supplement_of is None:
        return set()
    return {*Position, SIGNATURE} - set(recording.owed)


def witnessed_of(recording: Recording) -> Witnessed:
    """What other officers saw and decided so far."""
    rulings = list(recording.rulings.all())
    unseen = recording.absences.filter(confirmed_by=None).count()
    return Witnessed(
        unseen_count=unseen + sum(ruling.decided_by is None for ruling in rulings),
        rulings=frozenset(Ruling(ruling.what) for ruling in rulings if ruling.decided_by),
    )


def _stands(row: StepCapture) -> bool:
    return row.is_forced or is_good_enough(
        score=row.score, wanted=row.wanted_score, tries=row.tries, is_well_judged=not row.measures.get("wrong")
    )
