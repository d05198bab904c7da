"""At the start: what lies on the disk and what the rows say become one again, and what waited is tried again."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import machine
from dekat.accounts.queries import NodeUnknown, own_identity
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record
from dekat.sync import apply, envelope, feed, files, inbox, outbox, ports, uploads
from dekat.sync.models import InItem, OutItem
from dekat.sync.rules import MAX_PACKET_BYTES, Carrier, InState, OutState

FILE_LOST = "sync.outbox.file_lost"


@dataclass(frozen=True)
class Reconciled:
    """What a start found."""

    drafts_removed: int = 0
    adopted: int = 0
    orphaned: int = 0
    files_lost: int = 0


def reconcile(*, now: datetime) -> Reconciled:
    """Bring files and rows together after a stop at any instant; safe to call at every start of either machine.

    Again: finds nothing new.
    """
    try:
        own_identity()
    except NodeUnknown:
        return Reconciled()
    drafts = _remove_drafts()
    adopted, orphaned = _adopt_orphans(now)
    lost = _report_lost(now)
    outbox.purge()
    uploads.sweep_uploads(now=now)
    _retry_held(now)
    feed.retry_unapplied(now=now)
    return Reconciled(drafts, adopted, orphaned, lost)


def _remove_drafts() -> int:
    drafts = list(_outbox().glob("*.tmp"))
    for draft in drafts:
        draft.unlink()
    return len(drafts)


def _adopt_orphans(now: datetime) -> tuple[int, int]:
    known = {str(found) for found in OutItem.objects.filter(carrier=Carrier.PACKET).values_list("id", flat=True)}
    adopted = orphaned = 0
    for path in sorted((path for path in _outbox().glob("*.dkp") if path.stem not in known), key=_seq):
        try:
            outbox.adopt(path.read_bytes(), now=now)
            adopted += 1
        except DekatError as refusal:
            _set_aside(path, refusal.code, now)
            orphaned += 1
    return adopted, orphaned


def _set_aside(path: Path, code: str, now: datetime) -> None:
    target = files.orphan_path(path.stem)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    with transaction.atomic():
        _say("sync.packet.orphaned", path.stem, code, now)


def _report_lost(now: datetime) -> int:
    gone = (OutState.PURGED, OutState.PURGEABLE, OutState.HELD)
    lost = 0
    for item in OutItem.objects.filter(carrier=Carrier.PACKET).exclude(state__in=gone).exclude(code=FILE_LOST):
        if files.outbox_path(item.id).exists():
            continue
        lost += 1
        with transaction.atomic():
            # With the receipt the centre has it: the loss is noted, and nobody is frightened.
            held = {} if item.receipt else {"state": OutState.HELD, "aside_at": now}
            OutItem.objects.filter(id=item.id).update(code=FILE_LOST, **held)
            _say("sync.packet.file_lost", str(item.id), FILE_LOST, now)
    return lost


def _retry_held(now: datetime) -> None:
    own = machine(own_identity().node.name)
    waiting = (apply.KindUnknown.code, envelope.EnvelopeNewer.code)
    for item in InItem.objects.filter(state=InState.HELD, code__in=waiting).order_by("inbox_seq"):
        is_packet = item.carrier == Carrier.PACKET
        taker = ports.packet_handler(item.kind) if is_packet else ports.message_handler(item.kind)
        if taker is not None and not inbox.kept_envelope(item).is_newer:
            inbox.retry_item(item_id=item.id, actor=own, now=now)


def _say(name: str, item_id: str, code: str, now: datetime) -> None:
    actor = machine(own_identity().node.name).label
    record(name=name, subject=f"packet:{item_id}", actor=actor, data={"code": code}, now=now)


def _seq(path: Path) -> tuple[int, str]:
    try:
        return envelope.parse(path.read_bytes(), max_bytes=MAX_PACKET_BYTES).header.seq, path.name
    except DekatError:
        return 1 << 63, path.name


def _outbox() -> Path:
    return files.outbox_path(UUID(int=0)).parent
