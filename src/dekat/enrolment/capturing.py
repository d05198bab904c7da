"""Fingers, eyes and the face from the devices: asked and judged outside the transaction, kept inside it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image

from dekat.accounts.actor import Actor
from dekat.enrolment import ports, same_finger
from dekat.enrolment.absences import is_pose_free
from dekat.enrolment.best_frame import Taken, chain, keep_best
from dekat.enrolment.exception_photo import plain_jpeg
from dekat.enrolment.models import Recording
from dekat.enrolment.photo import forget_photo
from dekat.enrolment.portrait import checked_portrait
from dekat.enrolment.ports import Capture
from dekat.enrolment.positions import FINGERS, IRISES, SLAP_FINGERS, Position, Slap
from dekat.enrolment.progress import progress_of
from dekat.enrolment.rules import INDEX_FINGERS, MoveNotAllowed, may_refuse
from dekat.enrolment.same_finger import Comparison
from dekat.enrolment.saving import is_saved, recording_of, refused_count, refused_name, save
from dekat.enrolment.states import Background, Purpose, Step
from dekat.enrolment.verdicts import Verdict, verdicts_on
from dekat.kernel.errors import DekatError

Shot = Callable[[Recording, frozenset[Position]], Sequence[Capture]]
Compare = Callable[[Recording, Sequence[Capture], Mapping[Position, Verdict]], Comparison]
_JPEG_START = b"\xff\xd8\xff"
_JPEG2000_START = b"\x00\x00\x00\x0cjP  "


class NothingCaptured(DekatError):
    """The device answered without the fingers or eyes that were asked for."""

    code = "enrolment.nothing_captured"


@dataclass(frozen=True)
class Ask:
    """One press of "rekam": where it belongs, what is wanted of which device, and with what it is compared."""

    step: Step
    purpose: Purpose
    what: str
    wanted: Collection[Position]
    shoot: Shot
    compare: Compare


def take_fingers(*, recording_id: UUID, step_id: UUID, slap: Slap, actor: Actor, now: datetime) -> None:
    """Capture one slap and keep each finger's best frame.

    Facts: fingers that are already recorded as others are sent back three times, then kept and flagged.
    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.nothing_captured, enrolment.capture_overtaken, enrolment.move_not_allowed,
    enrolment.finger.same_twice, enrolment.finger.wrong_hand.
    """

    def shoot(recording: Recording, absent: frozenset[Position]) -> Sequence[Capture]:
        return ports.devices(is_practice=recording.is_practice).capture_fingers(
            slap,
            exceptions=[finger for finger in SLAP_FINGERS[slap] if finger in absent],
            transaction_id=str(recording.id),
            previous_hash=recording.last_hash,
        )

    what = f"fingers_{slap.lower()}"
    ask = Ask(Step.FINGERS, Purpose.MAIN, what, SLAP_FINGERS[slap], shoot, same_finger.compare_slap)
    _take(ask, recording_id=recording_id, step_id=step_id, actor=actor, now=now)


def take_recheck(*, recording_id: UUID, step_id: UUID, position: Position, actor: Actor, now: datetime) -> None:
    """Capture one index finger a second time and compare it with what the slap recorded.

    Facts: a finger that is another one, or like none, is sent back three times, then kept and flagged; what the
    comparison told is in the measures, for the centre.
    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.nothing_captured, enrolment.move_not_allowed, enrolment.finger.recheck_other,
    enrolment.finger.recheck_unlike.
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
    ask = Ask(Step.INDEX_RECHECK, Purpose.RECHECK, what, (position,), shoot, same_finger.compare_recheck)
    _take(ask, recording_id=recording_id, step_id=step_id, actor=actor, now=now)


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

    ask = Ask(Step.IRISES, Purpose.MAIN, "irises", IRISES, shoot, same_finger.compare_nothing)
    _take(ask, recording_id=recording_id, step_id=step_id, actor=actor, now=now)


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
        chain(row, [capture], recording.last_hash, Purpose.MAIN)
        keep_best(row, Taken(capture, Verdict(portrait.measures)), Purpose.MAIN)
        face = row.captures.filter(position=Position.FACE, purpose=Purpose.MAIN)
        face.update(preview=portrait.jpeg, is_forced=portrait.is_forced)

    save(recording_id, step_id, Step.PHOTO, "photo_device", keep, actor=actor, now=now)


def take_exception_photo(*, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    """Take the photo of what is missing with a face device; no cloth is asked for.

    Again: the same `step_id` asks no device.
    Refuses: sbi.*, enrolment.photo.unreadable, enrolment.photo.too_small, enrolment.move_not_allowed.
    """
    if is_saved(step_id):
        return
    recording = recording_of(recording_id)
    capture = ports.devices(is_practice=recording.is_practice).capture_face(
        transaction_id=str(recording_id), previous_hash=recording.last_hash
    )
    plain = plain_jpeg(_jpeg_of(capture))

    def keep(row: Recording) -> None:
        row.captures.filter(position=Position.FACE, purpose=Purpose.EXCEPTION).delete()
        chain(row, [capture], recording.last_hash, Purpose.EXCEPTION)
        keep_best(row, Taken(capture, Verdict({})), Purpose.EXCEPTION)
        row.captures.filter(position=Position.FACE, purpose=Purpose.EXCEPTION).update(preview=plain)

    save(recording_id, step_id, None, "exception_photo_device", keep, actor=actor, now=now)


def _take(ask: Ask, *, recording_id: UUID, step_id: UUID, actor: Actor, now: datetime) -> None:
    if is_saved(step_id):
        return
    recording = _standing_at(recording_id, ask.step)
    captures = _shot(ask, recording)
    verdicts = verdicts_on({capture.position: capture.image for capture in captures})
    found = ask.compare(recording, captures, verdicts)
    is_sent_back = found.refusal is not None and may_refuse(refused_count(recording, ask.what))

    def keep(row: Recording) -> None:
        chain(row, captures, recording.last_hash, ask.purpose)
        for capture in captures if not is_sent_back else ():
            keep_best(row, found.taken(capture, verdicts[capture.position]), ask.purpose)

    what = refused_name(ask.what) if is_sent_back else ask.what
    save(recording_id, step_id, ask.step, what, keep, actor=actor, now=now)
    if is_sent_back and found.refusal is not None:
        raise found.refusal


def _shot(ask: Ask, recording: Recording) -> list[Capture]:
    absent = progress_of(recording).absent & {*FINGERS, *IRISES}
    shot = ask.shoot(recording, absent)
    captures = [one for one in shot if one.position in ask.wanted and one.position not in absent]
    if not captures:
        raise NothingCaptured
    return captures


def _standing_at(recording_id: UUID, at: Step) -> Recording:
    recording = recording_of(recording_id)
    if recording.step != at:
        raise MoveNotAllowed(step=Step(recording.step).label)
    return recording


def _jpeg_of(capture: Capture) -> bytes:
    """The picture that ISO 19794-5 wraps in its headers; JPEG 2000 is written again as JPEG, in its full size."""
    if (start := capture.image.find(_JPEG_START)) >= 0:
        return capture.image[start:]
    if (start := capture.image.find(_JPEG2000_START)) < 0:
        return capture.preview
    out = BytesIO()
    try:
        Image.open(BytesIO(capture.image[start:])).convert("RGB").save(out, "JPEG", quality=95)
    except (OSError, ValueError, Image.DecompressionBombError):
        return capture.preview
    return out.getvalue()
