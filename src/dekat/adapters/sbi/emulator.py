"""Emulated biometric devices on loopback, with switches for everything that goes wrong in an office.

`python -m dekat.adapters.sbi.emulator --ports 4501,4502,4503 --control 4599 --seed 7 --ca var/device-ca`
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

from dekat.adapters.samples.faces import Background
from dekat.adapters.sbi.device_ca import DeviceAuthority, new_authority, open_authority
from dekat.adapters.sbi.emulated_device import EmulatedDevice
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.emulated_http import ControlHandler, DeviceHandler, DeviceServer
from dekat.adapters.sbi.wire import HOST
from dekat.enrolment.ports import DeviceKind
from dekat.enrolment.positions import Position

_KINDS = (DeviceKind.FINGER, DeviceKind.IRIS, DeviceKind.FACE)


@dataclass(frozen=True)
class Socketed:
    """Where one device is to listen. Port 0 takes any free one; an empty serial is made from kind, seed and place."""

    port: int
    kind: DeviceKind
    serial: str = ""


def sockets(text: str) -> list[Socketed]:
    """Read `4501,4502,4503` or `4501:Finger:SERIAL,...`; without a kind they go finger, iris, face, finger, ..."""
    found = []
    for place, part in enumerate(text.split(",")):
        port, kind, serial = (*part.strip().split(":"), "", "")[:3]
        found.append(Socketed(int(port), DeviceKind(kind) if kind else _KINDS[place % len(_KINDS)], serial))
    return found


class EmulatedRig:
    """Several devices in one process, and whoever sits before them.

    Facts: without `sit` each transaction is another person, always the same one for the same transaction and seed;
    `hold_s` is how long a hand takes to come to rest on the glass.
    """

    def __init__(
        self,
        places: Sequence[Socketed],
        *,
        seed: int = 0,
        authority: DeviceAuthority | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        hold_s: float = 0.0,
    ) -> None:
        self.seed = seed
        self.seated: int | None = None
        self.missing: frozenset[Position] = frozenset()
        self._latest = seed
        self.authority = authority or new_authority(clock())
        self.devices = [self._device(place, number, clock, hold_s) for number, place in enumerate(places)]
        self._servers: dict[int, DeviceServer] = {}
        self._turning = Lock()

    def __enter__(self) -> "EmulatedRig":
        for device in self.devices:
            self._switch_on(device)
        return self

    def __exit__(self, *_: object) -> None:
        for device in self.devices:
            self.set_fault(device, Fault.OFF)

    @property
    def ports(self) -> list[int]:
        """Where the devices listen."""
        return [device.port for device in self.devices]

    def device(self, kind: DeviceKind) -> EmulatedDevice:
        """The first device of a kind."""
        return next(device for device in self.devices if device.kind is kind)

    def set_fault(self, device: EmulatedDevice, fault: Fault) -> None:
        """Turn one switch: OFF also cuts the connections that are open, every other fault brings the service back."""
        with self._turning:  # whoever saw the line break may turn the next switch before this one is through
            if fault is Fault.OFF:
                self._switch_off(device)  # first cut the lines, then wake the capture: a dead service says no last word
            device.set_fault(fault)
            if fault is not Fault.OFF and device.port not in self._servers:
                device.settle()  # a capture that was cut off must not make the device busy for the next one
                self._switch_on(device)

    def sit(self, person: int | None) -> None:
        """Seat a chosen person before all devices, or None: again one for each transaction."""
        self.seated = person

    def lack(self, positions: frozenset[Position]) -> None:
        """Whoever comes from now on lacks these fingers or eyes."""
        self.missing = positions

    def whose(self, transaction_id: str) -> int:
        """Who is before the devices during a transaction; for a preview (no transaction) whoever was last."""
        if self.seated is not None:
            return self.seated
        if transaction_id:
            digest = sha256(f"{self.seed}:{transaction_id}".encode()).digest()
            self._latest = int.from_bytes(digest[:6], "big")
        return self._latest

    def _device(self, place: Socketed, number: int, clock: Callable[[], datetime], hold_s: float) -> EmulatedDevice:
        serial = place.serial or f"CONTOH-{place.kind.name}-{self.seed:04d}-{number + 1}"
        return EmulatedDevice(
            kind=place.kind,
            serial=serial,
            authority=self.authority,
            whose=self.whose,
            lacking=lambda: self.missing,
            clock=clock,
            hold_s=hold_s,
            port=place.port,
        )

    def _switch_on(self, device: EmulatedDevice) -> None:
        server = DeviceServer((HOST, device.port), DeviceHandler, device)
        device.port = server.server_address[1]
        self._servers[device.port] = server
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def _switch_off(self, device: EmulatedDevice) -> None:
        server = self._servers.pop(device.port, None)
        if server:
            server.stop()


def serve_control(rig: EmulatedRig, port: int) -> ThreadingHTTPServer:
    """Open the switches on their own port, away from the protocol."""
    handler: type[BaseHTTPRequestHandler] = type("Control", (ControlHandler,), {"rig": rig})
    server = ThreadingHTTPServer((HOST, port), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def run(arguments: Sequence[str] | None = None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
    """Emulate until interrupted."""
    parser = argparse.ArgumentParser(prog="emulator", description=__doc__)
    add_options(parser)
    run_with(parser.parse_args(arguments), clock=clock)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of the emulator, for this module and for `dekat devices emulate`."""
    parser.add_argument("--ports", default="4501,4502,4503", help="PORT[:KIND[:SERIAL]], separated by commas")
    parser.add_argument("--control", type=int, default=0, help="port of the switches; 0 leaves them out")
    parser.add_argument("--seed", type=int, default=0, help="which people come to this office")
    parser.add_argument("--ca", type=Path, help="folder of the sample authority; the station trusts the same folder")
    parser.add_argument("--hold-ms", type=int, default=800, help="how long a hand takes to rest on the glass")
    parser.add_argument("--clock-file", type=Path, help="file with the seconds by which a sample's clock is moved")
    parser.add_argument("--background", type=Background, default=Background.RED, choices=list(Background))


def run_with(options: argparse.Namespace, *, clock: Callable[[], datetime]) -> None:
    """Emulate what the options say until interrupted."""
    if options.clock_file:
        clock = partial(_moved_clock, options.clock_file)
    authority = open_authority(options.ca, clock()) if options.ca else None
    places = sockets(options.ports)
    with EmulatedRig(places, seed=options.seed, authority=authority, clock=clock, hold_s=options.hold_ms / 1000) as rig:
        for device in rig.devices:
            device.background = options.background
        control = serve_control(rig, options.control) if options.control else None
        try:
            Event().wait()
        except KeyboardInterrupt:
            return
        finally:
            if control:
                control.server_close()


def _moved_clock(file: Path) -> datetime:
    """This machine's clock, moved like the clocks of the sample's nodes; an unreadable file moves nothing."""
    try:
        shift = int(file.read_text())
    except (OSError, ValueError):
        shift = 0
    return datetime.now(UTC) + timedelta(seconds=shift)


if __name__ == "__main__":
    run()
