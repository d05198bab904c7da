"""Reading an RCAPTURE answer: every check MOSIP's own client makes, and the hash chain besides."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image

from dekat.adapters.sbi.chain import check_link
from dekat.adapters.sbi.iso import Record, open_image, read_record
from dekat.adapters.sbi.refusals import (
    AnswerUnreadable,
    ClockDiffers,
    CountWrong,
    ScoreMissing,
    SignerUnknown,
    WrongTransaction,
    WrongVersion,
    refusal,
)
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.adapters.sbi.wire import SPEC_VERSION, SUCCESS, Object, decode, read_stamp, text
from dekat.enrolment.ports import Capture, DeviceKind
from dekat.enrolment.positions import Position

_CLOCKS_MAY_DIFFER = timedelta(minutes=5)
_PREVIEW_PIXELS = (360, 360)


@dataclass(frozen=True)
class Expected:
    """What the answer must fit."""

    kind: DeviceKind
    positions: tuple[Position, ...]
    transaction_id: str
    previous_hash: str
    serial: str


def read_captures(answer: Any, expected: Expected, trust: DeviceTrust, now: datetime) -> list[Capture]:
    """The captures of an answer, in the order of the expected positions, each link of the chain checked.

    Refuses: every sbi.answer.* code, sbi.capture.count_wrong, and the refusal behind the device's own error code.
    """
    items = answer.get("biometrics") if isinstance(answer, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise AnswerUnreadable(part="biometrics")
    for item in items:
        _refuse_error(item)
    if len(items) != len(expected.positions):  # also an answer that came twice
        raise CountWrong(expected=len(expected.positions), got=len(items))
    captures = []
    before = expected.previous_hash
    for item in items:
        capture = _capture(item, expected, before, trust, now)
        captures.append(capture)
        before = capture.hash_hex
    if sorted(capture.position for capture in captures) != sorted(expected.positions):
        raise CountWrong(expected=len(expected.positions), got=len(captures))
    return captures


def _refuse_error(item: Object) -> None:
    error = item.get("error")
    code = text(error, "errorCode") if isinstance(error, dict) else SUCCESS
    if code != SUCCESS:
        raise refusal(code)


def _capture(item: Object, expected: Expected, before: str, trust: DeviceTrust, now: datetime) -> Capture:
    version = text(item, "specVersion")
    if version != SPEC_VERSION:
        raise WrongVersion(version=version)
    token = text(item, "data")
    payload = trust.read(token, now)
    identity = trust.read(text(payload, "digitalId"), now)
    captured_at = _checked_time(payload, now)
    _check_belonging(payload, identity, expected)
    data = decode(text(payload, "bioValue"))
    claimed = text(item, "hash").upper()
    check_link(before, data, claimed)
    record = read_record(data)
    return Capture(
        position=_position(payload, record),
        image=data,
        preview=_preview(record),
        quality_score=_score(payload, "qualityScore"),
        requested_score=_score(payload, "requestedScore"),
        device_serial=text(identity, "serialNo"),
        device_make=text(identity, "make"),
        device_model=text(identity, "model"),
        signed_jwt=token,
        previous_hash=before,
        hash_hex=claimed,
        spec_version=version,
        transaction_id=expected.transaction_id,
        captured_at=captured_at,
    )


def _check_belonging(payload: Object, identity: Object, expected: Expected) -> None:
    """The answer must be for this capture and from the device that was asked."""
    if text(payload, "transactionId") != expected.transaction_id:
        raise WrongTransaction
    if text(payload, "bioType").capitalize() != expected.kind.value:
        raise AnswerUnreadable(part="bioType")
    if text(identity, "serialNo") != expected.serial:
        raise SignerUnknown


def _checked_time(payload: Object, now: datetime) -> datetime:
    captured_at = read_stamp(payload, "timestamp")
    apart = abs(now - captured_at)
    if apart > _CLOCKS_MAY_DIFFER:
        raise ClockDiffers(minutes=round(apart.total_seconds() / 60))
    return captured_at


def _position(payload: Object, record: Record) -> Position:
    """Where the device says it looked; its word and its record must agree."""
    word = payload.get("bioSubType") or Position.FACE.value
    try:
        position = Position(str(word))
    except ValueError as error:
        raise AnswerUnreadable(part="bioSubType") from error
    if position is not record.position:
        raise AnswerUnreadable(part="bioSubType")
    return position


def _score(payload: Object, name: str) -> float:
    if payload.get(name) in (None, ""):
        raise ScoreMissing
    try:
        score = float(text(payload, name))
    except ValueError as error:
        raise AnswerUnreadable(part=name) from error
    if not 0 <= score <= 100:
        raise AnswerUnreadable(part=name)
    return score


def _preview(record: Record) -> bytes:
    picture = open_image(record)
    picture = picture.convert("RGB" if picture.mode in ("RGB", "RGBA", "P") else "L")
    picture.thumbnail(_PREVIEW_PIXELS, Image.Resampling.BICUBIC)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
