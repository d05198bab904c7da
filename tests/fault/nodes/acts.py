"""What a node can be told to do in a fault test; each act gives something that fits into JSON, or nothing.

Packets, messages and feed entries of the kind `test/1` have one effect: an event in the ledger with their digest.
"""

import json
import random
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node, found_node
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.faces.wire.server import serve_in_thread
from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger import ports as ledger_ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import record
from dekat.project.upgrade import upgrade as bring_up_to_date
from dekat.sync import ports, queries, second_copy, services, stick
from dekat.sync.carried import take_stick
from dekat.sync.models import InItem, OutItem

KIND = "test/1"
_ahead = timedelta()
_worker: SyncWorker | None = None


def now() -> datetime:
    """This node's clock, as far ahead as `set_clock` put it."""
    return datetime.now(UTC) + _ahead


def connect() -> None:
    """What `project.wiring` does for a whole node."""

    def signer() -> ledger_ports.Signer:
        own = own_identity()
        return ledger_ports.Signer(node=own.voice, key=own.signing_key)

    def take(*, item_id, node, body, now):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        data = {"sha256": sha256(content).hexdigest(), "node": node}
        record(name="test.effect.happened", subject=f"item:{item_id}", actor="node:x", data=data, now=now)

    ledger_ports.use_signer(signer)
    ports.on_packet(KIND, take)
    ports.on_message(KIND, take)
    ports.on_feed(KIND, take)


def init(name):
    """Make the database as this release has it and the keys; give the public half."""
    for app in settings.INSTALLED_APPS:
        if not app.endswith(".later"):
            call_command("migrate", app.rpartition(".")[2], verbosity=0)
    is_centre = name == "centre"
    kind = NodeKind.CENTRE if is_centre else NodeKind.STATION
    own = found_node(name=name, kind=kind, kecamatan="" if is_centre else name.removeprefix("station-"), now=now())
    return {
        "name": name,
        "kind": str(kind),
        "kecamatan": own.node.kecamatan,
        "verify_key": own.node.verify_key.raw.hex(),
        "seal_key": own.node.seal_key.raw.hex(),
        "incarnation": own.node.incarnation.hex(),
    }


def enrol(public):
    """Know another node by its public half."""
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


def set_clock(seconds_ahead):
    """From now on this node's clock is so far ahead (or behind)."""
    global _ahead
    _ahead = timedelta(seconds=seconds_ahead)


def start_up():
    """What a node does at each start; give what it found."""
    return vars(services.reconcile(now=now()))


def upgrade():
    """What a start of the later release does with the database."""
    bring_up_to_date(folder=settings.ENV.data_dir, now=now())


def serve(port=0):
    """The centre's wire, from now on; give its port."""
    services.reconcile(now=now())
    return serve_in_thread(int(port), clock=now).port


def publish(key):
    """Tell every station something, with bytes to fetch; give their name."""
    with transaction.atomic():
        name = services.publish_blob(key.encode() * 20_000)
        services.publish(scope="*", kind=KIND, key=key, body={"key": key}, now=now(), blobs=[name])
    return name


def seal(item_id, size, marker=""):
    """Seal a packet of bytes drawn from its id behind a marker; give their digest."""
    content = marker.encode() + random.Random(item_id).randbytes(int(size) - len(marker))
    services.seal_packet(packet_id=UUID(item_id), kind=KIND, content=content, operator="", now=now())
    return sha256(content).hexdigest()


def send(item_id, word):
    """Send a small message."""
    services.send_message(message_id=UUID(item_id), kind=KIND, body={"word": word}, now=now())


def sync(url, patience_s=5):
    """The station's background, from now on."""
    global _worker
    services.reconcile(now=now())
    _worker = SyncWorker(centre_url=url, clock=now, patience_s=float(patience_s))
    _worker.start()


def once(url, patience_s=20):
    """One whole round; give how the line is, or the code of the trouble."""
    try:
        return str(SyncWorker(centre_url=url, clock=now, patience_s=float(patience_s)).run_once().state)
    except DekatError as trouble:
        return trouble.code


def line():
    """How the background sees the line: its state and the code of the last trouble."""
    status = _worker.status()
    return [str(status.state), status.code]


def show(item_id):
    """What this node knows of an item, and every effect it ever had here."""
    status = queries.packet_status(UUID(item_id))
    effects = [event.data["sha256"] for event in ledger.events(subject=f"item:{item_id}")]
    heads = {head.node: head.last_seq for head in ledger.heads()}
    faults = len(ledger.faults())
    return {"state": status and status.state, "effects": effects, "heads": heads, "faults": faults}


def held():
    """Every item here by its id: state, digest, code, and whether its bytes are here."""
    rows = [*OutItem.objects.all(), *InItem.objects.all()]
    return {str(row.id): [row.state, bytes(row.digest).hex(), row.code, _has_bytes(row)] for row in rows}


def receipts():
    """The signed receipts that this node has, by item."""
    rows = [*OutItem.objects.exclude(receipt=""), *InItem.objects.all()]
    return {str(row.id): row.receipt for row in rows}


def effects():
    """How often each item had its effect here."""
    count = {}
    for event in ledger.events(names=["test.effect.happened"]):
        count[event.subject] = count.get(event.subject, 0) + 1
    return count


def mirror(folder):
    """The station's stick: prepared, what came back taken in, everything copied."""
    stick.prepare(Path(folder), now=now())
    found = second_copy.round_once([folder], now=now()).present
    return [str(found.state), found.copied, found.total]


def carry(folder):
    """The centre reads a stick."""
    found = take_stick(Path(folder), now=now())
    refused = [[one.name, one.code] for one in found.refused]
    return {"done": dict(found.done), "refused": refused, "is_written": found.is_written}


def back_up():
    """A verified backup of the centre holds everything that came so far."""
    newest = InItem.objects.order_by("-inbox_seq").first()
    services.mark_durable(through_inbox_seq=newest.inbox_seq if newest else 0, now=now())


def purge():
    """Delete what may go; give how many went."""
    return services.purge()


def blob(name):
    """How many bytes of this name are here; -1 for none."""
    content = queries.blob(name)
    return -1 if content is None else len(content)


def _has_bytes(row):
    if isinstance(row, OutItem):
        return queries.sealed_bytes(row.id) is not None
    return bool(row.envelope) or queries.opened_packet(row.id) is not None


_ALL = (
    init, enrol, set_clock, start_up, upgrade, serve, publish, seal, send, sync, once, line, show, held, receipts,
    effects, mirror, carry, back_up, purge, blob,
)  # fmt: skip
ACTS = {one.__name__: one for one in _ALL}
