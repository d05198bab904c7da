"""Fingers, eyes and the face from the devices: asked outside the transaction, kept inside it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.enrolment import ports
from dekat.enrolment.absences import is_pose_free
from dekat.enrolment.exception_photo import plain_jpeg
from dekat.enrolment.models import ChainLink, Recording, StepCapture
from dekat.enrolment.photo import forget_photo
from dekat.enrolment.portrait import checked_portrait
from dekat.enrolment.ports import Capture
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap
from dekat.enrolment.progress import progress_of
from dekat.enrolment.rules import INDEX_FINGERS, MoveNotAllowed
from dekat.enrolment.saving import is_saved, recording_of, save
from dekat.enrolment.states import Background, Purpose, Step
from dekat.kernel.errors import DekatError

Shot = Callable[[Recording, frozenset[Position]], Sequence[Capture]]
_JPEG_START = b"\xff\xd8\xff"


class CaptureOvertaken(DekatError):
    """Another capture of the same resident was kept while this one ran."""

    code = "enrolment.capture_overtaken"


class NothingCaptured(DekatError):
    """The device answered without the fingers or eyes that were asked for."""

    code = "enrolment.nothing_captured"


def take_fingers(*, recording_id: UUID, step_id: UUID, slap: Slap, actor: Actor, now: datetime) -> None:
    """Capture one slap and keep each finger's best try.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.nothing_captured, enrolment.capture_overtaken, enrolment.move_not_allowed.
    """

    def shoot(recording: Recording, absent: frozenset[Position]) -> Sequence[Capture]:
        return ports.devices(is_practice=recording.is_practice).capture_fingers(
            slap,
            exceptions=[finger for finger in SLAP_FINGERS[slap] if finger in absent],
            transaction_id=str(recording.id),
            previous_hash=recording.last_hash,
        )

    wanted = SLAP_FINGERS[slap]
    _take(recording_id, step_id, Step.FINGERS, Purpose.MAIN, f"fingers_{slap.lower()}", wanted, shoot, actor, now)


def take_recheck(*, recording_id: UUID, step_id: UUID, position: Position, actor: Actor, now: datetime) -> None:
    """Capture one index finger a second time; only that it was done, by which device and how well is kept here.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.nothing_captured, enrolment.move_not_allowed.
    """
    if position not in INDEX_FINGERS:
        raise MoveNotAllowed(step=Step.INDEX_RECHECK.label)
    slap = Slap.LEFT if position == Position.LEFT_INDEX else Slap.RIGHT

    def shoot(recording: Recording, absent: frozenset[Position]) -> Sequence[Capture]:
        return ports.devices(is_practice=recording.is_practice).capture_fingers(
            slap,
            exceptions=[finger for finger in SLAP_FINGERS[slap] if finger != position],
            transaction_id=str(recording.id),
            previous_hash=recording.last_hash,
        )

    what = f"recheck_{'left' if slap == Slap.LEFT else 'right'}"
    _take(recording_id, step_id, Step.INDEX_RECHECK, Purpose.RECHECK, what, (position,), shoot, actor, now)


def take_irises(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Capture both eyes, or the one that can be.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.nothing_captured, enrolment.move_not_allowed.
    """

    def shoot(recording: Recording, absent: frozenset[Position]) -> Sequence[Capture]:
        return ports.devices(is_practice=recording.is_practice).capture_irises(
            exceptions=[eye for eye in IRISES if eye in absent],
            transaction_id=str(recording.id),
            previous_hash=recording.last_hash,
        )

    _take(recording_id, step_id, Step.IRISES, Purpose.MAIN, "irises", IRISES, shoot, actor, now)


def take_face(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Capture the portrait with a face device; it is checked like a photo from the station's own camera.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.photo.*, enrolment.move_not_allowed.
    """
    if is_saved(step_id):
        return
    recording = _standing_at(recording_id, Step.PHOTO)
    capture = ports.devices(is_practice=recording.is_practice).capture_face(
        transaction_id=str(recording_id), previous_hash=recording.last_hash
    )
    portrait = checked_portrait(
        _jpeg_of(capture), wanted=Background(recording.background), is_cloth_free=is_pose_free(recording)
    )

    def keep(row: Recording) -> None:
        forget_photo(row)
        _chain(row, [capture], recording.last_hash, Purpose.MAIN)
        _keep_best(row, capture, Purpose.MAIN)
        face = row.captures.filter(position=Position.FACE, purpose=Purpose.MAIN)
        face.update(preview=portrait.jpeg, measures=portrait.measures)

    save(recording_id, step_id, Step.PHOTO, "photo_device", keep, actor=actor, now=now)


def take_exception_photo(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Take the photo of what is missing with a face device; no cloth is asked for.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.photo.unreadable, enrolment.photo.too_small, enrolment.move_not_allowed.
    """
    if is_saved(step_id):
        return
    recording = recording_of(recording_id)
    capture = ports.devices().capture_face(transaction_id=str(recording_id), previous_hash=recording.last_hash)
    plain = plain_jpeg(_jpeg_of(capture))

    def keep(row: Recording) -> None:
        row.captures.filter(position=Position.FACE, purpose=Purpose.EXCEPTION).delete()
        _chain(row, [capture], recording.last_hash, Purpose.EXCEPTION)
        _keep_best(row, capture, Purpose.EXCEPTION)
        row.captures.filter(position=Position.FACE, purpose=Purpose.EXCEPTION).update(preview=plain)

    save(recording_id, step_id, None, "exception_photo_device", keep, actor=actor, now=now)


def _take(
    recording_id: UUID,
    step_id: UUID,
    at: Step,
    purpose: Purpose,
    what: str,
    wanted: Collection[Position],
    shoot: Shot,
    actor: Actor,
    now: datetime,
) -> None:
    if is_saved(step_id):
        return
    recording = _standing_at(recording_id, at)
    absent = progress_of(recording).absent & {*FINGERS, *IRISES}
    captures = [one for one in shoot(recording, absent) if one.position in wanted and one.position not in absent]
    if not captures:
        raise NothingCaptured

    def keep(row: Recording) -> None:
        _chain(row, captures, recording.last_hash, purpose)
        for capture in captures:
            _keep_best(row, capture, purpose)

    save(recording_id, step_id, at, what, keep, actor=actor, now=now)


def _standing_at(recording_id: UUID, at: Step) -> Recording:
    recording = recording_of(recording_id)
    if recording.step != at:
        raise MoveNotAllowed(step=Step(recording.step).label)
    return recording


def _chain(recording: Recording, captures: Sequence[Capture], previous_hash: str, purpose: Purpose) -> None:
    if recording.last_hash != previous_hash:
        raise CaptureOvertaken
    first = recording.links.count() + 1
    ChainLink.objects.bulk_create(
        ChainLink(
            recording=recording,
            seq=first + place,
            position=capture.position,
            purpose=purpose,
            device_serial=capture.device_serial,
            previous_hash=capture.previous_hash,
            hash_hex=capture.hash_hex,
            score=capture.quality_score,
            captured_at=capture.captured_at,
        )
        for place, capture in enumerate(captures)
    )
    recording.last_hash = captures[-1].hash_hex
    recording.save(update_fields=["last_hash"])


def _keep_best(recording: Recording, capture: Capture, purpose: Purpose) -> None:
    known = recording.captures.filter(position=capture.position, purpose=purpose).first()
    tries = known.tries + 1 if known else 1
    if known and known.score > capture.quality_score:
        recording.captures.filter(id=known.id).update(tries=tries)
        return
    StepCapture.objects.update_or_create(
        recording=recording,
        position=capture.position,
        purpose=purpose,
        defaults={
            "image": capture.image,
            "preview": capture.preview,
            "score": capture.quality_score,
            "wanted_score": capture.requested_score,
            "tries": tries,
            "device_serial": capture.device_serial,
            "device_make": capture.device_make,
            "device_model": capture.device_model,
            "spec_version": capture.spec_version,
            "signed_jwt": capture.signed_jwt,
            "previous_hash": capture.previous_hash,
            "hash_hex": capture.hash_hex,
            "captured_at": capture.captured_at,
        },
    )


def _jpeg_of(capture: Capture) -> bytes:
    # ISO 19794-5 puts its headers before the picture; a JPEG 2000 picture is shown by its preview.
    start = capture.image.find(_JPEG_START)
    return capture.image[start:] if start >= 0 else capture.preview
