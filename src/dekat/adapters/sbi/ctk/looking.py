"""What is looked at in the captures of an answer beside their shape: signatures, chain, containers, scores, time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dekat.adapters.sbi.chain import check_link
from dekat.adapters.sbi.ctk.definitions import Definition, Topic
from dekat.adapters.sbi.iso import Kind, Record, open_image, read_record
from dekat.adapters.sbi.trust import DeviceTrust, unchecked_payload
from dekat.adapters.sbi.wire import Object, decode, read_stamp, text
from dekat.enrolment.positions import Position
from dekat.kernel.errors import DekatError

SLOWEST_CAPTURE_S = 4.0  # what the protocol asks of a device once the finger lies still
_CLOCKS_MAY_DIFFER = timedelta(minutes=5)
_LEAST_PER_INCH = 500
_SMALLEST_IRIS = 210  # pixels across, 19794-6 as the protocol wants it
_SLACK_S = 2.0


@dataclass(frozen=True)
class Answered:
    """A capture that was answered: the definition, what was asked, what came, and how long it took."""

    definition: Definition
    request: dict[str, Any]
    items: list[dict[str, Any]]
    took_s: float


def faults_of(answered: Answered, trust: DeviceTrust, now: datetime) -> list[str]:
    """Everything that is wrong with the captures, in the protocol's own words."""
    faults = []
    before = str(answered.request["bio"][0]["previousHash"])
    for place, item in enumerate(answered.items):
        try:
            faults += [f"{place}: {fault}" for fault in _item_faults(answered, item, before, trust, now)]
            before = text(item, "hash")
        except DekatError as refused:
            faults.append(f"{place}: {refused.code}")
    return [*faults, *_whole_faults(answered)]


def _item_faults(answered: Answered, item: Object, before: str, trust: DeviceTrust, now: datetime) -> Iterator[str]:
    payload = trust.read(text(item, "data"), now)
    trust.read(text(payload, "digitalId"), now)
    data = decode(text(payload, "bioValue"))
    check_link(before, data, text(item, "hash"))
    if text(payload, "transactionId") != answered.request["transactionId"]:
        yield "transactionId"
    if text(payload, "requestedScore") != answered.definition.requested_score:
        yield "requestedScore"
    if abs(read_stamp(payload, "timestamp") - now) > _CLOCKS_MAY_DIFFER:
        yield "timestamp"
    record = read_record(data)
    if record.position.value != payload.get("bioSubType", Position.FACE.value):
        yield "bioSubType"
    if answered.definition.topic is Topic.CONTAINER:
        yield from _container_faults(record, payload)
    if "BiometricsQualityCheckValidator" in answered.definition.validators:
        yield from _quality_faults(payload)


def _container_faults(record: Record, payload: Object) -> Iterator[str]:
    """ISO/IEC 19794-4, -5, -6:2011 as the protocol wants them."""
    picture = open_image(record)
    if picture.size != (record.width, record.height):
        yield "ISO: size"
    if record.kind is Kind.FINGER and (record.resolution or 0) < _LEAST_PER_INCH:
        yield f"ISO: {record.resolution} dpi"
    if record.kind is Kind.IRIS and min(record.width, record.height) < _SMALLEST_IRIS:
        yield "ISO: iris diameter"
    if record.score is not None and record.score != round(float(text(payload, "qualityScore"))):
        yield "ISO: quality"


def _quality_faults(payload: Object) -> Iterator[str]:
    score, wanted = float(text(payload, "qualityScore")), float(text(payload, "requestedScore"))
    if score < wanted:
        yield f"qualityScore: {score:g} < {wanted:g}"


def _whole_faults(answered: Answered) -> Iterator[str]:
    definition = answered.definition
    if "ResponseMismatchValidator" in definition.validators:
        got = sorted(str(unchecked_payload(text(item, "data")).get("bioSubType", "Face")) for item in answered.items)
        if got != sorted(position.value for position in definition.segments or (Position.FACE,)):
            yield f"bioSubType: {', '.join(got)}"
    if definition.topic is Topic.SPEED and answered.took_s > SLOWEST_CAPTURE_S:
        yield f"time: {answered.took_s:.1f} s"
    if "TimeoutValidator" in definition.validators and answered.took_s > definition.timeout_ms / 1000 + _SLACK_S:
        yield f"timeout: {answered.took_s:.1f} s"
