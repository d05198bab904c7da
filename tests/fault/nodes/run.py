"""One node as a process of its own: `run.py init|enrol|serve|seal|send|sync|show …` (see tests/fault/machines.py)."""

import json
import secrets
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import django


def main() -> None:
    django.setup()
    connect()
    command, *arguments = sys.argv[1:]
    COMMANDS[command](*arguments)


def now() -> datetime:
    return datetime.now(UTC)


def connect() -> None:
    """What `project.wiring` does for a whole node; the effect of a packet is one event in the ledger."""
    from dekat.accounts.queries import own_identity
    from dekat.ledger import ports as ledger_ports
    from dekat.ledger.services import record
    from dekat.sync import ports

    def signer() -> ledger_ports.Signer:
        own = own_identity()
        return ledger_ports.Signer(node=own.voice, key=own.signing_key)

    def take(*, item_id, node, body, now):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        data = {"sha256": sha256(content).hexdigest(), "node": node}
        record(name="test.effect.happened", subject=f"item:{item_id}", actor="node:x", data=data, now=now)

    ledger_ports.use_signer(signer)
    ports.on_packet("test/1", take)
    ports.on_message("test/1", take)
    ports.on_feed("test/1", take)


def init(name: str) -> None:
    """Make the database and the keys; print the public half."""
    from django.core.management import call_command

    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import found_node

    call_command("migrate", verbosity=0)
    is_centre = name == "centre"
    kind = NodeKind.CENTRE if is_centre else NodeKind.STATION
    own = found_node(name=name, kind=kind, kecamatan="" if is_centre else name.removeprefix("station-"), now=now())
    public = {
        "name": name,
        "kind": kind,
        "kecamatan": own.node.kecamatan,
        "verify_key": own.node.verify_key.raw.hex(),
        "seal_key": own.node.seal_key.raw.hex(),
        "incarnation": own.node.incarnation.hex(),
    }
    print(json.dumps(public))


def enrol(text: str) -> None:
    """Know another node by its public half."""
    from dekat.accounts.actor import machine
    from dekat.accounts.roles import NodeKind
    from dekat.accounts.services import enrol_node
    from dekat.kernel.sealing import SealKey
    from dekat.kernel.signing import VerifyKey

    public = json.loads(text)
    enrol_node(
        name=public["name"],
        kind=NodeKind(public["kind"]),
        kecamatan=public["kecamatan"],
        verify_key=VerifyKey(bytes.fromhex(public["verify_key"])),
        seal_key=SealKey(bytes.fromhex(public["seal_key"])),
        incarnation=bytes.fromhex(public["incarnation"]),
        actor=machine("test"),
        now=now(),
    )


def serve(port: str) -> None:
    """The centre's wire, until killed."""
    from dekat.faces.wire.server import serve_in_thread
    from dekat.sync import services

    services.reconcile(now=now())
    serve_in_thread(int(port))
    print("ready", flush=True)
    while True:
        time.sleep(60)


def publish(key: str) -> None:
    """Tell every station something, with bytes to fetch."""
    from django.db import transaction

    from dekat.sync import services

    with transaction.atomic():
        name = services.publish_blob(key.encode() * 20_000)
        services.publish(scope="*", kind="test/1", key=key, body={"key": key}, now=now(), blobs=[name])
    print(json.dumps(name))


def seal(item_id: str, size: str) -> None:
    """Seal a packet of random bytes; print their digest."""
    from dekat.sync import services

    content = secrets.token_bytes(int(size))
    services.seal_packet(packet_id=UUID(item_id), kind="test/1", content=content, operator="", now=now())
    print(json.dumps(sha256(content).hexdigest()))


def send(item_id: str, word: str) -> None:
    """Send a small message."""
    from dekat.sync import services

    services.send_message(message_id=UUID(item_id), kind="test/1", body={"word": word}, now=now())


def sync(url: str) -> None:
    """The station's background, until killed."""
    from dekat.adapters.centre_line.worker import SyncWorker
    from dekat.sync import services

    services.reconcile(now=now())
    SyncWorker(centre_url=url, clock=now, patience_s=5).start()
    print("ready", flush=True)
    while True:
        time.sleep(60)


def once(url: str) -> None:
    """One round; print how the line is."""
    from dekat.adapters.centre_line.worker import SyncWorker

    print(json.dumps(str(SyncWorker(centre_url=url, clock=now).run_once().state)))


def show(item_id: str) -> None:
    """What this node knows of an item, and every effect it ever had here."""
    from dekat.ledger import queries as ledger
    from dekat.sync import queries

    status = queries.packet_status(UUID(item_id))
    effects = [event.data["sha256"] for event in ledger.events(subject=f"item:{item_id}")]
    heads = {head.node: head.last_seq for head in ledger.heads()}
    faults = len(ledger.faults())
    print(json.dumps({"state": status and status.state, "effects": effects, "heads": heads, "faults": faults}))


def mirror(folder: str) -> None:
    """The station's stick: prepared, what came back taken in, everything copied."""
    from dekat.sync import second_copy, stick

    stick.prepare(Path(folder), now=now())
    found = second_copy.round_once([folder], now=now()).present
    print(json.dumps([str(found.state), found.copied, found.total]))


def carry(folder: str) -> None:
    """The centre reads a stick."""
    from dekat.sync.carried import take_stick

    found = take_stick(Path(folder), now=now())
    print(json.dumps({"done": dict(found.done), "refused": [[one.name, one.code] for one in found.refused]}))


def blob(name: str) -> None:
    """How many bytes of this name are here; -1 for none."""
    from dekat.sync import queries

    content = queries.blob(name)
    print(json.dumps(-1 if content is None else len(content)))


_ALL = (init, enrol, serve, publish, seal, send, sync, once, show, mirror, carry, blob)
COMMANDS = {one.__name__: one for one in _ALL}

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[3] / folder) for folder in ("", "src")]
    main()
