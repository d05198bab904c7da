"""A station's own ledger events on their way to the centre: already signed and chained, so they need no envelope."""

from itertools import islice

import zstandard

from dekat.accounts.queries import node, own_identity
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


def events_to_send(*, after_seq: int) -> bytes | None:
    """This node's next events that the centre lacks, packed; None when it has them all."""
    own = own_identity().node.name
    found = [as_message(event) for event in islice(queries.chain(own, after_seq=after_seq), MAX_EVENTS)]
    return zstandard.ZstdCompressor(level=3).compress(canonical_json(found)) if found else None


def take_events(*, sender: str, packed: bytes) -> int:
    """Keep a station's next events as it signed them; give the number now held.

    Again: events already held are skipped.
    Refuses: sync.events.malformed, ledger.event.malformed, ledger.chain.broken, ledger.chain.key_changed.
    """
    try:
        messages = read_json(unpack(packed, limit=_MAX_UNPACKED))
    except Unreadable as error:
        raise EventsMalformed from error
    if not isinstance(messages, list) or not all(isinstance(message, dict) for message in messages):
        raise EventsMalformed
    events = [from_message(message) for message in messages]
    return accept(node=sender, key=node(sender).verify_key, events=events)
