"""Commands of the ledger: say something, accept what another node said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.kernel.canonical import Json
from dekat.kernel.clock import NaiveInstant, as_utc, from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.signing import VerifyKey
from dekat.ledger import ports, rules
from dekat.ledger.models import Chain, Event
from dekat.ledger.queries import from_row
from dekat.ledger.rules import SignedEvent

# Rows in one statement: SQLite takes at most 32,766 values, an event has 13.
_BULK = 2000


class ChainBroken(DekatError):
    """Events of another node do not continue its chain; nothing of them was kept."""

    code = "ledger.chain.broken"


class ChainKeyChanged(DekatError):
    """A node's chain arrived under another key than the one it began with."""

    code = "ledger.chain.key_changed"


@dataclass(frozen=True)
class Draft:
    """What is to be said, before a node gives it a number and signs it; `recorded_at` only where a history tells it."""

    event_id: UUID
    name: str
    subject: str
    actor: str
    occurred_at: datetime
    data: Mapping[str, Json]
    version: int = 1
    recorded_at: datetime | None = None

    def as_event(self, *, node: str, seq: int, prev_hash: bytes, recorded_at: datetime) -> SignedEvent:
        """The event in its place in the chain, still without hash and signature."""
        return SignedEvent(
            id=self.event_id,
            node=node,
            seq=seq,
            name=self.name,
            version=self.version,
            subject=self.subject,
            actor=self.actor,
            occurred_at=as_utc(self.occurred_at),
            recorded_at=recorded_at,
            data=dict(self.data),
            prev_hash=prev_hash,
            hash=b"",
            signature=b"",
        )


class EventMalformed(DekatError):
    """A message that should carry an event does not."""

    code = "ledger.event.malformed"


def record(
    *,
    name: str,
    subject: str,
    actor: str,
    data: Mapping[str, Json],
    now: datetime,
    occurred_at: datetime | None = None,
    event_id: UUID | None = None,
    version: int = 1,
) -> SignedEvent:
    """Append one event to this node's chain, inside the caller's transaction.

    Facts: `name` past tense with its concept (`equipment.device.handed_over`); `subject` the thing it is about
    (`device:…`, `kecamatan:35.11.19`); `actor` `account:…` or `node:…`; no personal data anywhere.
    Again: the same `event_id` returns the first event and appends nothing.
    Refuses: ledger.node_has_no_key, kernel.canonical.not_canonical.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("ledger.record needs the transaction of the change it tells of")
    voice = ports.signer()
    # Only behind the lock is it certain that nobody else is about to say the same event.
    chain = _lock_chain(voice.node, voice.key.verify_key)
    if event_id and (known := Event.objects.filter(id=event_id).first()):
        return from_row(known)
    draft = SignedEvent(
        id=event_id or new_id(now),
        node=voice.node,
        seq=chain.last_seq + 1,
        name=name,
        version=version,
        subject=subject,
        actor=actor,
        occurred_at=as_utc(occurred_at or now),
        recorded_at=as_utc(now),
        data=dict(data),
        prev_hash=bytes(chain.last_hash),
        hash=b"",
        signature=b"",
    )
    hashed, signature = rules.sign_event(draft.content(), draft.prev_hash, voice.key)
    event = SignedEvent(**{**draft.__dict__, "hash": hashed, "signature": signature})
    _keep(chain, [event])
    return event


def record_many(drafts: Iterable[Draft], *, voice: ports.Signer, now: datetime) -> int:
    """Append many events to one node's chain at once (imports, sample histories); give how many were new.

    Facts: the chain is that of `voice`; `now` is when they are recorded.
    Again: drafts whose id is already held are skipped.
    Refuses: kernel.canonical.not_canonical.
    """
    with transaction.atomic():
        chain = _lock_chain(voice.node, voice.key.verify_key)
        wanted = list(drafts)
        known = _known_ids([draft.event_id for draft in wanted])
        seq, prev_hash, fresh = chain.last_seq, bytes(chain.last_hash), list[SignedEvent]()
        for draft in wanted:
            if draft.event_id in known:
                continue
            known.add(draft.event_id)
            seq += 1
            recorded_at = as_utc(draft.recorded_at or now)
            event = draft.as_event(node=voice.node, seq=seq, prev_hash=prev_hash, recorded_at=recorded_at)
            prev_hash, signature = rules.sign_event(event.content(), prev_hash, voice.key)
            fresh.append(replace(event, hash=prev_hash, signature=signature))
        _keep(chain, fresh)
        return len(fresh)


def accept(*, node: str, key: VerifyKey, events: Sequence[SignedEvent]) -> int:
    """Keep the next events of another node's chain exactly as it signed them; give the number now held.

    Again: events already held are skipped.
    Refuses: ledger.chain.broken, ledger.chain.key_changed.
    """
    with transaction.atomic():
        chain = _lock_chain(node, key)
        if bytes(chain.verify_key) != key.raw:
            raise ChainKeyChanged(node=node)
        fresh = [event for event in events if event.seq > chain.last_seq]
        fault = rules.first_fault(fresh, node=node, key=key, after_seq=chain.last_seq, prev_hash=bytes(chain.last_hash))
        if fault:
            raise ChainBroken(node=node, seq=fault.seq, reason=fault.reason)
        _keep(chain, fresh)
        return chain.last_seq


def _lock_chain(node: str, key: VerifyKey) -> Chain:
    Chain.objects.get_or_create(
        node=node, defaults={"verify_key": key.raw, "last_hash": rules.FIRST_PREV_HASH, "last_seq": 0}
    )
    return Chain.objects.select_for_update().get(node=node)


def _known_ids(ids: Sequence[UUID]) -> set[UUID]:
    known: set[UUID] = set()
    for start in range(0, len(ids), _BULK):
        known.update(Event.objects.filter(id__in=ids[start : start + _BULK]).values_list("id", flat=True))
    return known


def _keep(chain: Chain, events: Sequence[SignedEvent]) -> None:
    if not events:
        return
    Event.objects.bulk_create([Event(**event.__dict__) for event in events], batch_size=_BULK)
    chain.last_seq, chain.last_hash = events[-1].seq, events[-1].hash
    chain.save(update_fields=["last_seq", "last_hash"])


def as_message(event: SignedEvent) -> dict[str, Json]:
    """The event as JSON for sync, export and the verifier; bytes as hex."""
    return {
        **event.content(),
        "prev_hash": event.prev_hash.hex(),
        "hash": event.hash.hex(),
        "signature": event.signature.hex(),
        "occurred_at": iso(event.occurred_at),
    }


def from_message(message: Mapping[str, Json]) -> SignedEvent:
    """The event that `as_message` wrote; whether its node signed it, `accept` decides.

    Refuses: ledger.event.malformed.
    """
    try:
        data = message["data"]
        if not isinstance(data, Mapping):
            raise EventMalformed
        return SignedEvent(
            id=UUID(str(message["id"])),
            node=_short(message["node"], 40),
            seq=int(str(message["seq"])),
            name=_short(message["name"], 80),
            version=_version(message["version"]),
            subject=_short(message["subject"], 80),
            actor=_short(message["actor"], 80),
            occurred_at=from_iso(str(message["occurred_at"])),
            recorded_at=from_iso(str(message["recorded_at"])),
            data=data,
            prev_hash=bytes.fromhex(str(message["prev_hash"])),
            hash=bytes.fromhex(str(message["hash"])),
            signature=bytes.fromhex(str(message["signature"])),
        )
    except (KeyError, ValueError, NaiveInstant) as error:
        raise EventMalformed from error


def _version(value: Json) -> int:
    if not 0 < (version := int(str(value))) < 1 << 15:
        raise EventMalformed
    return version


def _short(value: Json, longest: int) -> str:
    """A text that its column can hold; PostgreSQL refuses a longer one in words that nobody expects here."""
    text = str(value)
    if len(text) > longest:
        raise EventMalformed
    return text
