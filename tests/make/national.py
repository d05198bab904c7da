"""Recordings at the centre for tests."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dekat.kernel.ids import new_code, new_id
from dekat.national import services
from tests.make.accounts import VERIFIER

CONTENT = b"content of a sample recording"


def taken_in(now: datetime, *, resident_id: UUID | None = None, kecamatan: str = "35.11.15") -> UUID:
    """A recording that arrived at the centre."""
    recording_id = new_id(now)
    services.take_in(
        new=services.NewSubmission(
            recording_id=recording_id,
            packet_id=new_id(now),
            tracking_code=new_code(),
            kecamatan=kecamatan,
            resident_id=resident_id or new_id(now),
            content_sha256=sha256(CONTENT).hexdigest(),
            recorded_at=now,
        ),
        actor=VERIFIER,
        now=now,
    )
    return recording_id
