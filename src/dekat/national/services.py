"""Commands: take a recording in, note each status that becomes known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.national.models import StatusChange, Submission
from dekat.national.numbers import ask_number, note_number_given, note_number_sent
from dekat.national.ports import Receipt
from dekat.national.statuses import Status, may_follow

__all__ = ["ask_number", "note_number_given", "note_number_sent"]


class SubmissionUnknown(DekatError):
    """No recording of this id was taken in here."""

    code = "national.submission_unknown"


class StatusMayNotFollow(DekatError):
    """A status came that cannot follow the present one."""

    code = "national.status_may_not_follow"


@dataclass(frozen=True)
class NewSubmission:
    """What the regency keeps of a recording besides its sealed packet.

    Facts: `recorded_at` is the station's clock; `content_sha256` is of the opened content; `card_from` is the day from
    which a card may be printed (None: at once); `supplement_of` is the recording that this one completes.
    """

    recording_id: UUID
    packet_id: UUID
    tracking_code: str
    kecamatan: str
    resident_id: UUID
    content_sha256: str
    recorded_at: datetime
    card_from: date | None = None
    supplement_of: UUID | None = None


def take_in(*, new: NewSubmission, actor: Actor, now: datetime) -> Status:
    """Start following a recording. One resident is recorded once: a second recording is held as DUPLICATE_RECORD.

    Facts: a supplement brings what its first recording owed, so neither of the two is the other's duplicate.
    Again: the same recording id returns its present status and changes nothing.
    """
    with transaction.atomic():
        if known := Submission.objects.filter(id=new.recording_id).first():
            return Status(known.status)
        earlier = _earlier(new)
        submission = Submission.objects.create(
            id=new.recording_id,
            packet_id=new.packet_id,
            tracking_code=new.tracking_code,
            kecamatan=new.kecamatan,
            resident_id=new.resident_id,
            content_sha256=new.content_sha256,
            status=Status.BIO_CAPTURED,
            status_since=now,
            received_at=now,
            recorded_at=new.recorded_at,
            earlier_recording=earlier.id if earlier else None,
            supplement_of=new.supplement_of,
            card_from=new.card_from,
        )
        _note(submission, Status.BIO_CAPTURED, at=now, actor=actor, now=now)
        if earlier:
            _note(submission, Status.DUPLICATE_RECORD, at=now, actor=actor, now=now)
        return Status(submission.status)


def note_sent(*, recording_id: UUID, receipt: Receipt, actor: Actor, now: datetime) -> None:
    """Keep the national centre's receipt; from here the regency can only watch.

    Again: a second receipt for the same recording changes nothing.
    Refuses: national.submission_unknown.
    """
    with transaction.atomic():
        submission = _locked(recording_id)
        if submission.national_receipt:
            return
        submission.national_receipt = receipt.message()
        submission.save(update_fields=["national_receipt"])
        _note(
            submission,
            Status.SENT_FOR_ENROLLMENT,
            at=now,
            actor=actor,
            now=now,
            extra={"receipt_signature": receipt.signature},
        )


def note_look(*, recording_id: UUID, look: Mapping[str, Json], actor: Actor, now: datetime) -> None:
    """Keep what the regency's own judge found; figures and positions, no picture.

    Again: a recording that was looked at keeps its first look.
    Refuses: national.submission_unknown.
    """
    with transaction.atomic():
        submission = _locked(recording_id)
        if submission.look is not None:
            return
        submission.look = dict(look)
        submission.save(update_fields=["look"])
        counts: dict[str, Json] = {name: len(found) for name, found in look.items() if isinstance(found, list)}
        record(
            name="national.recording.judged",
            subject=f"recording:{recording_id}",
            actor=actor.label,
            data={"kecamatan": submission.kecamatan, **counts},
            now=now,
        )


def note_status(*, recording_id: UUID, status: Status, at: datetime, said_by: str, actor: Actor, now: datetime) -> bool:
    """Keep a status that the national centre told; True when it is news.

    Again: a status already held changes nothing.
    Refuses: national.submission_unknown, national.status_may_not_follow.
    """
    with transaction.atomic():
        submission = _locked(recording_id)
        if StatusChange.objects.filter(submission=submission, status=status).exists():
            return False
        if not may_follow(Status(submission.status), status):
            raise StatusMayNotFollow(before=submission.status, wanted=str(status))
        _note(submission, status, at=at, actor=actor, now=now, said_by=said_by)
        return True


def _earlier(new: NewSubmission) -> Submission | None:
    """The recording of the same resident that makes this one a duplicate."""
    others = Submission.objects.filter(resident_id=new.resident_id, supplement_of=None)
    others = others.exclude(id__in=_completed(new.supplement_of))
    return others.exclude(status=Status.ENROLL_FAILURE_AT_CENTRAL).order_by("received_at", "id").first()


def _completed(first: UUID | None) -> set[UUID]:
    """What a supplement completes: a recording, or an earlier supplement and what that one completed."""
    found: set[UUID] = set()
    while first and first not in found:
        found.add(first)
        first = Submission.objects.filter(id=first).values_list("supplement_of", flat=True).first()
    return found


def _locked(recording_id: UUID) -> Submission:
    submission = Submission.objects.select_for_update().filter(id=recording_id).first()
    if submission is None:
        raise SubmissionUnknown
    return submission


def _note(
    submission: Submission,
    status: Status,
    *,
    at: datetime,
    actor: Actor,
    now: datetime,
    said_by: str = "DISPENDUKCAPIL",
    extra: dict[str, Json] | None = None,
) -> None:
    event = record(
        name="national.recording.status_changed",
        subject=f"recording:{submission.id}",
        actor=actor.label,
        data={"status": str(status), "said_by": said_by, "kecamatan": submission.kecamatan, **(extra or {})},
        occurred_at=at,
        now=now,
    )
    StatusChange.objects.create(submission=submission, status=status, at=at, said_by=said_by, event_id=event.id)
    submission.status, submission.status_since = status, at
    submission.save(update_fields=["status", "status_since"])
