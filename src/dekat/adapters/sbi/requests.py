"""The station's RCAPTURE request, made in one place for captures and for conformance."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dekat.adapters.sbi.discovery import Found
from dekat.adapters.sbi.wire import SPEC_VERSION, stamp
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Position

# MOSIP's own defaults: below these a device is asked to try again by itself
REQUESTED_SCORE = {DeviceKind.FINGER: 40, DeviceKind.IRIS: 60, DeviceKind.FACE: 9}


@dataclass(frozen=True)
class Shot:
    """What one RCAPTURE asks for."""

    kind: DeviceKind
    sub_id: str
    positions: tuple[Position, ...]
    exceptions: tuple[Position, ...]
    transaction_id: str
    previous_hash: str


def capture_request(device: Found, shot: Shot, *, timeout_ms: int, now: datetime) -> dict[str, Any]:
    """The JSON of one RCAPTURE. All numbers travel as text."""
    bio = {
        "type": shot.kind.value,
        "count": str(len(shot.positions)),
        "bioSubType": [],
        "exception": [position.value for position in shot.exceptions],
        "requestedScore": str(REQUESTED_SCORE[shot.kind]),
        "deviceId": device.device_id,
        "deviceSubId": shot.sub_id,
        "previousHash": shot.previous_hash,
    }
    return {
        "env": device.environment,
        "purpose": "Registration",
        "specVersion": SPEC_VERSION,
        "timeout": str(timeout_ms),
        "captureTime": stamp(now),
        "transactionId": shot.transaction_id,
        "bio": [bio],
        "customOpts": {},  # some devices need the key, MOSIP's schema wants an object in it
    }
