"""The emulator's HTTP: the protocol's own verbs on each device's port, plain switches on the control port."""

import json
import socket
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Protocol

from dekat.adapters.samples.faces import Background
from dekat.adapters.sbi.emulated_device import EmulatedDevice
from dekat.adapters.sbi.emulated_faults import Fault
from dekat.adapters.sbi.refusals import AnswerUnreadable
from dekat.adapters.sbi.wire import BOUNDARY, read_object
from dekat.enrolment.positions import Position

_LARGEST_REQUEST = 64 * 1024
_FRAME_S = 0.2  # five frames a second; the protocol wants three
_LONGEST_STREAM_S = 300.0


class Rig(Protocol):
    """What the switches turn."""

    devices: list[EmulatedDevice]
    seated: int | None

    def set_fault(self, device: EmulatedDevice, fault: Fault) -> None: ...

    def sit(self, person: int | None) -> None: ...

    def lack(self, positions: frozenset[Position]) -> None: ...


class DeviceServer(ThreadingHTTPServer):
    """One device's service; when it is switched off, open connections break like a pulled cable."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], device: EmulatedDevice) -> None:
        self.device = device
        self._open: set[socket.socket] = set()
        super().__init__(address, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no error of the device."""

    def stop(self) -> None:
        """Stop listening and cut what is open."""
        self.shutdown()
        self.server_close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Quiet(BaseHTTPRequestHandler):
    """Answers in JSON and logs nothing."""

    protocol_version = "HTTP/1.1"
    server_version = "DekatEmulator"
    sys_version = ""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: an emulator's log would hold people's fingers."""

    def request_object(self) -> dict[str, Any]:
        """The request's JSON, whatever its content type says: real clients send a broken one."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 < length <= _LARGEST_REQUEST:
            return {}
        try:
            return read_object(self.rfile.read(length))
        except AnswerUnreadable:
            return {}

    def answer(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True


class DeviceHandler(_Quiet):
    """The verbs of SBI."""

    server: DeviceServer

    def do_MOSIPDISC(self) -> None:
        """Which device is here."""
        self.answer(self.server.device.discover(self.request_object()))

    def do_MOSIPDINFO(self) -> None:
        """What the device says about itself, signed."""
        self.answer(self.server.device.info())

    def do_RCAPTURE(self) -> None:
        """Capture for registration."""
        answer = self.server.device.capture(self.request_object())
        if self.server.device.fault is Fault.GARBAGE:
            self.send_error(200, "not the protocol")
            return
        self.answer(answer)

    def do_CAPTURE(self) -> None:
        """Capture for authentication, which a registration device refuses."""
        self.request_object()
        self.answer(self.server.device.refuse_authentication())

    def do_STREAM(self) -> None:
        """What the device sees, as Motion JPEG."""
        request = self.request_object()
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        ends = time.monotonic() + _stream_s(request)
        with suppress(OSError):  # the viewer closed the window
            while self.server.device.fault is Fault.GARBAGE and time.monotonic() < ends:
                self.wfile.write(b"not a picture\r\n" * 256)
            for frame in self.server.device.frames(request):
                self._send_frame(frame)
                if time.monotonic() > ends:
                    return
                time.sleep(_FRAME_S)

    def _send_frame(self, frame: bytes) -> None:
        # MOSIP's client looks for exactly "Content-Length:", so the head of a part is written by hand
        head = f"{BOUNDARY}\r\nContent-Type:image/jpeg\r\nContent-Length:{len(frame)}\r\n\r\n"
        self.wfile.write(head.encode() + frame + b"\r\n\r\n")
        self.wfile.flush()


class ControlHandler(_Quiet):
    """The switches. GET / shows them; POST /PORT/FAULT, /PORT/ROTATE, /PORT/RED, /person/NUMBER or AUTO,
    /lacking/RIGHT_LITTLE+LEFT_IRIS or NOTHING turn one."""

    rig: ClassVar[Rig]

    def do_GET(self) -> None:
        """All devices and who sits before them."""
        devices = [
            {"port": d.port, "kind": d.kind.value, "serial": d.serial, "fault": d.fault.value, "touches": d.touches}
            for d in self.rig.devices
        ]
        self.answer({"devices": devices, "seated": self.rig.seated, "faults": [fault.value for fault in Fault]})

    def do_POST(self) -> None:
        """Turn one switch."""
        self.request_object()
        try:
            self._turn(*self.path.strip("/").split("/"))
        except (ValueError, TypeError, KeyError, StopIteration):
            self.answer({"error": "no such switch"}, 404)
            return
        self.answer({"done": True})

    def _turn(self, what: str, to: str) -> None:
        if what == "person":
            self.rig.sit(None if to == "AUTO" else int(to))
            return
        if what == "lacking":
            self.rig.lack(frozenset(Position[name] for name in to.split("+") if name != "NOTHING"))
            return
        device = next(device for device in self.rig.devices if str(device.port) == what)
        if to == "ROTATE":
            device.rotate_key()
        elif to in list(Background):
            device.background = Background(to)
        else:
            self.rig.set_fault(device, Fault(to))


def _stream_s(request: dict[str, Any]) -> float:
    timeout = str(request.get("timeout", ""))
    return min(int(timeout) / 1000, _LONGEST_STREAM_S) if timeout.isdigit() else _LONGEST_STREAM_S
