"""Questions: where a recording stands and who is waited for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.national.models import Submission
from dekat.national.numbers import awaited_numbers, number
from dekat.national.statuses import FINAL, WAITS_FOR, Status

__all__ = ["awaited_numbers", "number"]


@dataclass(frozen=True)
class Hop:
    """One status with its instant and who said it."""

    status: Status
    at: datetime
    said_by: str


@dataclass(frozen=True)
class SubmissionCard:
    """A recording as the office sees it."""

    recording_id: UUID
    packet_id: UUID
    tracking_code: str
    kecamatan: str
    resident_id: UUID
    content_sha256: str
    status: Status
    status_since: datetime
    received_at: datetime
    recorded_at: datetime
    earlier_recording: UUID | None
    supplement_of: UUID | None
    card_from: date | None
    has_national_receipt: bool
    hops: tuple[Hop, ...]
    look: Mapping[str, Json] | None = None
    national_receipt_at: datetime | None = None

    @property
    def waits_for(self) -> str:
        """The office whose turn it is; a kecamatan by its code."""
        party = WAITS_FOR[self.status]
        return f"KECAMATAN:{self.kecamatan}" if party == "KECAMATAN" else party


def submission(recording_id: UUID) -> SubmissionCard | None:
    """One recording by its id."""
    return _one(id=recording_id)


def submission_by_code(tracking_code: str) -> SubmissionCard | None:
    """One recording by the code on its receipt."""
    return _one(tracking_code=tracking_code)


def recordings_of(people: Iterable[UUID]) -> list[UUID]:
    """The recordings of these residents, oldest first."""
    rows = Submission.objects.filter(resident_id__in=set(people)).order_by("recorded_at", "id")
    return list(rows.values_list("id", flat=True))


def submissions(*, kecamatan: str = "", limit: int = 200) -> list[SubmissionCard]:
    """The newest recordings of a kecamatan (or of all)."""
    rows = Submission.objects.order_by("-received_at", "id").prefetch_related("changes")
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    return [_card(row) for row in rows[:limit]]


def recorded(*, since: datetime, until: datetime) -> list[tuple[UUID, UUID, str]]:
    """Recordings of a span (end exclusive): their id, whom, in which kecamatan; supplements are left out."""
    rows = Submission.objects.filter(recorded_at__gte=since, recorded_at__lt=until, supplement_of__isnull=True)
    return list(rows.order_by("recorded_at", "id").values_list("id", "resident_id", "kecamatan"))


def is_recorded(resident_id: UUID) -> bool:
    """Whether a recording of this resident reached the regency."""
    return Submission.objects.filter(resident_id=resident_id).exists()


def waiting_to_be_sent() -> list[SubmissionCard]:
    """Recordings the national centre does not hold yet, oldest first."""
    rows = Submission.objects.filter(status=Status.BIO_CAPTURED).order_by("received_at", "id")
    return [_card(row) for row in rows.prefetch_related("changes")]


def waiting_for_the_centre() -> list[SubmissionCard]:
    """Recordings whose last word the national centre has not spoken, oldest first."""
    rows = Submission.objects.exclude(status__in=[*FINAL, Status.BIO_CAPTURED]).order_by("status_since", "id")
    return [_card(row) for row in rows.prefetch_related("changes")]


def waiting_to_be_judged() -> list[tuple[UUID, UUID]]:
    """Recordings that the regency's own judge has not looked at, each with its packet, oldest first."""
    rows = Submission.objects.filter(look__isnull=True).order_by("received_at", "id")
    return list(rows.values_list("id", "packet_id"))


def counts() -> dict[Status, int]:
    """How many recordings stand at each status."""
    found = dict.fromkeys(Status, 0)
    for status in Submission.objects.values_list("status", flat=True):
        found[Status(status)] += 1
    return found


def _one(**condition: object) -> SubmissionCard | None:
    row = Submission.objects.filter(**condition).prefetch_related("changes").first()
    return _card(row) if row else None


def _card(row: Submission) -> SubmissionCard:
    return SubmissionCard(
        recording_id=row.id,
        packet_id=row.packet_id,
        tracking_code=row.tracking_code,
        kecamatan=row.kecamatan,
        resident_id=row.resident_id,
        content_sha256=row.content_sha256,
        status=Status(row.status),
        status_since=row.status_since,
        received_at=row.received_at,
        recorded_at=row.recorded_at,
        earlier_recording=row.earlier_recording,
        supplement_of=row.supplement_of,
        card_from=row.card_from,
        has_national_receipt=bool(row.national_receipt),
        hops=tuple(Hop(Status(hop.status), hop.at, hop.said_by) for hop in row.changes.all()),
        look=row.look,
        national_receipt_at=_receipt_at(row),
    )


def _receipt_at(row: Submission) -> datetime | None:
    return datetime.fromisoformat(row.national_receipt["received_at"]) if row.national_receipt else None
