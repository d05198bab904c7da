"""The chain, as pure arithmetic: what is hashed, what is signed, where it first breaks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import iso
from dekat.kernel.signing import SigningKey, VerifyKey

SIGNING_CONTEXT = "dekat/event/1"
FIRST_PREV_HASH = bytes(32)


@dataclass(frozen=True)
class SignedEvent:
    """One event as its node said it."""

    id: UUID
    node: str
    seq: int
    name: str
    version: int
    subject: str
    actor: str
    occurred_at: datetime
    recorded_at: datetime
    data: Mapping[str, Json]
    prev_hash: bytes
    hash: bytes
    signature: bytes

    def content(self) -> dict[str, Json]:
        """The part that is hashed."""
        return {
            "id": str(self.id),
            "node": self.node,
            "seq": self.seq,
            "name": self.name,
            "version": self.version,
            "subject": self.subject,
            "actor": self.actor,
            "occurred_at": iso(self.occurred_at),
            "recorded_at": iso(self.recorded_at),
            "data": self.data,
        }


@dataclass(frozen=True)
class Fault:
    """The first place where a chain is not what its node signed."""

    node: str
    seq: int
    reason: str


def event_hash(content: Mapping[str, Json], prev_hash: bytes) -> bytes:
    """SHA-256 over the previous hash and the canonical content, 32 bytes."""
    return sha256(prev_hash + canonical_json(content)).digest()


def sign_event(content: Mapping[str, Json], prev_hash: bytes, key: SigningKey) -> tuple[bytes, bytes]:
    """Give hash and signature of the next event."""
    hashed = event_hash(content, prev_hash)
    return hashed, key.sign(context=SIGNING_CONTEXT, message=hashed)


def first_fault(
    events: Iterable[SignedEvent],
    *,
    node: str,
    key: VerifyKey,
    after_seq: int = 0,
    prev_hash: bytes = FIRST_PREV_HASH,
) -> Fault | None:
    """Name the first altered, removed or inserted event, or None when the chain is whole.

    Facts: `events` in order of their number, all of one node, starting after `after_seq`.
    """
    expected = after_seq + 1
    for event in events:
        if event.node != node or event.seq != expected:
            return Fault(node, expected, "missing")
        if event.prev_hash != prev_hash:
            return Fault(node, event.seq, "not_linked")
        if event_hash(event.content(), prev_hash) != event.hash:
            return Fault(node, event.seq, "altered")
        if not key.accepts(context=SIGNING_CONTEXT, message=event.hash, signature=event.signature):
            return Fault(node, event.seq, "signature_invalid")
        prev_hash, expected = event.hash, expected + 1
    return None
