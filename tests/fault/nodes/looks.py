"""More that a node of a fault test can be told: what its operator reads, its files and receipts, its custody."""

import time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Max

from dekat.accounts.queries import own_identity
from dekat.adapters.centre_line.worker import SyncWorker
from dekat.areas.models import Village
from dekat.faces import unlock
from dekat.faces.refusals.words import words_for
from dekat.faces.wire import desk
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.services import record
from dekat.project import upgrade as renewal
from dekat.project.commands.serve import start_when_unlocked
from dekat.sync import queries, services
from dekat.sync.models import InItem, OutboxHead, OutItem, Upload
from dekat.sync.rescue import rescue
from dekat.sync.rules import OutState
from tests.fault.nodes.acts import now


def page():
    """What the operator reads: how many wait, how many stand aside, and each item's words."""
    summary = queries.outbox_summary()
    words = {str(item): OutState(state).label for item, state in OutItem.objects.values_list("id", "state")}
    sent = dict(OutItem.objects.values_list("id", "sent_bytes"))
    told = {str(item): count for item, count in sent.items()}
    return {"waiting": summary.waiting_count, "aside": summary.quarantined_count, "words": words, "sent": told}


def receipt(item_id):
    """The signed receipt as this node keeps it."""
    return queries.receipt_text(UUID(item_id))


def last_number():
    """The last number this station gave to an item."""
    return max(OutboxHead.objects.values_list("last_seq", flat=True), default=0)


def said(name):
    """How often this node's log says that."""
    return len(ledger.events(names=[name]))


def faults():
    """How often the chains of this node's log break."""
    return len(ledger.faults())


def files(folder):
    """The files below a folder of this node, with their sizes."""
    home = Path(settings.ENV.data_dir) / folder
    return {str(path.relative_to(home)): path.stat().st_size for path in home.rglob("*") if path.is_file()}


def uploads():
    """The uploads that are not finished at this centre."""
    return list(Upload.objects.values_list("id", flat=True))


def back_up():
    """At the centre: everything it holds now is in a verified backup."""
    last = InItem.objects.aggregate(last=Max("inbox_seq"))["last"] or 0
    services.mark_durable(through_inbox_seq=last, now=now())


def spent(url, patience_s=20):
    """One whole round; give its end (a state or a code) and the bytes it sent."""
    worker = SyncWorker(centre_url=url, clock=now, patience_s=float(patience_s))
    try:
        state = str(worker.run_once().state)
    except DekatError as trouble:
        state = trouble.code
    return [state, worker.status().sent_bytes]


def be_patient(database_s, whole_s):
    """Wait so long for the database at each try, and so long in all."""
    connections.settings["default"]["OPTIONS"]["timeout"] = database_s
    desk.PATIENCE_S = whole_s


def hold_database(seconds):
    """Let nobody else write for so long."""
    with transaction.atomic():
        record(name="test.database.held", subject="x", actor="node:x", data={}, now=now())
        time.sleep(seconds)


def older():
    """Take back what the last migrations of a concept made: this node comes from an older release."""
    call_command("migrate", "areas", "zero", verbosity=0)


def upgrade():
    """Meet this release's tables, as at every start."""
    renewal.upgrade(folder=Path(settings.ENV.data_dir), now=now())


def villages():
    """How many rows the last migration made; -1 while its table is not there."""
    return Village.objects.count() if Village._meta.db_table in connection.introspection.table_names() else -1


def begin_work():
    """What `dekat serve` does before its workers; give the only thing that its pages say then, if there is one."""
    started = []
    start_when_unlocked(lambda: started.append(True))
    return [words_for(refusal).happened for refusal in unlock._only] or started


def give_up(folder):
    """What `dekat sync rescue` does."""
    return vars(rescue(Path(folder), node=settings.NODE_NAME, now=now()))


def card():
    """The public half of this node, for `enrol`."""
    own = own_identity().node
    return {
        "name": own.name,
        "kind": str(own.kind),
        "kecamatan": own.kecamatan,
        "verify_key": own.verify_key.raw.hex(),
        "seal_key": own.seal_key.raw.hex(),
        "incarnation": own.incarnation.hex(),
    }


_ALL = (
    page,
    receipt,
    last_number,
    said,
    faults,
    files,
    uploads,
    back_up,
    spent,
    be_patient,
    hold_database,
    older,
    upgrade,
    villages,
    begin_work,
    give_up,
    card,
)
ACTS = {one.__name__: one for one in _ALL}
