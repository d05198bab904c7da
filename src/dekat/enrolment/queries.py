"""Questions about recordings, for the station's pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.models import Recording, SavedStep
from dekat.enrolment.progress import progress_of
from dekat.enrolment.rules import Progress, missing, unfinished
from dekat.enrolment.saving import recording_of
from dekat.enrolment.states import Absence, Background, Domicile, Place, Purpose, Reason, Step


@dataclass(frozen=True)
class CaptureCard:
    """One capture without its picture."""

    position: str
    purpose: str
    score: float
    wanted_score: float
    tries: int
    is_weak: bool


@dataclass(frozen=True)
class AbsenceCard:
    """One exception as shown."""

    position: str
    state: Absence
    reason: Reason
    is_permanent: bool


@dataclass(frozen=True, repr=False)
class RecordingView:
    """An open recording as the wizard shows it."""

    id: UUID
    step: Step
    background: Background
    biodata: Biodata
    corrections: Mapping[str, str]
    progress: Progress
    missing: list[str]
    unfinished: list[Step]
    captures: list[CaptureCard]
    absences: list[AbsenceCard]
    measures: Mapping[str, int | str]
    started_at: datetime
    code: str
    is_practice: bool
    domicile: Domicile
    place: Place


@dataclass(frozen=True)
class RecordingRow:
    """A recording in a list: no personal data beyond the register's id.

    Facts: `status` is the centre's last word, `status_at` None until it said one.
    """

    id: UUID
    resident_id: str
    step: Step
    code: str
    started_at: datetime
    touched_at: datetime
    sealed_at: datetime | None
    status: str
    status_at: datetime | None
    operator_id: UUID


@dataclass(frozen=True)
class Day:
    """What a station did in a span of time."""

    sealed_count: int
    mean_time: timedelta | None


def recording_view(recording_id: UUID) -> RecordingView:
    """One open recording with all the wizard needs.

    Refuses: enrolment.recording_unknown.
    """
    row = recording_of(recording_id)
    progress = progress_of(row)
    captures = row.captures.defer("image", "preview", "signed_jwt").order_by("id")
    step = Step(row.step)
    face = next((one for one in captures if one.position == "Face"), None)
    return RecordingView(
        id=row.id,
        step=step,
        background=Background(row.background),
        biodata=Biodata.from_map(row.biodata) if row.biodata else Biodata(**dict.fromkeys(Biodata.__annotations__, "")),
        corrections={one["element"]: one["wanted"] for one in row.corrections},
        progress=progress,
        missing=missing(step, progress),
        unfinished=list(unfinished(progress)),
        captures=[
            CaptureCard(
                one.position,
                one.purpose,
                one.score,
                one.wanted_score,
                one.tries,
                one.purpose == Purpose.MAIN and one.position in progress.weak,
            )
            for one in captures
        ],
        absences=[
            AbsenceCard(one.position, Absence(one.state), Reason(one.reason), one.is_permanent)
            for one in row.absences.order_by("position")
        ],
        measures=face.measures if face else {},
        started_at=row.started_at,
        code=row.code,
        is_practice=row.is_practice,
        domicile=Domicile(row.domicile),
        place=Place(row.place),
    )


def picture(recording_id: UUID, *, position: str, purpose: Purpose = Purpose.MAIN) -> bytes | None:
    """The small picture of one kept capture; None when there is none (or no more, after the seal)."""
    found = (
        recording_of(recording_id).captures.filter(position=position, purpose=purpose).values_list("preview", flat=True)
    )
    preview = found.first()
    return bytes(preview) if preview else None


def signature_picture(recording_id: UUID) -> bytes | None:
    """The signature as PNG, while the recording is open."""
    signature = recording_of(recording_id).signature_rows.first()
    return bytes(signature.png) if signature else None


def recording_row(recording_id: UUID) -> RecordingRow:
    """One recording, sealed or not.

    Refuses: enrolment.recording_unknown.
    """
    return _row(recording_of(recording_id))


def open_recordings() -> list[RecordingRow]:
    """What was begun and not yet sealed, the latest touched first."""
    rows = Recording.objects.exclude(step__in=[Step.SEALED, Step.DISCARDED]).order_by("-touched_at", "id")
    return [_row(row) for row in rows]


def sealed_recordings(*, limit: int = 20) -> list[RecordingRow]:
    """What was sealed here, the latest first."""
    return [_row(row) for row in Recording.objects.filter(step=Step.SEALED).order_by("-sealed_at", "id")[:limit]]


def open_names() -> dict[UUID, str]:
    """The names of the residents whose recordings are open."""
    rows = Recording.objects.exclude(step__in=[Step.SEALED, Step.DISCARDED]).values_list("id", "biodata")
    return {recording_id: str(biodata.get("full_name", "")) for recording_id, biodata in rows}


def sealed_count() -> int:
    """How many recordings were ever sealed at this station."""
    return Recording.objects.filter(step=Step.SEALED).count()


def day(*, since: datetime) -> Day:
    """What was sealed since an instant, and how long one took the operator without pauses."""
    ids = list(Recording.objects.filter(sealed_at__gte=since).values_list("id", flat=True))
    if not ids:
        return Day(0, None)
    total_ms = sum(SavedStep.objects.filter(recording_id__in=ids).values_list("took_ms", flat=True))
    return Day(len(ids), timedelta(milliseconds=total_ms / len(ids)))


def _row(row: Recording) -> RecordingRow:
    return RecordingRow(
        id=row.id,
        resident_id=row.resident_id,
        step=Step(row.step),
        code=row.code,
        started_at=row.started_at,
        touched_at=row.touched_at,
        sealed_at=row.sealed_at,
        status=row.status,
        status_at=row.status_at,
        operator_id=row.operator_id,
    )
