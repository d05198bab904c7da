"""Checking a node's whole chain of events, against hashing the same bytes."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from bench.result import Result
from dekat.kernel.canonical import canonical_json
from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.ledger import rules

EVENTS = 5_000


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Entries checked per second: hash and link of each, the signatures that prove them."""
    key, now = SigningKey.generate(), datetime.now(UTC)
    chain = list(_chain(key, now))
    start = time.process_time()
    assert rules.first_fault(chain, node="centre", key=key.verify_key) is None
    each = EVENTS / (time.process_time() - start)
    start = time.process_time()
    assert rules.first_fault(chain, node="centre", key=key.verify_key, signatures_every=2000) is None
    ours = EVENTS / (time.process_time() - start)
    texts = [canonical_json(event.content()) for event in chain]
    start = time.process_time()
    for text in texts:
        sha256(text).digest()
    raw = EVENTS / (time.process_time() - start)
    peers = {"every event's signature": each, "raw SHA-256": raw}
    yield Result("log audit", ours, "events/s", 200_000, "higher", peers)


def _chain(key: SigningKey, now: datetime) -> Iterator[rules.SignedEvent]:
    prev = rules.FIRST_PREV_HASH
    for seq in range(1, EVENTS + 1):
        draft = rules.SignedEvent(
            id=new_id(now),
            node="centre",
            seq=seq,
            name="readings.device.used",
            version=1,
            subject="device:SN-1",
            actor="node:centre",
            occurred_at=now,
            recorded_at=now,
            data={"use": "CAPTURE", "count": seq},
            prev_hash=prev,
            hash=b"",
            signature=b"",
        )
        prev, signature = rules.sign_event(draft.content(), prev, key)
        yield rules.SignedEvent(**{**draft.__dict__, "hash": prev, "signature": signature})
