"""A seal that a power cut interrupted: the packet is whole on the disk, so its recording is closed as well."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.queries import own_identity
from dekat.enrolment.models import Recording
from dekat.enrolment.owed import owed_positions, settle
from dekat.enrolment.saving import empty
from dekat.enrolment.seal import tell_use
from dekat.enrolment.states import Step
from dekat.ledger.services import record


def close_sealed(*, item_id: UUID, operator: str, size_bytes: int, now: datetime) -> None:
    """Close the recording whose packet was found whole, so that nothing readable stays and nothing is sealed twice.

    Facts: `operator` is the label of who pressed, as the packet says; the event carries it.
    Again: a closed recording stays closed.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(id=item_id).first()
        if recording is None or recording.step in (Step.SEALED, Step.DISCARDED):
            return
        node = own_identity().node.name
        tell_use(recording, Actor(account_id=None, role=None, kecamatan=recording.kecamatan, node=node), now)
        recording.owed, recording.owed_by = owed_positions(recording)
        settle(recording)
        empty(recording)
        recording.step, recording.sealed_at, recording.touched_at = Step.SEALED, now, now
        recording.save(update_fields=["step", "sealed_at", "touched_at", "owed", "owed_by"])
        record(
            name="enrolment.recording.sealed",
            subject=f"recording:{item_id}",
            actor=operator or machine(node).label,
            data={"bytes": size_bytes},
            now=now,
        )
