"""What was received, then lost by a centre that was restored from too old a backup, and deleted here in good faith.

It cannot be brought back; it must not stay silent. The station shows the centre's own signed receipt for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import machine
from dekat.accounts.queries import centre_keys, own_identity
from dekat.kernel.canonical import Json
from dekat.ledger.services import record
from dekat.sync import outbox
from dekat.sync.models import InItem, LostItem, OutItem
from dekat.sync.receipts import ReceiptInvalid, read
from dekat.sync.rules import OutState

MESSAGE_KIND = "lost_item/1"


@dataclass(frozen=True)
class Lost:
    """One item that neither side has any more."""

    id: UUID
    node: str
    kind: str
    seq: int
    received_at: datetime


def tell_lost(*, missing: Sequence[int], incarnation: bytes, now: datetime) -> int:
    """At the station: for each number that the centre lacks and whose bytes are gone here, show its receipt.

    Facts: what may be deleted and is still here is kept for the centre instead.
    Again: each is told once.
    """
    with transaction.atomic():
        rows = OutItem.objects.filter(seq__in=missing, incarnation=incarnation)
        rows.filter(state=OutState.PURGEABLE).update(state=OutState.DURABLE)
        gone = list(rows.filter(state=OutState.PURGED).exclude(receipt=""))
        for item in gone:
            body: dict[str, Json] = {"receipt": item.receipt, "kind": item.kind}
            message_id = uuid5(item.id, MESSAGE_KIND)
            outbox.send_message(message_id=message_id, kind=MESSAGE_KIND, body=body, now=now)
    return len(gone)


def hear_lost(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """At the centre: list an item as lost, because its own receipt says that it was here.

    Again: listed once; one that came back after all is not listed.
    Refuses: sync.receipt.invalid.
    """
    receipt = read(str(body["receipt"]), centre_keys())
    if receipt.node != node:
        raise ReceiptInvalid
    if InItem.objects.filter(id=receipt.item_id).exists():
        return
    kind = str(body["kind"])[:40]
    _, is_new = LostItem.objects.get_or_create(
        id=receipt.item_id,
        defaults={
            "node": node,
            "kind": kind,
            "seq": receipt.seq,
            "received_at": receipt.received_at,
            "told_at": now,
            "receipt": str(body["receipt"]),
        },
    )
    if is_new:
        record(
            name="sync.item.lost",
            subject=f"packet:{receipt.item_id}",
            actor=machine(own_identity().node.name).label,
            data={"node": node, "kind": kind, "seq": receipt.seq, "inbox_seq": receipt.inbox_seq},
            now=now,
        )


def lost_items(node: str = "") -> list[Lost]:
    """What is lost with a receipt, of one station or of all, by station and number."""
    rows = LostItem.objects.filter(node=node) if node else LostItem.objects.all()
    return [Lost(row.id, row.node, row.kind, row.seq, row.received_at) for row in rows]
