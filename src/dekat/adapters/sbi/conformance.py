"""Does a device keep the protocol? A handful of questions to each, with somebody's fingers at hand."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from dekat.adapters.sbi.answers import Expected, read_captures
from dekat.adapters.sbi.discovery import Found
from dekat.adapters.sbi.exchange import ASK_S, CAPTURE_S, Question, ask, stream
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.adapters.sbi.wire import SPEC_VERSION, SUCCESS, stamp
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap
from dekat.kernel.errors import DekatError

_ASKED: dict[DeviceKind, tuple[str, tuple[Position, ...]]] = {
    DeviceKind.FINGER: ("3", SLAP_FINGERS[Slap.THUMBS]),
    DeviceKind.IRIS: ("3", IRISES),
    DeviceKind.FACE: ("0", (Position.FACE,)),
}
_SLOWEST_CAPTURE_S = 4.0  # what the protocol asks of a device once the finger lies still
_FRAMES, _SLOWEST_FRAMES_S = 4, 4 / 3  # three frames a second
_TRANSACTION = "conformance-1"


@dataclass(frozen=True)
class Check:
    """One promise of the protocol and how the device kept it."""

    promise: str
    is_kept: bool
    detail: str = ""


def check_device(device: Found, trust: DeviceTrust, clock: Callable[[], datetime]) -> Iterator[Check]:
    """Ask one device everything, one check at a time so that a person can lay the thumbs down meanwhile."""
    yield Check("identity-signed-by-known-authority", device.state.is_trusted, device.state.serial)
    yield _answers_discovery(device)
    yield _captures(device, trust, clock)
    yield _refuses(device, clock, "refuses-bad-transaction-id", {"transactionId": "x" * 51})
    yield _refuses(device, clock, "refuses-wrong-count", {"count": "9"})
    yield _refuses(device, clock, "refuses-authentication", {}, verb="CAPTURE")
    yield _streams(device)


def _answers_discovery(device: Found) -> Check:
    promise = "answers-discovery"
    try:
        answers = ask(device.port, Question("MOSIPDISC", "/device", {"type": device.state.kind.value}, ASK_S))
    except DekatError as refused:
        return Check(promise, False, refused.code)
    is_kept = isinstance(answers, list) and any(answer.get("deviceId") == device.device_id for answer in answers)
    return Check(promise, is_kept)


def _captures(device: Found, trust: DeviceTrust, clock: Callable[[], datetime]) -> Check:
    promise = "captures-signed-and-chained"
    _, positions = _ASKED[device.state.kind]
    expected = Expected(device.state.kind, positions, _TRANSACTION, "", device.state.serial)
    started = time.monotonic()
    try:
        answer = ask(device.port, Question("RCAPTURE", "/capture", _request(device, clock), CAPTURE_S))
        captures = read_captures(answer, expected, trust, clock())
    except DekatError as refused:
        return Check(promise, False, refused.code)
    took_s = time.monotonic() - started
    scores = ", ".join(f"{capture.quality_score:g}" for capture in captures)
    return Check(promise, took_s < _SLOWEST_CAPTURE_S, f"{took_s:.1f} s; {scores}")


def _refuses(
    device: Found, clock: Callable[[], datetime], promise: str, changed: dict[str, str], verb: str = "RCAPTURE"
) -> Check:
    """A wrong request must come back with an error code, not with a capture."""
    request = _request(device, clock)
    for name, value in changed.items():
        target = request if name in request else request["bio"][0]
        target[name] = value
    try:
        answer = ask(device.port, Question(verb, "/capture", request, CAPTURE_S))
        code = str(answer["biometrics"][0]["error"]["errorCode"])
    except (KeyError, IndexError, TypeError):
        return Check(promise, False, "no error code")
    except DekatError as refused:
        return Check(promise, verb == "CAPTURE", refused.code)
    return Check(promise, code != SUCCESS, code)


def _streams(device: Found) -> Check:
    promise = "streams-three-frames-a-second"
    sub_id, _ = _ASKED[device.state.kind]
    body = {"deviceId": device.device_id, "deviceSubId": sub_id, "timeout": "10000"}
    frames = stream(device.port, Question("STREAM", "/stream", body, ASK_S))
    try:
        next(frames, b"")  # the first one may wait for a lamp or a motor
        started = time.monotonic()
        seen = len(list(islice(frames, _FRAMES)))
    except DekatError as refused:
        return Check(promise, False, refused.code)
    took_s = time.monotonic() - started
    return Check(promise, seen == _FRAMES and took_s <= _SLOWEST_FRAMES_S, f"{seen / max(took_s, 0.001):.1f}")


def _request(device: Found, clock: Callable[[], datetime]) -> dict[str, Any]:
    sub_id, positions = _ASKED[device.state.kind]
    bio: dict[str, str | list[str]] = {
        "type": device.state.kind.value,
        "count": str(len(positions)),
        "bioSubType": [],
        "exception": [],
        "requestedScore": "40",
        "deviceId": device.device_id,
        "deviceSubId": sub_id,
        "previousHash": "",
    }
    return {
        "env": device.environment,
        "purpose": "Registration",
        "specVersion": SPEC_VERSION,
        "timeout": "10000",
        "captureTime": stamp(clock()),
        "transactionId": _TRANSACTION,
        "bio": [bio],
        "customOpts": {},
    }
