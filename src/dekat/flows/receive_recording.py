"""A recording arrives at the centre: checked again, held against earlier ones, followed from here on.

Called by sync inside the transaction that makes the packet's effect happen exactly once. Nothing a station checked is
believed; the opened content is never written down, the sealed packet stays as it came.
"""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.utils.timezone import localdate

from dekat.accounts.actor import machine
from dekat.accounts.queries import node as known_node
from dekat.enrolment import ages, packet_content
from dekat.enrolment.packet_content import RecordingContent
from dekat.enrolment.states import Domicile
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
    resident_id = _resident_of(content)
    services.take_in(
        new=services.NewSubmission(
            recording_id=content.recording_id,
            packet_id=item_id,
            tracking_code=content.code,
            kecamatan=content.kecamatan,
            resident_id=resident_id,
            content_sha256=sha256(body).hexdigest(),
            recorded_at=content.confirmed_at,
            card_from=_card_from(content, resident_id, now),
            supplement_of=UUID(content.supplement_of) if content.supplement_of else None,
        ),
        actor=machine(node),
        now=now,
    )
    publish_status(recording_id=content.recording_id, now=now)


def _resident_of(content: RecordingContent) -> UUID:
    """Whom the recording is of: by the register's id, and for somebody out of domicile by the NIK on their KK.

    A resident of another regency is in no register of ours: the recording keeps the id that the station gave it.
    """
    resident_id = UUID(content.biodata.resident_id)
    if content.domicile == Domicile.HERE:
        if not registry.is_known(resident_id):
            raise ResidentUnknown
        return resident_id
    try:
        return registry.resident_by_nik(content.biodata.nik).id
    except registry.ResidentUnknown:
        return resident_id


def _card_from(content: RecordingContent, resident_id: UUID, now: datetime) -> date | None:
    """From when a card may be printed: by the register where it knows the person, else by the KK as copied."""
    born_on, marital_status = content.biodata.born_on, content.biodata.marital_status
    if registry.is_known(resident_id):
        known = registry.resident(resident_id)
        born_on, marital_status = known.born_on.iso, known.marital_status.label
    return ages.card_from(born_on=born_on, marital_status=marital_status, on=localdate(now))
