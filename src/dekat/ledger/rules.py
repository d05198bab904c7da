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

    @property
    def speaker(self) -> str:
        """The machine whose chain this is: after a new key or life a machine goes on in a chain `name/2`."""
        return self.node.partition("/")[0]

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
    signatures_every: int = 1,
) -> Fault | None:
    """Name the first altered, removed or inserted event, or None when the chain is whole.

    Facts: `events` in order of their number, all of one node, starting after `after_seq`. Every event is hashed; each
    hash holds the one before, so one signature proves all events up to it. With `signatures_every=2000` each 2000th
    and the last are checked; where one fails, the first bad one among those not yet proven is named.
    """
    unproven: list[SignedEvent] = []
    broken: Fault | None = None
    for event in events:
        broken = _broken_link(event, node=node, seq=after_seq + 1, prev_hash=prev_hash)
        if broken:
            break
        unproven.append(event)
        prev_hash, after_seq = event.hash, event.seq
        if len(unproven) == signatures_every:
            if not _is_signed(event, key):
                break
            unproven.clear()
    return _unsigned(unproven, key) or broken


def _broken_link(event: SignedEvent, *, node: str, seq: int, prev_hash: bytes) -> Fault | None:
    if event.node != node or event.seq != seq:
        return Fault(node, seq, "missing")
    if event.prev_hash != prev_hash:
        return Fault(node, seq, "not_linked")
    if event_hash(event.content(), prev_hash) != event.hash:
        return Fault(node, seq, "altered")
    return None


def _unsigned(events: list[SignedEvent], key: VerifyKey) -> Fault | None:
    """The first event whose signature is not its node's, when the last one's is not."""
    if not events or _is_signed(events[-1], key):
        return None
    bad = next(event for event in events if not _is_signed(event, key))
    return Fault(bad.node, bad.seq, "signature_invalid")


def _is_signed(event: SignedEvent, key: VerifyKey) -> bool:
    return key.accepts(context=SIGNING_CONTEXT, message=event.hash, signature=event.signature)
