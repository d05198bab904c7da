"""A station's own ledger events on their way to the centre: already signed and chained, so they need no envelope."""

from collections.abc import Mapping
from itertools import islice

import zstandard

from dekat.accounts.queries import own_identity, voices
from dekat.kernel.canonical import canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import Unreadable, read_json, unpack
from dekat.ledger import queries
from dekat.ledger.services import accept, as_message, from_message

MAX_EVENTS = 200
MAX_PACKED_BYTES = 1024 * 1024
_MAX_UNPACKED = 8 * 1024 * 1024


class EventsMalformed(DekatError):
    """A batch of events cannot be read."""

    code = "sync.events.malformed"


class VoiceUnknown(DekatError):
    """Events of a chain that this station does not speak."""

    code = "sync.events.voice_unknown"


def events_to_send(*, after_seq: int, chain: str = "") -> bytes | None:
    """The next events of a chain of this node (its present one, when empty) that the centre lacks, packed; None when it
    has them all.
    """
    return _packed(chain or own_identity().voice, after_seq)


def own_chains() -> list[str]:
    """The chains that this node ever spoke, the oldest first: each key and each life began one of its own."""
    own = own_identity()
    names = [voice.name for voice in reversed(voices(own.node.name))]
    return names if own.voice in names else [*names, own.voice]


def next_events(held: Mapping[str, tuple[int, str]]) -> tuple[str, bytes] | None:
    """The chain and the next events of it that the centre lacks, the oldest chain first; None when it has them all.

    Facts: `held` is (number, hash in hex) by chain, as the centre told. A chain that went another way here than there
    (this is an old disk image) is over: what the centre holds of it stands.
    """
    for name in own_chains():
        seq, told = held.get(name, (0, ""))
        if told and _hash_at(name, seq) != told:
            continue
        if packed := _packed(name, seq):
            return name, packed
    return None


def last_hash(packed: bytes) -> str:
    """The hash of the last event of a batch made here, in hex."""
    return str(read_json(unpack(packed, limit=_MAX_UNPACKED))[-1]["hash"])


def _packed(name: str, after_seq: int) -> bytes | None:
    found = [as_message(event) for event in islice(queries.chain(name, after_seq=after_seq), MAX_EVENTS)]
    return zstandard.ZstdCompressor(level=3).compress(canonical_json(found)) if found else None


def _hash_at(name: str, seq: int) -> str:
    if seq == 0:
        return ""
    found = next(iter(queries.chain(name, after_seq=seq - 1)), None)
    return found.hash.hex() if found and found.seq == seq else ""


def take_events(*, sender: str, packed: bytes) -> int:
    """Keep a station's next events as it signed them; give the number now held.

    Again: events already held are skipped.
    Refuses: sync.events.malformed, sync.events.voice_unknown, ledger.event.malformed, ledger.chain.broken,
    ledger.chain.key_changed.
    """
    try:
        messages = read_json(unpack(packed, limit=_MAX_UNPACKED))
    except Unreadable as error:
        raise EventsMalformed from error
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        raise EventsMalformed
    events = [from_message(message) for message in messages]
    spoken = {voice.name: voice for voice in voices(sender)}
    name = events[0].node if events else sender
    if name not in spoken:
        raise VoiceUnknown(node=sender)
    return accept(node=name, key=spoken[name].verify_key, events=events)
