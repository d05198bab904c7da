"""The centre of the line's bench, in a process of its own: the product's wire, plain and over TLS, and a sink for POST.

It says `{"arrived": id, "at": monotonic seconds}` for each packet, message and posted file (by its digest). Told
`{"enrol": …}` it knows a station and answers with its own public half; told `{"seal": folder, …}` it plays a station
that is sealed already and answers with a pass, for clients that are not ours.
"""

import hashlib
import json
import secrets
import sys
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from uuid import UUID

# The first port speaks plainly, the next one TLS, the third takes posts.
FIRST_PORT = 8080
_speaking = Lock()


def main(folder: Path, host: str, first_port: int) -> None:
    """Serve until the bench ends this process."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import people
    from bench.rig.certificate import make_certificate
    from dekat.faces.wire.server import serve_in_thread
    from dekat.sync import ports

    call_command("migrate", verbosity=0)
    people.be_the_centre()
    ports.on_packet("bench/1", _take)
    ports.on_message("bench/1", _take)
    certificate, key = make_certificate(folder, host)
    serve_in_thread(first_port, host="0.0.0.0")
    serve_in_thread(first_port + 1, host="0.0.0.0", certificate=certificate, key=key)
    Thread(target=_sink(first_port + 2).serve_forever, daemon=True).start()
    _say({"ready": True})
    for line in sys.stdin:
        word = json.loads(line)
        _say(_enrolled(word["enrol"], word["kecamatan"]) if "enrol" in word else _sealed(**word["seal"]))


def _take(*, item_id: UUID, node: str, body: object, now: datetime) -> None:
    _say({"arrived": str(item_id), "at": time.monotonic()})


def _enrolled(public: dict[str, str], kecamatan: str) -> dict[str, str]:
    from dekat.accounts.actor import machine
    from dekat.accounts.queries import own_identity
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import enrol_node
    from dekat.kernel.sealing import SealKey
    from dekat.kernel.signing import VerifyKey

    enrol_node(
        name=public["name"], kind=NodeKind.STATION, kecamatan=kecamatan,
        verify_key=VerifyKey(bytes.fromhex(public["verify_key"])),
        seal_key=SealKey(bytes.fromhex(public["seal_key"])), incarnation=bytes.fromhex(public["incarnation"]),
        actor=machine("centre"), now=datetime.now(UTC),
    )  # fmt: skip
    own = own_identity().node
    return {"verify_key": own.verify_key.raw.hex(), "seal_key": own.seal_key.raw.hex(),
            "incarnation": own.incarnation.hex()}  # fmt: skip


def _sealed(folder: str, kecamatan: str, count: int, size: int) -> dict[str, Any]:
    """Sealed packets as files named by their id, and a pass that outlives the slowest run."""
    from tests.make.sync import enrolled_station

    from dekat.kernel.ids import new_id
    from dekat.sync import sessions

    now = datetime.now(UTC)
    station = enrolled_station(now=now, kecamatan=kecamatan)
    made = {}
    for _ in range(count):
        item_id = new_id(datetime.now(UTC))
        data = station.seal(secrets.token_bytes(size), now=datetime.now(UTC), kind="bench/1", item_id=item_id)
        (Path(folder) / f"{item_id}.dkp").write_bytes(data)
        made[str(item_id)] = [len(data), hashlib.sha256(data).hexdigest()]
    return {"made": made, "given": sessions.make_pass(node_name=station.name, now=now + timedelta(days=1))}


def _sink(port: int) -> ThreadingHTTPServer:
    """Takes whole bodies, as an upload form does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            wanted = int(self.headers["Content-Length"])
            body = self.rfile.read(wanted)
            if len(body) == wanted:
                _say({"arrived": hashlib.sha256(body).hexdigest(), "at": time.monotonic()})
                self.send_response(204)
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("0.0.0.0", port), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    return server


def _say(words: object) -> None:
    with _speaking:
        sys.stdout.write(json.dumps(words) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
