"""A national centre that does not exist: same statuses, signed receipts, outages on demand.

    python -m dekat.adapters.national.simulator --port 8650 --folder var/national

It keeps what it received in SQLite, tells a second recording of one NIK to be a duplicate, moves each recording on by
the clock, and gives NIK and nomor KK of province 99. `POST /control {"is_out": true, "pace_s": 2}` is the switch.
"""

import argparse
import base64
import json
import sqlite3
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID

import cbor2

from dekat.adapters.national.client import RECEIPT_CONTEXT, receipt_text
from dekat.adapters.national.simulated_numbers import SimulatedNumbers
from dekat.kernel.signing import SigningKey
from dekat.national.statuses import Status

MAX_BODY_BYTES = 32 * 1024 * 1024
_TABLE = """CREATE TABLE IF NOT EXISTS recording (
    id TEXT PRIMARY KEY, nik TEXT, sha256 TEXT, received_at TEXT, is_duplicate INTEGER)"""


class SimulatedCentre:
    """The centre's memory and its pace: seconds from one status to the next."""

    def __init__(self, folder: Path, *, pace_s: float = 4.0) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.pace_s = pace_s
        self.is_out = False
        self._lock = threading.Lock()
        self._db = sqlite3.connect(folder / "national.db", check_same_thread=False)
        self._db.execute(_TABLE)
        self.key = _kept_key(folder)
        self._numbers = SimulatedNumbers(self._db, self.key, lambda: self.pace_s)

    def receive(self, recording_id: UUID, nik: str, content: bytes) -> dict[str, str]:
        """Keep a recording once and sign for it; a repeat gets the first receipt."""
        digest = sha256(content).hexdigest()
        with self._lock, self._db:
            row = self._row(recording_id)
            if row is None:
                others = "SELECT 1 FROM recording WHERE nik = ? AND id != ?"
                is_known = self._db.execute(others, (nik, _completes(content))).fetchone()
                self._db.execute(
                    "INSERT INTO recording VALUES (?, ?, ?, ?, ?)",
                    (str(recording_id), nik, digest, datetime.now(UTC).isoformat(), int(bool(is_known))),
                )
                row = self._row(recording_id)
        assert row is not None
        received_at = datetime.fromisoformat(row[1])
        text = receipt_text(recording_id=recording_id, content_sha256=row[0], received_at=received_at)
        return {
            "recording_id": str(recording_id),
            "content_sha256": row[0],
            "received_at": row[1],
            "signature": self.key.sign(context=RECEIPT_CONTEXT, message=text).hex(),
        }

    def statuses(self, recording_id: UUID) -> list[dict[str, str]]:
        """What the centre says of a recording by now."""
        with self._lock:
            row = self._row(recording_id)
        if row is None:
            return []
        received = datetime.fromisoformat(row[1])
        last = Status.DUPLICATE_RECORD if row[2] else Status.PRINT_READY_RECORD
        said = [{"status": str(Status.RECEIVED_AT_CENTRAL), "at": row[1]}]
        if (datetime.now(UTC) - received).total_seconds() >= self.pace_s:
            said.append({"status": str(last), "at": datetime.now(UTC).isoformat()})
        return said

    def ask_number(self, reference: UUID, kind: str, facts: Mapping[str, str]) -> bool:
        """Hold a question for a number once; False when it cannot be answered."""
        with self._lock:
            return self._numbers.ask(reference, kind, facts)

    def number(self, reference: UUID) -> dict[str, object]:
        """What the centre says of a question for a number by now."""
        with self._lock:
            return self._numbers.told(reference)

    def asked_count(self) -> int:
        """How many questions for a number the centre holds."""
        with self._lock:
            return self._numbers.count()

    def close(self) -> None:
        """Put the memory away; the key stays."""
        self._db.close()

    def count(self) -> int:
        """How many recordings the centre holds."""
        with self._lock:
            return int(self._db.execute("SELECT count(*) FROM recording").fetchone()[0])

    def _row(self, recording_id: UUID) -> tuple[str, str, int] | None:
        found = self._db.execute(
            "SELECT sha256, received_at, is_duplicate FROM recording WHERE id = ?", (str(recording_id),)
        ).fetchone()
        return (found[0], found[1], found[2]) if found else None


def _completes(content: bytes) -> str:
    """The id of the recording that a supplement completes; empty for any other."""
    try:
        said = cbor2.loads(content)
    except (cbor2.CBORDecodeError, ValueError):
        return ""
    return str(said.get("supplement_of", "")) if isinstance(said, dict) else ""


def serve(centre: SimulatedCentre, port: int, *, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Make the centre's server; the caller runs and ends it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if centre.is_out:
                self._answer(503, {"error": "out"})
            elif self.path == "/ping":
                self._answer(200, {"is_up": True, "held": centre.count()})
            elif self.path.endswith("/statuses") and (recording := _id_in(self.path, "recordings")):
                self._answer(200, {"statuses": centre.statuses(recording)})
            elif reference := _id_in(self.path, "numbers"):
                self._answer(200, centre.number(reference))
            else:
                self._answer(404, {"error": "unknown"})

        def do_POST(self) -> None:
            body = self._body()
            recording, reference = _id_in(self.path, "recordings"), _id_in(self.path, "numbers")
            if self.path == "/control":
                centre.is_out = bool(body.get("is_out", centre.is_out))
                centre.pace_s = float(body.get("pace_s", centre.pace_s))
                self._answer(200, {"is_out": centre.is_out, "pace_s": centre.pace_s, "held": centre.count()})
            elif centre.is_out:
                self._answer(503, {"error": "out"})
            elif recording and "nik" in body and "content" in body:
                self._answer(200, centre.receive(recording, body["nik"], base64.b64decode(body["content"])))
            elif reference and centre.ask_number(reference, str(body.get("kind")), _facts(body.get("facts"))):
                self._answer(200, {"reference": str(reference)})
            else:
                self._answer(400, {"error": "incomplete"})

        def _body(self) -> dict[str, str]:
            length = min(int(self.headers.get("Content-Length", 0)), MAX_BODY_BYTES)
            try:
                found = json.loads(self.rfile.read(length) or b"{}")
            except ValueError:
                return {}
            return found if isinstance(found, dict) else {}

        def _answer(self, status: int, body: object) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: addresses hold ids of recordings."""

    return ThreadingHTTPServer((host, port), Handler)


def _facts(said: object) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def _id_in(path: str, kind: str) -> UUID | None:
    parts = path.strip("/").split("/")
    try:
        return UUID(parts[1]) if parts[0] == kind and len(parts) > 1 else None
    except ValueError:
        return None


def _kept_key(folder: Path) -> SigningKey:
    path = folder / "national.key"
    if not path.exists():
        path.write_bytes(SigningKey.generate().raw)
        path.chmod(0o600)
    key = SigningKey(path.read_bytes())
    (folder / "national.pub").write_text(key.verify_key.text)
    return key


def main() -> None:
    """Run the simulated centre until it is stopped."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8650)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--pace", type=float, default=4.0)
    parser.add_argument("--host", default="127.0.0.1", help="the address it listens at (default loopback)")
    options = parser.parse_args()
    centre = SimulatedCentre(options.folder, pace_s=options.pace)
    serve(centre, options.port, host=options.host).serve_forever()


if __name__ == "__main__":
    main()
