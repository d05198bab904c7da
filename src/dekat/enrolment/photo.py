"""The portrait: from the station's camera or a face device, approved by the resident."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.enrolment import rules
from dekat.enrolment.absences import is_pose_free
from dekat.enrolment.models import Recording, StepCapture
from dekat.enrolment.portrait import PhotoUnreadable, checked_portrait
from dekat.enrolment.positions import Position
from dekat.enrolment.quality import Look, judge
from dekat.enrolment.saving import recording_of, save
from dekat.enrolment.states import Background, Purpose, Step

LARGEST_FRAME_BYTES = 1_000_000
# A frame may be smaller than the photo that is kept, so its pixels from eye to eye say nothing.
_ONLY_KEPT = "face.detail"


def look_at_frame(*, recording_id: UUID, jpeg: bytes) -> Look:
    """Judge one live frame of the camera; nothing is kept.

    Refuses: enrolment.recording_unknown, enrolment.move_not_allowed, enrolment.photo.unreadable,
    enrolment.quality.judge_away.
    """
    recording = recording_of(recording_id)
    if recording.step != Step.PHOTO:
        raise rules.MoveNotAllowed(step=Step(recording.step).label)
    if not jpeg or len(jpeg) > LARGEST_FRAME_BYTES:
        raise PhotoUnreadable
    look = judge().face(jpeg, background=Background(recording.background))
    return replace(look, checks=tuple(check for check in look.checks if check.key != _ONLY_KEPT))


def keep_photo(*, recording_id: UUID, step_id: UUID, jpeg: bytes, camera: str, actor: Actor, now: datetime) -> None:
    """Keep a portrait from the station's own camera; a former approval falls away with the former photo.

    Refuses: enrolment.photo.unreadable, enrolment.photo.too_small, enrolment.photo.background_wrong.
    """
    row = recording_of(recording_id)
    portrait = checked_portrait(jpeg, wanted=Background(row.background), is_cloth_free=is_pose_free(row))

    def keep(recording: Recording) -> None:
        forget_photo(recording)
        StepCapture.objects.create(
            recording=recording,
            position=Position.FACE,
            purpose=Purpose.MAIN,
            image=portrait.jpeg,
            preview=portrait.jpeg,
            score=portrait.score,
            wanted_score=0,
            is_forced=portrait.is_forced,
            measures=portrait.measures,
            device_make="webcam",
            device_model=camera[:80],
            hash_hex="",
            captured_at=now,
        )

    save(recording_id, step_id, Step.PHOTO, "photo", keep, actor=actor, now=now)


def approve_photo(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Keep that the resident looked at the photo and agrees with it.

    Refuses: enrolment.step_unfinished (there is no photo).
    Law: ditjen-13999-2024
    """

    def keep(recording: Recording) -> None:
        if not recording.captures.filter(position=Position.FACE, purpose=Purpose.MAIN).exists():
            raise rules.StepUnfinished(step=Step.PHOTO.label, count=1)
        recording.photo_approved_at = now
        recording.save(update_fields=["photo_approved_at"])

    save(recording_id, step_id, Step.PHOTO, "photo_approved", keep, actor=actor, now=now)


def reject_photo(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Throw away a photo the resident does not like; there is no limit to how often."""
    save(recording_id, step_id, Step.PHOTO, "photo_rejected", forget_photo, actor=actor, now=now)


def forget_photo(recording: Recording) -> None:
    """Drop the kept photo with its approval; its link in the hash chain stays."""
    recording.captures.filter(position=Position.FACE, purpose=Purpose.MAIN).delete()
    recording.absences.filter(position=Position.FACE).delete()
    recording.photo_approved_at = None
    recording.save(update_fields=["photo_approved_at"])
