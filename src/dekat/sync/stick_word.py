"""The centre's signed word on a stick: what a greeting tells on the line, for a station that has none.

It names no person, so it is signed and not sealed. An old one, on a stick from a drawer, does no harm: the durable mark
never goes back, and what is sent again without need gets its first receipt.
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime

from dekat.accounts.centre_keys import centre_certificates, follow_centre_keys
from dekat.accounts.queries import NodeIdentity, centre, own_identity
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import NaiveInstant, from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_list, a_text, read_json
from dekat.sync.hello import missing_numbers
from dekat.sync.models import InboxLane, OutItem
from dekat.sync.outbox import note_durable, note_missing, note_sent
from dekat.sync.rules import MISSING_AT_ONCE, OutState

SIGNING_CONTEXT = "dekat/stick/1"
NAME, KEYS_NAME = "word.json", "keys.json"


class WordInvalid(DekatError):
    """The word on a stick is not of our centre, or not for this station."""

    code = "sync.stick.word_invalid"


@dataclass(frozen=True)
class Word:
    """What the centre said: `orders` as in a greeting."""

    orders: tuple[str, ...]
    made_at: datetime


def make_word(*, station: NodeIdentity, last_seq: int, now: datetime) -> bytes:
    """The centre's word for one station.

    Facts: `last_seq` is what the stick says that the station sealed; believed only as far as asking for it goes.
    """
    lane = InboxLane.objects.filter(node=station.name, incarnation=station.incarnation).first()
    said: dict[str, Json] = {
        "node": station.name,
        "incarnation": station.incarnation.hex(),
        "durable_through": lane.durable_through if lane else 0,
        "missing": list(missing_numbers(lane, last_seq)),
        "orders": _orders(station),
        "made_at": iso(now),
    }
    statement = canonical_json(said)
    signature = own_identity().signing_key.sign(context=SIGNING_CONTEXT, message=statement)
    return json.dumps(
        {"statement": base64.b64encode(statement).decode(), "signature": base64.b64encode(signature).decode()}
    ).encode()


def make_keys() -> bytes | None:
    """How the centre's keys follow one another, as on the line; None where it has its first one."""
    found = centre_certificates()
    return canonical_json({"keys": [[*pair] for pair in found]}) if found else None


def take_keys(data: bytes, *, now: datetime) -> bool:
    """At the station: follow the centre to its present key, without which nothing else on the stick is believed.

    Again: nothing.
    Refuses: sync.stick.word_invalid, accounts.centre_key.chain_broken.
    """
    try:
        found = [(a_text(statement), a_text(signature)) for statement, signature in a_list(read_json(data)["keys"])]
    except (ValueError, KeyError, TypeError) as error:
        raise WordInvalid from error
    return follow_centre_keys(certificates=found, now=now)


def _orders(station: NodeIdentity) -> list[Json]:
    if station.revoked_after_seq is not None:
        return ["revoked"]
    return ["stopped"] if station.is_stopped else []


def take_word(data: bytes, *, now: datetime) -> Word:
    """At the station: note what the centre holds in a backup and what it lacks.

    Again: the same word changes nothing.
    Refuses: sync.stick.word_invalid.
    """
    own = own_identity().node
    try:
        outer = read_json(data)
        statement, signature = base64.b64decode(outer["statement"]), base64.b64decode(outer["signature"])
        if not centre().verify_key.accepts(context=SIGNING_CONTEXT, message=statement, signature=signature):
            raise WordInvalid
        said = read_json(statement)
        if said["node"] != own.name or said["incarnation"] != own.incarnation.hex():
            raise WordInvalid
        missing = [a_count(seq) for seq in a_list(said["missing"])[:MISSING_AT_ONCE]]
        durable_through = a_count(said["durable_through"])
        orders = tuple(a_text(order) for order in a_list(said["orders"]))
        word = Word(orders, from_iso(a_text(said["made_at"])))
    except (ValueError, KeyError, TypeError, NaiveInstant) as error:
        raise WordInvalid from error
    note_durable(incarnation=own.incarnation, through=durable_through, now=now)
    note_missing(seqs=missing, incarnation=own.incarnation, now=now)
    # Only what had left the stick for being safe: everything else travels on it anyway.
    for item in OutItem.objects.filter(incarnation=own.incarnation, seq__in=missing, state=OutState.DURABLE):
        note_sent(item_id=item.id, sent_bytes=1)
    return word
