"""A recording arrives at the centre: checked again, held against earlier ones, followed from here on.

Called by sync inside the transaction that makes the packet's effect happen exactly once. Nothing a station checked is
believed; the opened content is never written down, the sealed packet stays as it came.
"""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dekat.accounts.actor import machine
from dekat.accounts.queries import node as known_node
from dekat.enrolment import packet_content
from dekat.flows.follow_recording import publish_status
from dekat.kernel.errors import DekatError
from dekat.national import services
from dekat.registry import queries as registry


class RecordingElsewhere(DekatError):
    """A recording names another kecamatan than the station that sealed it serves."""

    code = "flows.recording.elsewhere"


class ResidentUnknown(DekatError):
    """A recording names a resident whom the register does not know."""

    code = "flows.recording.resident_unknown"


def receive_recording(*, item_id: UUID, node: str, body: bytes, now: datetime) -> None:
    """Take a recording in (packet handler for `recording/2` and the earlier `recording/1`).

    Again: the same recording changes nothing.
    Refuses: enrolment.packet.unreadable, flows.recording.elsewhere, flows.recording.resident_unknown.
    """
    content = packet_content.read(body)
    if known_node(node).kecamatan != content.kecamatan:
        raise RecordingElsewhere
    resident_id = UUID(content.biodata.resident_id)
    if not registry.is_known(resident_id):
        raise ResidentUnknown
    services.take_in(
        new=services.NewSubmission(
            recording_id=content.recording_id,
            packet_id=item_id,
            tracking_code=content.code,
            kecamatan=content.kecamatan,
            resident_id=resident_id,
            content_sha256=sha256(body).hexdigest(),
            recorded_at=content.confirmed_at,
        ),
        actor=machine(node),
        now=now,
    )
    publish_status(recording_id=content.recording_id, now=now)
