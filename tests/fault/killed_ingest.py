"""A centre as a process of its own: takes a recording in over its wire and is killed beside each commit in turn.

Run by `test_ingest_survives_kill` as `python -m tests.fault.killed_ingest`; prints what it found as JSON.
"""

import base64
import http.client
import json
import os
import shutil
import signal
import sys
import threading
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from dekat.accounts.actor import machine  # noqa: E402
from dekat.accounts.queries import own_identity  # noqa: E402
from dekat.accounts.roles import NodeKind  # noqa: E402
from dekat.accounts.services import found_node  # noqa: E402
from dekat.adapters.national.client import HttpGateway  # noqa: E402
from dekat.adapters.national.simulator import SimulatedCentre, serve  # noqa: E402
from dekat.cards.models import Card  # noqa: E402
from dekat.faces.wire.server import serve_in_thread  # noqa: E402
from dekat.flows import follow_recording  # noqa: E402
from dekat.ledger.queries import events, faults  # noqa: E402
from dekat.national.models import Submission  # noqa: E402
from dekat.project.sqlite import base  # noqa: E402
from dekat.sync import envelope, sessions  # noqa: E402
from dekat.sync.models import InItem, Upload  # noqa: E402
from dekat.sync.queries import opened_packet, sealed_bytes  # noqa: E402
from dekat.sync.services import reconcile  # noqa: E402
from tests.make import registry as make_registry  # noqa: E402
from tests.make.recordings import Desk, devices  # noqa: E402
from tests.make.sync import enrolled_station  # noqa: E402

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PACKET = UUID("019acb7e-0000-7000-8000-00000000beef")
PACKETS = "/sync/v1/packets"
FOLDER = settings.ENV.data_dir
PRISTINE = FOLDER.with_name(f"{FOLDER.name}-pristine")


def prepare() -> tuple[bytes, dict[str, str]]:
    """A centre that knows one station and one resident; give the station's sealed packet and its pass."""
    call_command("migrate", verbosity=0)
    own = found_node(name=settings.NODE_NAME, kind=NodeKind.CENTRE, kecamatan="", now=NOW)
    station = enrolled_station(now=NOW, kecamatan="35.11.12")
    devices()
    desk = Desk(NOW, resident_id=str(make_registry.resident_id(NOW)))
    desk.to_summary()
    desk.seal()
    sealed = sealed_bytes(desk.id)
    content = envelope.parse(sealed, max_bytes=len(sealed)).open(own.open_key)
    given = sessions.make_pass(node_name=station.name, now=NOW)
    headers = {"Authorization": f"Bearer {given}", "Tus-Resumable": "1.0.0"}
    packet = station.seal(content, now=NOW, kind="recording/1", item_id=PACKET)
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copytree(FOLDER, PRISTINE)
    return packet, headers


def upload(port: int, packet: bytes, headers: dict[str, str]) -> str:
    """What a station does after every break: ask for room, send what is missing; give the receipt."""
    named = {"id": str(PACKET), "sha256": sha256(packet).hexdigest()}
    metadata = ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in named.items())
    room = {"Upload-Length": str(len(packet)), "Upload-Metadata": metadata}
    told = _ask(port, "POST", PACKETS, {**headers, **room})
    if "dekat-receipt" in told:
        return told["dekat-receipt"]
    offset = int(told["upload-offset"])
    fixed = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return _ask(port, "PATCH", f"{PACKETS}/{PACKET}", {**headers, **fixed}, packet[offset:])["dekat-receipt"]


def _ask(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> dict[str, str]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, path, body=body, headers=headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    assert answer.status < 300, (method, answer.status)
    return {name.lower(): value for name, value in answer.getheaders()}


def live(packet: bytes, headers: dict[str, str], gateway: HttpGateway) -> None:
    """A centre's day from its start: put right what a crash left, take the packet in, follow it to its card."""
    reconcile(now=NOW)
    server = serve_in_thread(0, clock=lambda: NOW)
    upload(server.port, packet, headers)
    actor = machine(settings.NODE_NAME)
    follow_recording.send_waiting(gateway=gateway, open_content=opened_packet, actor=actor, now=lambda: NOW)
    follow_recording.ask_for_news(gateway=gateway, actor=actor, now=lambda: NOW)


def in_child(day, *, killed_at: int = 0, is_after: bool = False) -> bool:
    """Live in a process of its own; True when it was killed beside its commit of this number."""
    connection.close()
    child = os.fork()
    if child == 0:
        if killed_at:
            _kill_beside(killed_at, is_after)
        try:
            day()
        except BaseException as error:
            sys.stderr.write(repr(error))
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _kill_beside(commit: int, is_after: bool) -> None:
    real, lock, count = base.DatabaseWrapper._commit, threading.Lock(), 0

    def commit_and_die(self) -> None:
        nonlocal count
        with lock:
            count += 1
            number = count
        if number == commit and not is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        real(self)
        if number == commit:
            os.kill(os.getpid(), signal.SIGKILL)

    base.DatabaseWrapper._commit = commit_and_die


def look(pusat: SimulatedCentre) -> dict:
    """What the reopened centre holds."""
    names = [event.name for event in events()]
    held = InItem.objects.filter(id=PACKET).first()
    found = {
        "held": InItem.objects.filter(id=PACKET).count(),
        "has_file": held is None or opened_packet(PACKET) is not None,
        "submissions": [str(row.status) for row in Submission.objects.all()],
        "cards": [str(row.state) for row in Card.objects.all()],
        "received_events": names.count("sync.packet.received"),
        "status_events": names.count("national.recording.status_changed"),
        "queued_events": names.count("cards.card.queued"),
        "uploads": Upload.objects.count(),
        "at_pusat": pusat.count(),
        "faults": len(faults()),
        "integrity": connection.cursor().execute("PRAGMA integrity_check").fetchone()[0],
        "is_own": own_identity().node.name == settings.NODE_NAME,
    }
    connection.close()
    return found


def fresh(pusat: SimulatedCentre) -> None:
    """Put the centre, and what the national one knows, back to the morning."""
    shutil.rmtree(FOLDER)
    shutil.copytree(PRISTINE, FOLDER)
    with pusat._lock, pusat._db:
        pusat._db.execute("DELETE FROM recording")


def main() -> None:
    """Kill beside every commit in turn; after each, look, live the day to its end, and look again."""
    packet, headers = prepare()
    pusat = SimulatedCentre(Path(f"{FOLDER}-pusat"), pace_s=0)
    server = serve(pusat, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gateway = HttpGateway(f"http://127.0.0.1:{server.server_address[1]}", pusat.key.verify_key)

    def day() -> None:
        live(packet, headers, gateway)

    found, commit, is_after = [], 1, False
    while True:
        fresh(pusat)
        if not in_child(day, killed_at=commit, is_after=is_after):
            break
        seen = look(pusat)
        in_child(day)
        found.append({"commit": commit, "is_after": is_after, "seen": seen, "ended": look(pusat)})
        commit, is_after = (commit + 1, False) if is_after else (commit, True)
    sys.stdout.write(json.dumps({"kills": found}))


if __name__ == "__main__":
    main()
