"""The station's side of SBI: it finds devices, asks them to capture and believes only what is signed and chained."""

import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from dekat.adapters.sbi.answers import Expected, read_captures
from dekat.adapters.sbi.choosing import choose
from dekat.adapters.sbi.discovery import Found, devices_at, find_devices, with_absent
from dekat.adapters.sbi.exchange import CAPTURE_S, Question, ask, stream
from dekat.adapters.sbi.refusals import DeviceUnplugged, NobodyToCapture
from dekat.adapters.sbi.requests import Shot, capture_request
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.enrolment.ports import Capture, DeviceKind, DeviceState, DeviceStatus
from dekat.enrolment.positions import IRISES, SLAP_FINGERS, Position, Slap
from dekat.kernel.errors import DekatError

_SLAP_SUB_ID = {Slap.LEFT: "1", Slap.RIGHT: "2", Slap.THUMBS: "3"}
_BOTH_IRISES, _FACE = "3", "0"
_STREAM_S = 10.0  # the longest wait for one frame
_STREAM_MS = "300000"


def no_choice(kind: DeviceKind) -> str:
    """Nobody chose among devices of one kind."""
    return ""


@dataclass
class SbiDevices:
    """The biometric devices of this computer.

    Facts: `ports` are searched on 127.0.0.1; `clock` is the station's own, against which a device's time is held;
    `timeout_ms` is how long a device waits for a finger, `limit_s` how long we wait for its answer (longer
    when it may wait longer); `choice`
    gives the serial number that the operator chose for a kind; `alone` is the only serial number to be asked, if any.
    """

    ports: Iterable[int]
    trust: DeviceTrust
    clock: Callable[[], datetime]
    timeout_ms: int = 15_000
    limit_s: float = CAPTURE_S
    choice: Callable[[DeviceKind], str] = no_choice
    alone: str = ""
    _known: list[Found] = field(default_factory=list)

    def ready(self) -> list[DeviceState]:
        """Every device found now, and one ABSENT state for each kind that was not."""
        self._known = find_devices(self.ports, self.trust, self.clock())
        return with_absent(self._known)

    def only(self, serial: str) -> "SbiDevices":
        """The same devices when no other than this one may be asked."""
        return replace(self, alone=serial, _known=[])

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

        Refuses: sbi.device.absent, sbi.device.chosen_away, sbi.device.silent, sbi.device.unplugged,
        sbi.answer.unreadable, and why the only device there is not believed.
        """
        device = self._device(kind)
        sub_id = _FACE if kind is DeviceKind.FACE else _SLAP_SUB_ID[slap] if slap else _BOTH_IRISES
        body = {"deviceId": device.device_id, "deviceSubId": sub_id, "timeout": _STREAM_MS}
        return _until_stopped(stream(device.port, Question("STREAM", "/stream", body, _STREAM_S)))

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
        shot = Shot(kind, sub_id, positions, left_out, transaction_id, previous_hash)
        device = self._device(kind)
        request = capture_request(device, shot, timeout_ms=self.timeout_ms, now=self.clock())
        limit_s = self.limit_s + max(0.0, self.timeout_ms / 1000 + 10 - CAPTURE_S)
        answer = ask(device.port, Question("RCAPTURE", "/capture", request, limit_s))
        expected = Expected(kind, positions, transaction_id, previous_hash, device.state.serial)
        return read_captures(answer, expected, self.trust, self.clock())

    def _device(self, kind: DeviceKind) -> Found:
        """The device to ask. The last one known is greeted first, for it may have been pulled out, put into another
        socket or swapped since; all are searched for again when it is not there and ready.

        Refuses: sbi.device.absent, sbi.device.chosen_away, and why the only device there is not believed.
        """
        wanted = self.choice(kind)
        with suppress(DekatError):
            latest = choose(self._known, kind, wanted, self.alone)
            for device in devices_at(latest.port, self.trust, self.clock()):
                if _is_still(device, latest):
                    return device
        self.ready()
        return choose(self._known, kind, wanted, self.alone)


def _until_stopped(frames: Generator[bytes, None, None]) -> Iterator[bytes]:
    """The frames; an end before its time means that the cable was pulled."""
    ends = time.monotonic() + int(_STREAM_MS) / 1000
    yield from frames
    if time.monotonic() < ends:
        raise DeviceUnplugged


def _is_still(device: Found, latest: Found) -> bool:
    """Whether it is the device we knew, believed and ready."""
    is_same = device.state.serial == latest.state.serial and device.state.kind is latest.state.kind
    return is_same and device.distrust is None and device.state.status is DeviceStatus.READY
