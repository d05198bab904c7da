"""The station's side of SBI: it finds devices, asks them to capture and believes only what is signed and chained."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dekat.adapters.sbi.answers import Expected, read_captures
from dekat.adapters.sbi.discovery import Found, find_devices, with_absent
from dekat.adapters.sbi.exchange import CAPTURE_S, Question, ask, stream
from dekat.adapters.sbi.refusals import DeviceAbsent, NobodyToCapture
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.adapters.sbi.wire import SPEC_VERSION, stamp
from dekat.enrolment.ports import Capture, DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap

_SLAP_SUB_ID = {Slap.LEFT: "1", Slap.RIGHT: "2", Slap.THUMBS: "3"}
_BOTH_IRISES, _FACE = "3", "0"
_STREAM_S = 10.0  # the longest wait for one frame
_STREAM_MS = "300000"
# MOSIP's own defaults: below these a device is asked to try again by itself
_REQUESTED_SCORE = {DeviceKind.FINGER: 40, DeviceKind.IRIS: 60, DeviceKind.FACE: 9}


@dataclass(frozen=True)
class _Shot:
    """What one RCAPTURE asks for."""

    kind: DeviceKind
    sub_id: str
    positions: tuple[Position, ...]
    exceptions: tuple[Position, ...]
    transaction_id: str
    previous_hash: str


@dataclass
class SbiDevices:
    """The biometric devices of this computer.

    Facts: `ports` are searched on 127.0.0.1; `clock` is the station's own, against which a device's time is held;
    `timeout_ms` is how long a device waits for a finger.
    """

    ports: Iterable[int]
    trust: DeviceTrust
    clock: Callable[[], datetime]
    timeout_ms: int = 15_000
    _known: list[Found] = field(default_factory=list)

    def ready(self) -> list[DeviceState]:
        """Every device found now, and one ABSENT state for each kind that was not."""
        self._known = find_devices(self.ports, self.trust, self.clock())
        return with_absent(self._known)

    def capture_fingers(
        self, slap: Slap, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """The fingers of one slap.

        Again: a repeat captures anew; the caller decides which captures stay in the chain.
        Refuses: every sbi.* code.
        """
        everything, sub_id = SLAP_FINGERS[slap], _SLAP_SUB_ID[slap]
        return self._capture(DeviceKind.FINGER, sub_id, everything, exceptions, transaction_id, previous_hash)

    def capture_irises(
        self, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """Left, then right iris.

        Refuses: every sbi.* code.
        """
        return self._capture(DeviceKind.IRIS, _BOTH_IRISES, IRISES, exceptions, transaction_id, previous_hash)

    def capture_face(self, *, transaction_id: str, previous_hash: str) -> Capture:
        """The portrait.

        Refuses: every sbi.* code.
        """
        return self._capture(DeviceKind.FACE, _FACE, (Position.FACE,), (), transaction_id, previous_hash)[0]

    def preview(self, kind: DeviceKind, slap: Slap | None = None) -> Iterator[bytes]:
        """JPEG frames of what the device sees, until the caller stops.

        Refuses: sbi.device.absent, sbi.device.silent, sbi.device.unplugged.
        """
        device = self._device(kind)
        sub_id = _FACE if kind is DeviceKind.FACE else _SLAP_SUB_ID[slap] if slap else _BOTH_IRISES
        body = {"deviceId": device.device_id, "deviceSubId": sub_id, "timeout": _STREAM_MS}
        return stream(device.port, Question("STREAM", "/stream", body, _STREAM_S))

    def _capture(
        self,
        kind: DeviceKind,
        sub_id: str,
        everything: tuple[Position, ...],
        exceptions: Collection[Position],
        transaction_id: str,
        previous_hash: str,
    ) -> list[Capture]:
        positions = tuple(position for position in everything if position not in exceptions)
        if not positions:
            raise NobodyToCapture
        left_out = tuple(position for position in everything if position in exceptions)
        shot = _Shot(kind, sub_id, positions, left_out, transaction_id, previous_hash)
        device = self._device(kind)
        limit_s = max(CAPTURE_S, self.timeout_ms / 1000 + 10)
        answer = ask(device.port, Question("RCAPTURE", "/capture", self._request(device, shot), limit_s))
        expected = Expected(kind, positions, transaction_id, previous_hash, device.state.serial)
        return read_captures(answer, expected, self.trust, self.clock())

    def _device(self, kind: DeviceKind) -> Found:
        """The device to ask: one that is ready, else any of its kind, so that it can say itself what is wrong."""
        chosen = _best(self._known, kind)
        if chosen is None or chosen.state.status is not DeviceStatus.READY:
            self.ready()
            chosen = _best(self._known, kind)
        if chosen is None:
            raise DeviceAbsent
        return chosen

    def _request(self, device: Found, shot: _Shot) -> dict[str, Any]:
        bio = {
            "type": shot.kind.value,
            "count": str(len(shot.positions)),
            "bioSubType": [],
            "exception": [position.value for position in shot.exceptions],
            "requestedScore": str(_REQUESTED_SCORE[shot.kind]),
            "deviceId": device.device_id,
            "deviceSubId": shot.sub_id,
            "previousHash": shot.previous_hash,
        }
        return {
            "env": device.environment,
            "purpose": "Registration",
            "specVersion": SPEC_VERSION,
            "timeout": str(self.timeout_ms),
            "captureTime": stamp(self.clock()),
            "transactionId": shot.transaction_id,
            "bio": [bio],
            "customOpts": {},  # some devices need the key, MOSIP's schema wants an object in it
        }


def _best(known: list[Found], kind: DeviceKind) -> Found | None:
    alike = [device for device in known if device.state.kind is kind]
    ready = [device for device in alike if device.state.status is DeviceStatus.READY]
    return next(iter(ready or alike), None)
