"""A printer without paper: answers IPP over HTTP and keeps what it printed as files.

`python -m dekat.adapters.ipp.virtual_printer --port 8631 --spool DIR --control DIR`; a file named after one of
`virtual_mechanism.SWITCHES` in the control folder puts it into that state for as long as the file is there.
"""

import argparse
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from dekat.adapters.ipp.encoding import NotIpp, decode
from dekat.adapters.ipp.virtual_answers import answer
from dekat.adapters.ipp.virtual_mechanism import Mechanism


class VirtualPrinter(Mechanism):
    """The printer with its door: an HTTP server on `port` (0 takes a free one)."""

    def __init__(
        self,
        *,
        spool: Path,
        control: Path,
        serial: str = "PRN-000001",
        port: int = 0,
        seconds_per_sheet: float = 0.05,
    ) -> None:
        super().__init__(spool=spool, control=control, serial=serial, seconds_per_sheet=seconds_per_sheet)
        self._over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"ipp://127.0.0.1:{self._server.server_address[1]}/ipp/print"

    def start(self) -> "VirtualPrinter":
        """Switch it on, in threads of its own."""
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        threading.Thread(target=self.print_forever, args=(self._over,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Switch it off for good and give its port back."""
        self._over.set()
        self._server.shutdown()
        self._server.server_close()


def _handler_of(printer: Mechanism) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """One request at the printer's door."""

        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if printer.is_set("power-off"):
                self.close_connection = True
                return
            try:
                reply = answer(printer, decode(body))
            except NotIpp:
                self.send_error(400)
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            """Stay quiet: a printer keeps no diary."""

    return Handler


def main() -> None:
    """Run one virtual printer until the process ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8631)
    parser.add_argument("--spool", type=Path, required=True)
    parser.add_argument("--control", type=Path, help="folder of the switches (default: `control` in the spool)")
    parser.add_argument("--serial", default="PRN-000001")
    parser.add_argument("--seconds-per-sheet", type=float, default=2.0)
    given = parser.parse_args()
    VirtualPrinter(
        spool=given.spool,
        control=given.control or given.spool / "control",
        serial=given.serial,
        port=given.port,
        seconds_per_sheet=given.seconds_per_sheet,
    ).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
