"""The end of a recording at the station: one packet that only the centre opens, and nothing readable left behind."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.enrolment import exceptions_rules, packet_content, rules
from dekat.enrolment.biodata import Biodata
from dekat.enrolment.competence import check_may_go_on
from dekat.enrolment.models import Recording, SavedStep
from dekat.enrolment.owed import owed_positions, settle
from dekat.enrolment.packet_content import (
    PackedAbsence,
    PackedCapture,
    PackedLink,
    PackedRuling,
    PackedTime,
    RecordingContent,
)
from dekat.enrolment.progress import progress_of, witnessed_of
from dekat.enrolment.rules import MoveNotAllowed
from dekat.enrolment.saving import RecordingUnknown, empty, tell
from dekat.enrolment.states import Step
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync.services import seal_packet

# What the evidence accepts as a device's subject; a stranger serial is told in that alphabet.
_ODD_LETTERS = re.compile(r"[^A-Za-z0-9._/-]")


class PracticeNeverSealed(DekatError):
    """Somebody who does not exist cannot become a packet."""

    code = "enrolment.practice_never_sealed"


class NotConfirmed(DekatError):
    """The resident has not confirmed the summary."""

    code = "enrolment.summary_not_confirmed"


def seal_recording(
    *, recording_id: UUID, step_id: UUID, is_confirmed_by_resident: bool, actor: Actor, now: datetime
) -> str:
    """Seal what the resident signed and the operator logged in for; give the tracking code.

    Facts: packet, emptied rows and events are one transaction: a power cut leaves either the whole recording or the
    whole packet.
    Again: a sealed recording gives its code.
    Refuses: enrolment.recording_unknown, enrolment.summary_not_confirmed, enrolment.move_not_allowed,
    enrolment.step_unfinished, enrolment.witness_owed, enrolment.nothing_recorded, enrolment.practice_never_sealed,
    enrolment.operator_not_competent, sync.item.too_large.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(id=recording_id).first()
        if recording is None:
            raise RecordingUnknown
        if recording.is_practice:
            raise PracticeNeverSealed
        if recording.step == Step.SEALED:
            return recording.code
        check_may_go_on(begun_by=recording.operator_id, actor=actor, now=now)
        if not is_confirmed_by_resident:
            raise NotConfirmed
        if recording.step != Step.SUMMARY:
            raise MoveNotAllowed(step=Step(recording.step).label)
        progress = progress_of(recording)
        rules.check_move(start=Step.SUMMARY, to=Step.SEALED, progress=progress)
        exceptions_rules.check_exceptions(progress=progress, witnessed=witnessed_of(recording))
        content = packet_content.write(_content(recording, now))
        seal_packet(packet_id=recording_id, kind=packet_content.KIND, content=content, operator=actor.label, now=now)
        tell_use(recording, actor, now)
        _close(recording, step_id, now)
        tell("enrolment.recording.sealed", recording_id, {"bytes": len(content)}, actor=actor, now=now)
        return recording.code


def _close(recording: Recording, step_id: UUID, now: datetime) -> None:
    took = max(0, int((now - recording.touched_at).total_seconds() * 1000))
    SavedStep.objects.create(
        id=step_id, recording=recording, step=Step.SUMMARY, what="sealed", took_ms=took, saved_at=now
    )
    recording.owed, recording.owed_by = owed_positions(recording)
    settle(recording)
    empty(recording)
    recording.step, recording.sealed_at, recording.touched_at = Step.SEALED, now, now
    recording.save(update_fields=["step", "sealed_at", "touched_at", "owed", "owed_by"])


def tell_use(recording: Recording, actor: Actor, now: datetime) -> None:
    """One use for each device that served this resident: the turn engine reads it."""
    serials = recording.links.order_by("device_serial").values_list("device_serial", flat=True).distinct()
    for serial in serials:
        record(
            name="readings.device.used",
            subject=f"device:{_ODD_LETTERS.sub('-', serial)[:60]}",
            actor=machine(actor.node).label,
            data={"use": "CAPTURE", "count": 1},
            now=now,
        )


def _content(recording: Recording, now: datetime) -> RecordingContent:
    signature = recording.signature_rows.first()
    return RecordingContent(
        recording_id=recording.id,
        code=recording.code,
        kecamatan=recording.kecamatan,
        operator_id=recording.operator_id,
        competence=recording.competence,
        biodata=Biodata.from_map(recording.biodata),
        corrections=tuple(recording.corrections),
        background=recording.background,
        photo_approved_at=iso(recording.photo_approved_at) if recording.photo_approved_at else "",
        captures=_captures(recording),
        chain=_chain(recording),
        absences=_absences(recording),
        signature_strokes=signature.strokes if signature else [],
        signature_png=bytes(signature.png) if signature else b"",
        signature_measures=signature.measures if signature else {},
        times=tuple(PackedTime(row.step, row.what, row.took_ms) for row in recording.saves.order_by("saved_at", "id")),
        started_at=recording.started_at,
        confirmed_at=now,
        domicile=recording.domicile,
        place=recording.place,
        elsewhere=recording.elsewhere,
        supplement_of=str(recording.supplement_of or ""),
        rulings=tuple(
            PackedRuling(row.what, str(row.decided_by), iso(row.decided_at) if row.decided_at else "")
            for row in recording.rulings.order_by("what")
        ),
    )


def _captures(recording: Recording) -> tuple[PackedCapture, ...]:
    return tuple(
        PackedCapture(
            position=row.position,
            purpose=row.purpose,
            image=bytes(row.image),
            jpeg=bytes(row.preview) if row.position == "Face" else b"",
            score=row.score,
            wanted_score=row.wanted_score,
            algorithm=f"{row.device_make} {row.device_model} SBI {row.spec_version}" if row.signed_jwt else "",
            measures=row.measures,
            tries=row.tries,
            is_forced=row.is_forced,
            device_serial=row.device_serial,
            device_make=row.device_make,
            device_model=row.device_model,
            spec_version=row.spec_version,
            signed_jwt=row.signed_jwt,
            previous_hash=row.previous_hash,
            hash_hex=row.hash_hex,
            captured_at=iso(row.captured_at),
        )
        for row in recording.captures.order_by("purpose", "position")
    )


def _chain(recording: Recording) -> tuple[PackedLink, ...]:
    return tuple(
        PackedLink(
            seq=row.seq,
            position=row.position,
            purpose=row.purpose,
            device_serial=row.device_serial,
            previous_hash=row.previous_hash,
            hash_hex=row.hash_hex,
            score=row.score,
            captured_at=iso(row.captured_at),
        )
        for row in recording.links.order_by("seq")
    )


def _absences(recording: Recording) -> tuple[PackedAbsence, ...]:
    return tuple(
        PackedAbsence(
            position=row.position,
            state=row.state,
            reason=row.reason,
            is_permanent=row.is_permanent,
            confirmed_by=str(row.confirmed_by),
            confirmed_at=iso(row.confirmed_at) if row.confirmed_at else "",
            due_on=row.due_on.isoformat() if row.due_on else "",
        )
        for row in recording.absences.order_by("position")
    )
