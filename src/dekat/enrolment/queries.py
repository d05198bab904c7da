"""Questions about recordings, for the station's pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from dekat.enrolment.biodata import Biodata
from dekat.enrolment.exceptions_rules import is_nothing_recorded
from dekat.enrolment.models import Recording, SavedStep
from dekat.enrolment.positions import Position
from dekat.enrolment.progress import progress_of, witnessed_of
from dekat.enrolment.rules import ORDER, Progress, missing, unfinished
from dekat.enrolment.saving import recording_of
from dekat.enrolment.states import Absence, Background, Domicile, Place, Purpose, Reason, Ruling, Step
from dekat.kernel.canonical import Json


@dataclass(frozen=True)
class CaptureCard:
    """One capture without its picture.

    Facts: `score` is the device's, the judge's is in `measures`; `is_forced` stands although it is weak, or like
    another finger.
    """

    position: str
    purpose: str
    score: float
    wanted_score: float
    tries: int
    is_weak: bool
    is_forced: bool = False
    measures: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class AbsenceCard:
    """One exception as shown."""

    position: str
    state: Absence
    reason: Reason
    is_permanent: bool
    due_on: date | None
    is_seen: bool


@dataclass(frozen=True, repr=False)
class RecordingView:
    """An open recording as the wizard shows it.

    Facts: `unseen_count` exceptions still wait for a second officer; `is_nothing_recorded` asks for the camat.
    """

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
    measures: Mapping[str, Json]
    started_at: datetime
    code: str
    is_practice: bool
    domicile: Domicile
    place: Place
    card_from: date | None
    unseen_count: int
    is_nothing_recorded: bool
    is_nothing_accepted: bool
    is_pose_free: bool
    is_supplement: bool
    has_exception_photo: bool


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
    domicile: Domicile
    place: Place
    owed: tuple[str, ...]
    owed_by: date | None
    card_from: date | None
    is_supplement: bool


@dataclass(frozen=True)
class StepTime:
    """How long one step took the operator; pauses (put aside, taken up again) are not in it."""

    step: Step
    took: timedelta


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
    main = (one for one in captures if one.position == Position.FACE and one.purpose == Purpose.MAIN)
    face, witnessed = next(main, None), witnessed_of(row)
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
                one.is_forced,
                one.measures,
            )
            for one in captures
        ],
        absences=[
            AbsenceCard(
                one.position,
                Absence(one.state),
                Reason(one.reason),
                one.is_permanent,
                one.due_on,
                one.confirmed_by is not None,
            )
            for one in row.absences.order_by("position")
        ],
        measures=face.measures if face else {},
        started_at=row.started_at,
        code=row.code,
        is_practice=row.is_practice,
        domicile=Domicile(row.domicile),
        place=Place(row.place),
        card_from=row.card_from,
        unseen_count=witnessed.unseen_count,
        is_nothing_recorded=is_nothing_recorded(progress),
        is_nothing_accepted=Ruling.NOTHING_RECORDED in witnessed.rulings,
        is_pose_free=row.rulings.filter(what=Ruling.POSE_FREE).exists(),
        is_supplement=row.supplement_of is not None,
        has_exception_photo=any(one.purpose == Purpose.EXCEPTION for one in captures),
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
    """What was begun live and not yet sealed, the latest touched first."""
    rows = _open_live().order_by("-touched_at", "id")
    return [_row(row) for row in rows]


def sealed_recordings(*, limit: int = 20) -> list[RecordingRow]:
    """What was sealed here, the latest first."""
    return [_row(row) for row in Recording.objects.filter(step=Step.SEALED).order_by("-sealed_at", "id")[:limit]]


def owed_recordings() -> list[RecordingRow]:
    """Sealed recordings of which something is still to come, the soonest due first."""
    rows = Recording.objects.filter(step=Step.SEALED, owed_by__isnull=False).order_by("owed_by", "id")
    return [_row(row) for row in rows]


def open_names() -> dict[UUID, str]:
    """The names of the residents whose recordings are open."""
    rows = _open_live().values_list("id", "biodata")
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


def code_of(recording_id: UUID) -> str:
    """The code on the receipt of a recording; empty when there is no such recording here."""
    return Recording.objects.filter(id=recording_id).values_list("code", flat=True).first() or ""


def _open_live() -> QuerySet[Recording]:
    return Recording.objects.filter(is_practice=False).exclude(step__in=[Step.SEALED, Step.DISCARDED])


def step_times(recording_id: UUID) -> list[StepTime]:
    """The operator's time of one recording by step, in the order of the steps; it stays after the seal."""
    return _by_step(SavedStep.objects.filter(recording_id=recording_id), among=1)


def mean_step_times(*, since: datetime) -> list[StepTime]:
    """The operator's mean time by step over what was sealed since an instant; practice is not work and is left out."""
    ids = list(
        Recording.objects.filter(sealed_at__gte=since, step=Step.SEALED, is_practice=False).values_list("id", flat=True)
    )
    return _by_step(SavedStep.objects.filter(recording_id__in=ids), among=len(ids))


def _by_step(saves: QuerySet[SavedStep], *, among: int) -> list[StepTime]:
    total_ms: dict[str, int] = {}
    for step, took_ms in saves.order_by("saved_at", "id").values_list("step", "took_ms"):
        total_ms[step] = total_ms.get(step, 0) + took_ms
    return [StepTime(step, timedelta(milliseconds=total_ms[step] / among)) for step in ORDER if total_ms.get(step)]


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
        domicile=Domicile(row.domicile),
        place=Place(row.place),
        owed=tuple(row.owed),
        owed_by=row.owed_by,
        card_from=row.card_from,
        is_supplement=row.supplement_of is not None,
    )
