"""One round trip tells everything: who I am and what I sealed; what you hold, lack, and have for me."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dekat.accounts.queries import NodeIdentity, NodeUnknown, node, own_identity
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import NaiveInstant, from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_list, a_text, read_json
from dekat.ledger.queries import heads
from dekat.sync import feed, sessions
from dekat.sync.inbox import StationUnknown
from dekat.sync.models import InboxLane, OutboxHead
from dekat.sync.rules import EVERYWHERE, MAX_PACKET_BYTES, MISSING_AT_ONCE

SIGNING_CONTEXT = "dekat/hello/1"
_PASS_INFO = b"dekat/pass/1"


class HelloInvalid(DekatError):
    """A greeting that no enrolled station signed, or that cannot be read."""

    code = "sync.hello.invalid"


@dataclass(frozen=True)
class Hello:
    """A greeting ready to send: its bytes and the station's signature (base64)."""

    body: bytes
    signature: str


@dataclass(frozen=True)
class Welcome:
    """What the centre answered.

    Facts: `missing` are numbers of this incarnation that the centre lacks; `feed_heads` by scope; `orders` are words
    such as `revoked` and `new_incarnation`.
    """

    session_pass: str
    came_at: datetime
    left_at: datetime
    epoch: str
    feed_heads: Mapping[str, int]
    missing: list[int]
    durable_through: int
    ledger_seq: int
    orders: list[str] = field(default_factory=list)


def make_hello(*, now: datetime) -> Hello:
    """The station's greeting.

    Refuses: accounts.node.unknown.
    """
    own = own_identity()
    head = OutboxHead.objects.filter(node=own.node.name).first()
    is_current = head is not None and bytes(head.incarnation) == own.node.incarnation
    body = canonical_json(
        {
            "node": own.node.name,
            "incarnation": own.node.incarnation.hex(),
            "last_seq": head.last_seq if head and is_current else 0,
            "last_hash": bytes(head.last_hash).hex() if head and is_current else "",
            "sent_at": iso(now),
        }
    )
    signature = own.signing_key.sign(context=SIGNING_CONTEXT, message=body)
    return Hello(body, base64.b64encode(signature).decode())


def answer_hello(*, hello: Hello, now: datetime) -> dict[str, Json]:
    """The centre's answer; the pass in it opens only with the station's own key, so a copied greeting is worth nothing.

    Refuses: sync.hello.invalid, sync.station.unknown.
    """
    sender, said = _believed(hello)
    lane = InboxLane.objects.filter(node=sender.name, incarnation=sender.incarnation).first()
    last_seq = int(str(said["last_seq"])) if said["incarnation"] == sender.incarnation.hex() else 0
    sealed_pass = sender.seal_key.seal(sessions.make_pass(node_name=sender.name, now=now).encode(), info=_PASS_INFO)
    is_revoked = sender.revoked_after_seq is not None
    return {
        "centre": own_identity().node.name,
        "came_at": iso(now),
        "pass": base64.b64encode(sealed_pass).decode(),
        "feed": {"epoch": feed.feed_epoch(), "heads": {scope: feed.head(scope) for scope in _scopes(sender)}},
        "missing": missing_numbers(lane, last_seq),
        "durable_through": lane.durable_through if lane else 0,
        "ledger_seq": next((head.last_seq for head in heads() if head.node == sender.name), 0),
        "limits": {"packet_bytes": MAX_PACKET_BYTES},
        "orders": ["revoked"] if is_revoked else _orders(lane, last_seq, said, sender),
    }


def read_welcome(body: bytes) -> Welcome:
    """What the centre's (already verified) answer means for this station.

    Refuses: sync.hello.invalid, kernel.sealing.seal_broken.
    """
    try:
        said = read_json(body)
        sealed = base64.b64decode(said["pass"])
        return Welcome(
            session_pass=own_identity().open_key.open(sealed, info=_PASS_INFO).decode(),
            came_at=from_iso(a_text(said["came_at"])),
            left_at=from_iso(a_text(said.get("left_at", said["came_at"]))),
            epoch=a_text(said["feed"]["epoch"]),
            feed_heads={a_text(scope): a_count(seq) for scope, seq in said["feed"]["heads"].items()},
            missing=[a_count(seq) for seq in a_list(said["missing"])],
            durable_through=a_count(said["durable_through"]),
            ledger_seq=a_count(said["ledger_seq"]),
            orders=[a_text(order) for order in a_list(said["orders"])],
        )
    except (ValueError, KeyError, TypeError, AttributeError, NaiveInstant) as error:
        raise HelloInvalid from error


def _believed(hello: Hello) -> tuple[NodeIdentity, dict[str, Json]]:
    try:
        said = read_json(hello.body)
        sender = node(str(said["node"]))
        signature = base64.b64decode(hello.signature, validate=True)
        last_seq = said["last_seq"]
        shaped = isinstance(last_seq, int) and not isinstance(last_seq, bool) and 0 <= last_seq < 1 << 63
        shaped = shaped and isinstance(said["incarnation"], str)
    except NodeUnknown as error:
        raise StationUnknown(node="") from error
    except (ValueError, KeyError, TypeError) as error:
        raise HelloInvalid from error
    if not shaped or not sender.verify_key.accepts(context=SIGNING_CONTEXT, message=hello.body, signature=signature):
        raise HelloInvalid
    return sender, said


def missing_numbers(lane: InboxLane | None, last_seq: int) -> list[int]:
    """The numbers up to `last_seq` that the centre lacks of one life of a station, the first few hundred."""
    through = lane.received_through if lane else 0
    known = set(lane.items.filter(seq__gt=through).values_list("seq", flat=True)) if lane else set()
    found: list[int] = []
    seq = through + 1
    while seq <= last_seq and len(found) < MISSING_AT_ONCE:
        if seq not in known:
            found.append(seq)
        seq += 1
    return found


def _orders(lane: InboxLane | None, last_seq: int, said: Mapping[str, Json], sender: NodeIdentity) -> list[str]:
    """An old disk image or a copy shows itself: it knows less, or other things, than this centre was told."""
    if said["incarnation"] != sender.incarnation.hex():
        return ["reenrol"]
    if lane is None:
        return []
    held = lane.items.filter(seq=last_seq).first()
    differs = held is not None and bytes(held.header_hash).hex() != said.get("last_hash")
    return ["new_incarnation"] if last_seq < lane.highest_seq or differs or lane.is_forked else []


def _scopes(sender: NodeIdentity) -> list[str]:
    return [EVERYWHERE, sender.kecamatan] if sender.kecamatan else [EVERYWHERE]
