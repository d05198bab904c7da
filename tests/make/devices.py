"""Emulated biometric devices on free ports, and a station that trusts them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from dekat.adapters.sbi.client import SbiDevices
from dekat.adapters.sbi.device_ca import DeviceAuthority, new_authority
from dekat.adapters.sbi.emulator import EmulatedRig, Socketed
from dekat.adapters.sbi.trust import DeviceTrust
from dekat.enrolment.ports import DeviceKind

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_AUTHORITY: list[DeviceAuthority] = []


@dataclass
class Office:
    """A rig and the station's devices beside it."""

    rig: EmulatedRig
    devices: SbiDevices
    trust: DeviceTrust


def authority() -> DeviceAuthority:
    """One sample authority for the whole run: making RSA keys is slow."""
    if not _AUTHORITY:
        _AUTHORITY.append(new_authority(NOW))
    return _AUTHORITY[0]


def trust_in(folder: Path) -> DeviceTrust:
    """A folder that trusts the sample authority."""
    pem = authority().certificate.public_bytes(Encoding.PEM)
    (folder / "device-ca.pem").write_bytes(pem)
    return DeviceTrust(folder)


@contextmanager
def make_office(
    folder: Path, *, kinds: Sequence[DeviceKind] = tuple(DeviceKind), seed: int = 7, hold_s: float = 0.0
) -> Iterator[Office]:
    """Devices of these kinds, switched on, and a client that knows their ports."""
    places = [Socketed(0, kind) for kind in kinds]
    with EmulatedRig(places, seed=seed, authority=authority(), clock=lambda: NOW, hold_s=hold_s) as rig:
        trust = trust_in(folder)
        yield Office(rig, SbiDevices(ports=rig.ports, trust=trust, clock=lambda: NOW, timeout_ms=1000), trust)
