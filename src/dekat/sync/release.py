"""An officer lets in what a copied machine sealed under a number that was taken: one by one, after looking at it."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.ledger.services import record
from dekat.sync import apply, envelope, files, inbox
from dekat.sync.models import InboxLane, InItem, Stray
from dekat.sync.rules import MAX_PACKET_BYTES, Carrier, InState


def release_stray(*, item_id: UUID, digest: bytes, actor: Actor, now: datetime) -> InState:
    """Hold a contradicting item like any other, do what it asks once, and give it a receipt of its own.

    Facts: it stands in a chain beside the one it contradicts; nothing that is held is replaced. Other bytes under an
    id that is held stay evidence: one id has one content.
    Again: the state it has.
    Refuses: sync.item.conflict.
    """
    with transaction.atomic():
        held = InItem.objects.filter(id=item_id).first()
        if held is not None and bytes(held.digest) == digest:
            return InState(held.state)
        stray = Stray.objects.select_for_update().get(digest=digest, item_id=item_id)
        if held is not None:
            raise inbox.ItemConflict(packet=str(item_id), node=stray.node, seq=stray.seq)
        raw = files.stray_path(digest).read_bytes() if stray.path else bytes(stray.envelope or b"")
        found = envelope.parse(raw, max_bytes=MAX_PACKET_BYTES)
        item = _item(stray, found, raw, now)
        item.state, item.code = apply.outcome(found, Carrier(item.carrier), now)
        item.receipt = inbox.receipt_for(item, stray.node)
        item.save(force_insert=True)
        stray.delete()
        record(
            name="sync.item.released",
            subject=f"packet:{item_id}",
            actor=actor.label,
            data={"node": stray.node, "seq": item.seq, "digest": digest.hex(), "state": str(item.state)},
            now=now,
        )
    # The bytes lie under the item's own name by now; a kill before this line leaves a second name for them.
    if item.path:
        files.stray_path(digest).unlink(missing_ok=True)
    return InState(item.state)


def _item(stray: Stray, found: envelope.Envelope, raw: bytes, now: datetime) -> InItem:
    header = found.header
    item = InItem(
        id=header.item_id,
        inbox_seq=inbox.next_number(inbox.INBOX_COUNTER),
        lane=_lane_beside(header),
        seq=header.seq,
        carrier=Carrier.PACKET if stray.path else Carrier.MESSAGE,
        kind=header.kind,
        digest=found.digest,
        header_hash=found.header_hash,
        prev_hash=header.prev,
        size_bytes=found.size_bytes,
        operator=header.operator,
        sealed_at=header.sealed_at,
        received_at=now,
    )
    if stray.path:
        path = files.packet_path(item.id, item.received_at.year)
        files.link_durably(files.stray_path(found.digest), raw, path)
        item.path = f"{path.parent.name}/{path.name}"
    else:
        item.envelope = raw
    return item


def _lane_beside(header: envelope.Header) -> InboxLane:
    """The first lane beside the real one where this number is free: one for each further copy."""
    name = header.incarnation
    while True:
        name = sha256(b"dekat/beside/1\x00" + name).digest()[:16]
        lane, _ = InboxLane.objects.get_or_create(node=header.node, incarnation=name, defaults={"is_forked": True})
        if not lane.items.filter(seq=header.seq).exists():
            return lane
