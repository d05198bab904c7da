"""The best frame of each finger and eye is kept, with the chain of everything the devices made."""

from collections.abc import Sequence
from dataclasses import dataclass

from dekat.enrolment.models import ChainLink, Recording, StepCapture
from dekat.enrolment.ports import Capture
from dekat.enrolment.rules import is_forced
from dekat.enrolment.states import Purpose
from dekat.enrolment.verdicts import Verdict
from dekat.kernel.errors import DekatError


class CaptureOvertaken(DekatError):
    """Another capture of the same resident was kept while this one ran."""

    code = "enrolment.capture_overtaken"


@dataclass(frozen=True)
class Taken:
    """One new capture and what is known of it.

    Facts: `is_flagged` is kept although it looks like another finger; `is_new_finger` is not the finger that was kept
    before, so the earlier one does not count.
    """

    capture: Capture
    verdict: Verdict
    is_flagged: bool = False
    is_new_finger: bool = False


def chain(recording: Recording, captures: Sequence[Capture], previous_hash: str, purpose: Purpose) -> None:
    """Keep the place of each capture in the devices' chain.

    Refuses: enrolment.capture_overtaken.
    """
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


def keep_best(recording: Recording, taken: Taken, purpose: Purpose) -> None:
    """Keep this capture, or the earlier one where that was better; count the try."""
    capture = taken.capture
    known = recording.captures.filter(position=capture.position, purpose=purpose).first()
    tries = known.tries + 1 if known else 1
    is_sound = known is not None and not taken.is_new_finger and not _is_suspect(known)
    if known and is_sound and (taken.is_flagged or _is_better(known, taken)):
        forced = is_forced(
            score=known.score, wanted=known.wanted_score, tries=tries, is_well_judged=not known.measures.get("wrong")
        )
        recording.captures.filter(id=known.id).update(tries=tries, is_forced=forced)
        return
    forced = taken.is_flagged or is_forced(
        score=capture.quality_score,
        wanted=capture.requested_score,
        tries=tries,
        is_well_judged=taken.verdict.is_good,
    )
    StepCapture.objects.update_or_create(
        recording=recording,
        position=capture.position,
        purpose=purpose,
        defaults={
            "image": capture.image,
            "preview": capture.preview,
            "score": capture.quality_score,
            "wanted_score": capture.requested_score,
            "measures": dict(taken.verdict.measures),
            "tries": tries,
            "is_forced": forced,
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


def _is_suspect(known: StepCapture) -> bool:
    """Whether what is kept was flagged as some other finger: any new try is worth more."""
    return bool(known.measures.get("same_as", known.position) != known.position)


def _is_better(known: StepCapture, taken: Taken) -> bool:
    """Whether what is kept beats the new try: by our own look where both were seen, else by the device's score."""
    capture, new = taken.capture, taken.verdict
    old_score = known.measures.get("score")
    if old_score is None or new.score is None:
        return bool(known.score > capture.quality_score)
    old = (not known.measures.get("wrong"), old_score, known.score)
    return bool(old > (new.is_good, new.score, capture.quality_score))
