"""What enrolment needs from outside: the devices that see fingers, eyes and faces."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable

from dekat.enrolment.positions import Position, Slap
from dekat.kernel.errors import DekatError


class DevicesMissing(DekatError):
    """Nobody told this computer where its biometric devices are."""

    code = "enrolment.devices_missing"


class DeviceKind(StrEnum):
    """What a device looks at; the value is SBI's word."""

    FINGER = "Finger"
    IRIS = "Iris"
    FACE = "Face"


class DeviceStatus(StrEnum):
    """Can it capture now? ABSENT: nothing of this kind answers on this computer."""

    READY = "READY"
    BUSY = "BUSY"
    NOT_READY = "NOT_READY"
    NOT_REGISTERED = "NOT_REGISTERED"
    ABSENT = "ABSENT"


@dataclass(frozen=True)
class DeviceState:
    """One device as it answered a moment ago.

    Facts: `serial` is empty when the kind is ABSENT; `address` is where it answers on loopback, `127.0.0.1:4501`;
    `is_trusted` is false when its answer was not signed by a device certificate we know.
    """

    kind: DeviceKind
    status: DeviceStatus
    serial: str = ""
    make: str = ""
    model: str = ""
    provider: str = ""
    firmware: str = ""
    service_version: str = ""
    address: str = ""
    is_trusted: bool = False


@dataclass(frozen=True)
class Capture:
    """One finger, eye or face as the device signed it.

    Facts: `image` is the whole ISO/IEC 19794 record; `preview` is a small JPEG of the same image for the screen;
    `quality_score` and `requested_score` are 0-100 as the device says; `hash_hex` closes the chain up to this capture
    and is the `previous_hash` of the next; `captured_at` is the device's clock; `signed_jwt` is empty when the device
    signs nothing, and the packet then says so.
    """

    position: Position
    image: bytes
    preview: bytes
    quality_score: float
    requested_score: float
    device_serial: str
    device_make: str
    device_model: str
    signed_jwt: str
    previous_hash: str
    hash_hex: str
    spec_version: str
    transaction_id: str
    captured_at: datetime


class BiometricDevices(Protocol):
    """The devices of this station. Every capture refuses with a `sbi.*` code whose words tell the operator what to do.

    `exceptions` are positions that cannot be captured from this person (missing, bandaged); they come back absent.
    `transaction_id` names the recording (4-50 letters, digits, hyphens; a UUID fits), the same for all its captures.
    `previous_hash` is the last capture's `hash_hex` of the same resident, over all modalities; empty for the first.
    """

    def ready(self) -> list[DeviceState]:
        """Every device found now, and one ABSENT state for each kind that was not; ordered by kind, then serial."""

    def capture_fingers(
        self, slap: Slap, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """The fingers of one slap in the order the device chained them, which is the order to keep them in."""

    def capture_irises(
        self, *, exceptions: Collection[Position], transaction_id: str, previous_hash: str
    ) -> list[Capture]:
        """Both irises in the order the device chained them."""

    def capture_face(self, *, transaction_id: str, previous_hash: str) -> Capture:
        """The portrait from a face device (the station's own web camera does not pass here)."""

    def preview(self, kind: DeviceKind, slap: Slap | None = None) -> Iterator[bytes]:
        """JPEG frames of what the device sees, until the caller stops; `slap` matters to fingers only."""


@runtime_checkable
class NamedDevices(BiometricDevices, Protocol):
    """Devices of which one can be asked alone; where a station cannot tell them apart, this is simply not offered."""

    def only(self, serial: str) -> BiometricDevices:
        """The same devices when no other than the one with this serial number may be asked."""


def _none() -> BiometricDevices:
    raise DevicesMissing


_source: Callable[[], BiometricDevices] = _none
_practice_source: Callable[[], BiometricDevices] = _none


def use_devices(source: Callable[[], BiometricDevices]) -> None:
    """Wire where the devices come from (called once, by `project`)."""
    global _source
    _source = source


def use_practice_devices(source: Callable[[], BiometricDevices]) -> None:
    """Wire the devices that see only people who do not exist."""
    global _practice_source
    _practice_source = source


def devices(*, is_practice: bool = False) -> BiometricDevices:
    """Give this station's biometric devices, or those of the practice, which need no device on the computer.

    Refuses: enrolment.devices_missing.
    """
    return _practice_source() if is_practice else _source()
