"""One round trip tells everything: who I am and what I sealed; what you hold, lack, and have for me."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dekat.accounts.identity import close_voices_before
from dekat.accounts.queries import NodeIdentity, NodeUnknown, VoiceFacts, node, own_identity, voice_name, voices
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import NaiveInstant, from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, a_list, a_text, read_json
from dekat.ledger.queries import heads
from dekat.sync import feed, sessions, standing
from dekat.sync.inbox import StationUnknown
from dekat.sync.models import InboxLane, OutboxHead
from dekat.sync.rules import EVERYWHERE, MAX_PACKET_BYTES, MISSING_AT_ONCE

SIGNING_CONTEXT = "dekat/hello/1"
_PASS_INFO = b"dekat/pass/1"
# A station of one of these standings hands in what it sealed, and reads nothing.
SHUT_OUT = frozenset({"revoked", "stopped", "reenrol"})
# Older than this, a station's key is changed without anybody asking.
KEY_LIFE = timedelta(days=365)


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
    such as `revoked` and `new_incarnation`; `ledger_held` is (number, hash in hex) by chain; `to_incarnation` and
    `to_voice` say whose greeting this answers; `lease_days` is how long the extract may be read from now on.
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
    ledger_held: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    to_incarnation: str = ""
    to_voice: int = 0
    voice: int = 0
    lease_days: int = 0

    @property
    def may_read(self) -> bool:
        """Whether this machine may have the feed, blobs and its own chain taken."""
        return not SHUT_OUT.intersection(self.orders)


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
            "voice": own.node.voice,
            "last_seq": head.last_seq if head and is_current else 0,
            "last_hash": bytes(head.last_hash).hex() if head and is_current else "",
            "sent_at": iso(now),
        }
    )
    signature = own.signing_key.sign(context=SIGNING_CONTEXT, message=body)
    return Hello(body, base64.b64encode(signature).decode())


def answer_hello(
    *, hello: Hello, now: datetime, address: str = "", lease_days: int = standing.LEASE_DAYS
) -> dict[str, Json]:
    """The centre's answer; the pass in it opens only with the station's own key, so a copied greeting is worth nothing.

    Facts: `address` is where the greeting came from, `lease_days` how long the station may read its extract without
    another one.
    Refuses: sync.hello.invalid, sync.station.unknown.
    """
    sender, spoken, said = _believed(hello)
    incarnation = bytes.fromhex(str(said["incarnation"]))
    lane = InboxLane.objects.filter(node=sender.name, incarnation=incarnation).first()
    last_seq = int(str(said["last_seq"]))
    is_present = incarnation == sender.incarnation
    orders = _orders(lane, last_seq, said, sender, spoken, now)
    if is_present and spoken.number > 1:
        close_voices_before(
            name=sender.name, incarnation=incarnation, number=spoken.number, through_seq=last_seq
        )  # fmt: skip
    standing.note_sighting(
        node=sender.name,
        incarnation=incarnation,
        address=address,
        last_seq=last_seq,
        is_revoked="revoked" in orders,
        now=now,
    )
    may_read = not SHUT_OUT.intersection(orders)
    given = sessions.make_pass(node_name=sender.name, now=now, may_read=may_read)
    held = {head.node: head for head in heads() if head.node.partition("/")[0] == sender.name}
    own_chain = held.get(voice_name(sender.name, _whole(said.get("voice"), spoken.number)))
    answer: dict[str, Json] = {
        "centre": own_identity().node.name,
        "came_at": iso(now),
        "pass": base64.b64encode(spoken.seal_key.seal(given.encode(), info=_PASS_INFO)).decode(),
        "feed": {"epoch": feed.feed_epoch(), "heads": {scope: feed.head(scope) for scope in _scopes(sender)}},
        "missing": missing_numbers(lane, last_seq) if is_present else [],
        "durable_through": lane.durable_through if lane and is_present else 0,
        "ledger_seq": own_chain.last_seq if own_chain else 0,
        "ledger_held": {name: [head.last_seq, head.last_hash.hex()] for name, head in held.items()},
        "limits": {"packet_bytes": MAX_PACKET_BYTES},
        "to": {"incarnation": str(said["incarnation"]), "voice": _whole(said.get("voice"), 1)},
        "voice": spoken.number,
        "lease_days": lease_days,
        "orders": [*orders],
    }
    return answer


def read_welcome(body: bytes) -> Welcome:
    """What the centre's (already verified) answer means for this station.

    Refuses: sync.hello.invalid, kernel.sealing.seal_broken.
    """
    try:
        said = read_json(body)
        sealed = base64.b64decode(said["pass"])
        held, to = said.get("ledger_held", {}), said.get("to")
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
            ledger_held={a_text(name): (a_count(seq), a_text(told)) for name, (seq, told) in held.items()},
            to_incarnation=a_text(to["incarnation"]) if to else "",
            to_voice=a_count(to["voice"]) if to else 0,
            voice=a_count(said.get("voice", 0)),
            lease_days=a_count(said.get("lease_days", 0)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, NaiveInstant) as error:
        raise HelloInvalid from error


def _believed(hello: Hello) -> tuple[NodeIdentity, VoiceFacts, dict[str, Json]]:
    """Who greets, and with which of its keys: a former one may still hand in what it sealed."""
    try:
        said = read_json(hello.body)
        sender = node(str(said["node"]))
        signature = base64.b64decode(hello.signature, validate=True)
        last_seq = said["last_seq"]
        shaped = isinstance(last_seq, int) and not isinstance(last_seq, bool) and 0 <= last_seq < 1 << 63
        shaped = shaped and isinstance(said["incarnation"], str) and len(bytes.fromhex(said["incarnation"])) == 16
    except NodeUnknown as error:
        raise StationUnknown(node="") from error
    except (ValueError, KeyError, TypeError) as error:
        raise HelloInvalid from error
    spoken_by = voices(sender.name) if shaped else []
    # One key may speak in two lives: the life that the greeting names comes first.
    for spoken in sorted(spoken_by, key=lambda voice: voice.incarnation.hex() != said["incarnation"]):
        if spoken.verify_key.accepts(context=SIGNING_CONTEXT, message=hello.body, signature=signature):
            return sender, spoken, said
    raise HelloInvalid


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


def _orders(
    lane: InboxLane | None,
    last_seq: int,
    said: Mapping[str, Json],
    sender: NodeIdentity,
    spoken: VoiceFacts,
    now: datetime,
) -> list[str]:
    """An old disk image or a copy shows itself: it knows less, or other things, than this centre was told."""
    is_same_key = spoken.verify_key == sender.verify_key
    # Between two keys of one life both speak for it, so either hears what was said of it.
    is_present = is_same_key or spoken.incarnation == sender.incarnation
    if spoken.revoked_after_seq is not None or (sender.revoked_after_seq is not None and is_present):
        return ["revoked", "wipe_extract"]
    if said["incarnation"] != sender.incarnation.hex():
        was_ours = any(voice.incarnation.hex() == said["incarnation"] for voice in voices(sender.name))
        if sender.is_stopped and is_same_key:
            return ["stopped"]
        # A former life with the present key: it may be a copy, or the answer that gave it a new life was lost.
        return ["new_incarnation"] if was_ours and is_same_key else ["reenrol"]
    if sender.is_stopped or (lane is not None and lane.is_forked):
        return ["stopped"]
    if spoken.number != sender.voice and spoken.through_seq is not None:
        return ["reenrol"]
    if lane is not None:
        held = lane.items.filter(seq=last_seq).first()
        differs = held is not None and bytes(held.header_hash).hex() != said.get("last_hash")
        if last_seq < lane.highest_seq or differs:
            return ["new_incarnation"]
    is_old = spoken.began_at is not None and now - spoken.began_at > KEY_LIFE
    return ["rotate_key"] if sender.wants_rotation or is_old or spoken.number != sender.voice else []


def _whole(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 31 else default


def _scopes(sender: NodeIdentity) -> list[str]:
    return [EVERYWHERE, sender.kecamatan] if sender.kecamatan else [EVERYWHERE]
