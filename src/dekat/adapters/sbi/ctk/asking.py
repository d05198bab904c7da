"""How each method of a definition is asked, and what is wrong in the answer."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from dekat.adapters.sbi.answers import Expected, read_captures
from dekat.adapters.sbi.ctk.definitions import Definition, Need, Topic
from dekat.adapters.sbi.ctk.looking import Answered, faults_of
from dekat.adapters.sbi.ctk.schemas import Schemas
from dekat.adapters.sbi.discovery import Found, read_info
from dekat.adapters.sbi.exchange import ASK_S, CAPTURE_S, Question, ask, stream
from dekat.adapters.sbi.requests import Shot, capture_request
from dekat.adapters.sbi.trust import DeviceTrust, signer_chain, unchecked_payload
from dekat.adapters.sbi.wire import SUCCESS, decode_object, text
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Position
from dekat.kernel.errors import DekatError

FRAMES, SLOWEST_FRAMES_S = 4, 4 / 3  # three frames a second
_PREVIOUS_HASH = "AB" * 32
_SLACK_S = 2.0  # beyond the timeout, for the answer to come


@dataclass(frozen=True)
class Bench:
    """What stays the same from one definition to the next."""

    schemas: Schemas
    trust: DeviceTrust
    clock: Callable[[], datetime]


@dataclass(frozen=True)
class Heard:
    """The faults of an answer, and what the station's own reader made of it: a state, a refusal's code, or nothing."""

    faults: tuple[str, ...]
    station: str = ""


def ask_discovery(definition: Definition, device: Found, bench: Bench) -> Heard:
    """MOSIPDISC."""
    request = {"type": device.state.kind.value}
    faults = bench.schemas.faults(request, definition.request_schema)
    answers = _ask(device, "MOSIPDISC", "/device", request)
    for answer in answers:
        answer["digitalIdDecoded"] = decode_object(text(answer, "digitalId"))
    return Heard((*faults, *bench.schemas.faults(answers, definition.response_schema)))


def ask_info(definition: Definition, device: Found, bench: Bench) -> Heard:
    """MOSIPDINFO. The station reads the same answer: a device in trouble must be seen as one."""
    answers = _ask(device, "MOSIPDINFO", "/info", None)
    faults: list[str] = []
    station = ""
    for answer in answers:
        token = text(answer, "deviceInfo")
        if "SignatureValidator" in definition.validators:
            bench.trust.read(token, bench.clock())
        station = read_info(device.port, answer, bench.trust, bench.clock()).state.status.value
        answer["deviceInfoDecoded"] = _decoded(token)
        answer["deviceInfoDecoded"]["digitalIdDecoded"] = _decoded(text(answer["deviceInfoDecoded"], "digitalId"))
    expected = definition.need.value if definition.need in _TROUBLES else "READY"
    if station != expected:
        faults.append(f"deviceStatus: {station}")
    return Heard((*faults, *bench.schemas.faults(answers, definition.response_schema)), station)


_TROUBLES = (Need.BUSY, Need.NOT_READY, Need.NOT_REGISTERED)


def certificate_of(device: Found) -> bytes:
    """The certificate that the device signs with now."""
    answers = _ask(device, "MOSIPDINFO", "/info", None)
    return signer_chain(text(answers[0], "deviceInfo"))[0].public_bytes(Encoding.DER)


def ask_capture(definition: Definition, device: Found, bench: Bench, person: int) -> Heard:
    """RCAPTURE, after a live picture when the definition wants one."""
    faults = stream_faults(device, definition.sub_id) if definition.topic is Topic.STREAM else []
    request = request_of(definition, device, bench.clock(), person)
    faults += bench.schemas.faults(request, definition.request_schema)
    started = time.monotonic()
    answer = ask(device.port, Question("RCAPTURE", "/capture", request, CAPTURE_S))
    took_s = time.monotonic() - started
    expected = _expected(definition, device, request)
    station = _station_says(answer, expected, bench)
    if definition.is_refused:
        return Heard((*faults, *_refusal_faults(definition, answer, station, took_s, bench)), station)
    if station:
        faults.append(f"station: {station}")
    answered = Answered(definition, request, answer["biometrics"], took_s)
    if any(str(item["error"]["errorCode"]) != SUCCESS for item in answered.items):
        return Heard(tuple(faults), station)
    faults += faults_of(answered, bench.trust, bench.clock())
    for item in answered.items:  # the schema looks into the signed parts
        item["dataDecoded"] = unchecked_payload(text(item, "data"))
        item["dataDecoded"]["digitalIdDecoded"] = unchecked_payload(text(item["dataDecoded"], "digitalId"))
    return Heard((*faults, *bench.schemas.faults(answer, definition.response_schema)), station)


def stream_faults(device: Found, sub_id: str) -> list[str]:
    """What is wrong with the live picture: too few frames, or none."""
    body = {"deviceId": device.device_id, "deviceSubId": sub_id, "timeout": "10000"}
    frames = stream(device.port, Question("STREAM", "/stream", body, ASK_S))
    next(frames, b"")  # the first one may wait for a lamp or a motor
    started = time.monotonic()
    seen = len(list(islice(frames, FRAMES)))
    took_s = time.monotonic() - started
    frames.close()
    return [] if seen == FRAMES and took_s <= SLOWEST_FRAMES_S else [f"stream: {seen / max(took_s, 0.001):.1f}/s"]


def request_of(definition: Definition, device: Found, now: datetime, person: int) -> dict[str, Any]:
    """The station's own request, changed to what the definition asks."""
    previous_hash = _PREVIOUS_HASH if definition.topic is Topic.HASH else ""
    transaction_id = f"{definition.transaction_id}-{person + 1}" if definition.people > 1 else definition.transaction_id
    shot = Shot(
        kind=device.state.kind,
        sub_id=definition.sub_id,
        positions=definition.segments,
        exceptions=definition.exceptions,
        transaction_id=transaction_id,
        previous_hash=previous_hash,
    )
    request = capture_request(device, shot, timeout_ms=definition.timeout_ms, now=now)
    bio = request["bio"][0]
    bio["count"] = definition.count
    bio["bioSubType"] = [position.value for position in definition.segments]
    bio["requestedScore"] = definition.requested_score
    if definition.broken:
        inner, _, name = definition.broken.rpartition(".")
        target = bio if inner else request
        # The key is missing: its value stands under a name that no device knows.
        target[f"{name}-unknown"] = target.pop(name)
    return request


def _expected(definition: Definition, device: Found, request: dict[str, Any]) -> Expected:
    kind = device.state.kind
    positions = (Position.FACE,) if kind is DeviceKind.FACE else definition.segments
    previous_hash = _PREVIOUS_HASH if definition.topic is Topic.HASH else ""
    return Expected(kind, positions, str(request["transactionId"]), previous_hash, device.state.serial)


def _station_says(answer: Any, expected: Expected, bench: Bench) -> str:
    """What the station's own reader makes of the answer: the code it refuses with, or nothing when it believes it."""
    try:
        read_captures(answer, expected, bench.trust, bench.clock())
    except DekatError as refused:
        return refused.code
    return ""


def _refusal_faults(definition: Definition, answer: Any, station: str, took_s: float, bench: Bench) -> list[str]:
    faults = bench.schemas.faults(answer, definition.response_schema)
    codes = [str(item["error"]["errorCode"]) for item in answer["biometrics"]]
    if SUCCESS in codes or not station:
        faults.append(f"errorCode: {', '.join(codes)}")
    if definition.need is Need.NOBODY and took_s > definition.timeout_ms / 1000 + _SLACK_S:
        faults.append(f"timeout: {took_s:.1f} s")
    return faults


def _ask(device: Found, verb: str, path: str, body: dict[str, Any] | None) -> Any:
    return ask(device.port, Question(verb, path, body, ASK_S))


def _decoded(token: str) -> dict[str, Any]:
    return unchecked_payload(token) if "." in token else decode_object(token)
