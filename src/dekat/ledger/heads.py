"""The ends of all chains as one signed paper: whoever keeps it can show later that something was cut off.

The centre also says them in its own chain once a day, so that a chain cut off elsewhere is named by the log alone.
"""

from datetime import datetime, timedelta

from django.db import transaction

from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import iso
from dekat.ledger import ports
from dekat.ledger import queries as ledger
from dekat.ledger.queries import ChainHead
from dekat.ledger.services import record

HEADS_CONTEXT, BUNDLE_CONTEXT = "dekat/heads/1", "dekat/bundle/1"
PUBLISHED = "ledger.heads.published"
EVERY = timedelta(hours=20)


def heads_paper(*, now: datetime, at: list[ChainHead] | None = None) -> dict[str, Json]:
    """Where every chain ends now (or ended, as `at` says), signed by this node."""
    heads = ledger.heads() if at is None else at
    return signed(
        {
            "format": HEADS_CONTEXT,
            "at": iso(now),
            "by": ports.signer().node,
            "heads": [
                {"node": one.node, "seq": one.last_seq, "hash": one.last_hash.hex(), "key": one.verify_key.text}
                for one in heads
            ],
        },
        context=HEADS_CONTEXT,
    )


def signed(document: dict[str, Json], *, context: str) -> dict[str, Json]:
    """The document with this node's signature over everything else in it.

    Refuses: ledger.node_has_no_key.
    """
    signature = ports.signer().key.sign(context=context, message=canonical_json(document))
    return {**document, "signature": signature.hex()}


def publish_heads(*, now: datetime) -> bool:
    """Say in this node's own chain where every chain ends; False when that was said within the last twenty hours.

    Facts: what stands after this node's last number is sealed by the next time.
    """
    last = ledger.events(names=[PUBLISHED], since=now - EVERY, limit=1)
    if last:
        return False
    with transaction.atomic():
        heads: dict[str, Json] = {one.node: f"{one.last_seq} {one.last_hash.hex()}" for one in ledger.heads()}
        voice = ports.signer().node
        record(name=PUBLISHED, subject=f"node:{voice}", actor=f"node:{voice}", data={"heads": heads}, now=now)
    return True
