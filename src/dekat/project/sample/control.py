"""The switches of the sample regency: pull a cable, power a device off, move the clock, close the national centre.

Served on loopback for the sample's start page. Nothing of this exists outside `make demo`.
"""

import json
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dekat.adapters.sample_line.line import SampleLine
from dekat.faces.sample.regency import STATIONS, Layout


class Switches:
    """What can be switched, and how it stands."""

    def __init__(self, layout: Layout, lines: dict[str, SampleLine]) -> None:
        self._layout, self._lines = layout, lines
        self._is_national_out = False
        self._powered_off: set[str] = set()

    def state(self) -> dict[str, Any]:
        """How every switch stands now."""
        return {
            "lines": {key: {"is_pulled": line.is_pulled, "is_up": line.is_up} for key, line in self._lines.items()},
            "is_national_out": self._is_national_out,
            "powered_off": sorted(self._powered_off),
            "clock_shift_s": self._clock_shift(),
        }

    def set_line(self, key: str, *, is_pulled: bool) -> None:
        """Pull a station's network cable, or put it back."""
        self._lines[key].pull(is_pulled=is_pulled)

    def set_national(self, *, is_out: bool) -> None:
        """Close or open the national centre."""
        _post(self._layout.url(self._layout.national_port) + "/control", {"is_out": is_out})
        self._is_national_out = is_out

    def set_device(self, key: str, *, is_off: bool) -> None:
        """Power a station's fingerprint scanner off or on."""
        station = next(station for station in STATIONS if station.key == key)
        port = self._layout.sbi_ports(station)[0]
        switches = self._layout.url(self._layout.device_control_port)
        _post(f"{switches}/{port}/{'OFF' if is_off else 'NONE'}", {})
        (self._powered_off.add if is_off else self._powered_off.discard)(key)

    def set_clock(self, *, shift_s: int) -> None:
        """Move the clock of every node by so many seconds from the real time."""
        self._layout.clock_file.write_text(str(shift_s))

    def _clock_shift(self) -> int:
        try:
            return int(self._layout.clock_file.read_text())
        except (OSError, ValueError):
            return 0


def serve(switches: Switches, port: int) -> ThreadingHTTPServer:
    """Answer `GET /` with the state and `POST /<switch>` with the state after it, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(min(int(self.headers.get("Content-Length", 0)), 4096)) or b"{}")
            try:
                match self.path.strip("/").split("/"):
                    case ["line", key]:
                        switches.set_line(key, is_pulled=bool(body["is_pulled"]))
                    case ["device", key]:
                        switches.set_device(key, is_off=bool(body["is_off"]))
                    case ["national"]:
                        switches.set_national(is_out=bool(body["is_out"]))
                    case ["clock"]:
                        switches.set_clock(shift_s=int(body["shift_s"]))
                    case _:
                        return self._answer(404)
            except (KeyError, ValueError, urllib.error.URLError):
                return self._answer(400)
            return self._answer(200)

        def _answer(self, status: int) -> None:
            text = json.dumps(switches.state()).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    threading.Thread(target=server.serve_forever, name="switches", daemon=True).start()
    return server


def _post(url: str, body: dict[str, Any]) -> None:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    urllib.request.urlopen(request, timeout=5).close()  # noqa: S310 - loopback only
