"""Recordings at the centre for tests."""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from dekat.cards.services import queue_card
from dekat.kernel.ids import new_code, new_id
from dekat.national import queries, services
from dekat.national.ports import Receipt
from dekat.national.statuses import Status
from tests.make.accounts import VERIFIER

CONTENT = b"content of a sample recording"


def taken_in(
    now: datetime,
    *,
    resident_id: UUID | None = None,
    kecamatan: str = "35.11.15",
    supplement_of: UUID | None = None,
    packet_id: UUID | None = None,
) -> UUID:
    """A recording that arrived at the centre."""
    recording_id = new_id(now)
    services.take_in(
        new=services.NewSubmission(
            recording_id=recording_id,
            packet_id=packet_id or new_id(now),
            tracking_code=new_code(),
            kecamatan=kecamatan,
            resident_id=resident_id or new_id(now),
            content_sha256=sha256(CONTENT).hexdigest(),
            recorded_at=now,
            supplement_of=supplement_of,
        ),
        actor=VERIFIER,
        now=now,
    )
    return recording_id


def sent_on(recording_id: UUID, now: datetime) -> None:
    """The national centre has it and said so."""
    receipt = Receipt(recording_id, sha256(CONTENT).hexdigest(), now, "signed")
    services.note_sent(recording_id=recording_id, receipt=receipt, actor=VERIFIER, now=now)


def ready_to_print(
    now: datetime, *, resident_id: UUID, kecamatan: str = "35.11.15", print_from: date | None = None
) -> UUID:
    """A recording that the national centre found to be print-ready, with its card in the queue."""
    recording_id = taken_in(now, resident_id=resident_id, kecamatan=kecamatan)
    sent_on(recording_id, now)
    for status in (Status.RECEIVED_AT_CENTRAL, Status.PRINT_READY_RECORD):
        services.note_status(recording_id=recording_id, status=status, at=now, said_by="PUSAT", actor=VERIFIER, now=now)
    queue_card(
        recording_id=recording_id,
        resident_id=resident_id,
        tracking_code=queries.submission(recording_id).tracking_code,
        kecamatan=kecamatan,
        is_first_time=True,
        ready_at=now,
        print_from=print_from,
        actor=VERIFIER,
        now=now,
    )
    return recording_id
