"""The regency's recovery key, kept offline: a second recipient of every packet, for the day the centre's is lost.

Its private half is written once, to be printed or put on a stick in a safe; only its public half is known to machines.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.ledger.services import record
from dekat.sync import envelope, feed, files
from dekat.sync.models import InItem, RecoveryKey
from dekat.sync.rules import EVERYWHERE, MAX_PACKET_BYTES

FEED_KIND = "recovery_key/1"
_OPEN_KEY_BYTES = 96


class RecoveryKeyUnreadable(DekatError):
    """A file is not the private half of a recovery key of this regency."""

    code = "sync.recovery.key_unreadable"


@dataclass(frozen=True)
class Drill:
    """What a drill found: how many held items the recovery key opened, and which it did not.

    Facts: `older` were sealed before this key was made, so it is no recipient of theirs.
    """

    opened: int
    older: int
    broken: list[tuple[UUID, str]]


def recovery_key() -> SealKey | None:
    """The public half of the newest recovery key; None while the regency made none."""
    # In the order in which they came: a station's clock may have gone back between the two.
    row = RecoveryKey.objects.order_by("-id").first()
    return SealKey(bytes(row.seal_key)) if row else None


def make_recovery_key(*, actor: Actor, now: datetime) -> OpenKey:
    """At the centre: a new recovery key; its public half goes to every station, its private half only to the caller.

    Again: a further key; what was sealed to the former one still opens with that one.
    """
    made = OpenKey.generate()
    with transaction.atomic():
        RecoveryKey.objects.create(seal_key=made.seal_key.raw, made_at=now)
        feed.publish(
            scope=EVERYWHERE, kind=FEED_KIND, key="newest", body={"seal_key": made.seal_key.raw.hex()}, now=now
        )  # fmt: skip
        record(
            name="sync.recovery_key.made",
            subject="recovery-key",
            actor=actor.label,
            data={"key": envelope.key_id(made.seal_key).hex()},
            now=now,
        )
    return made


def take_key(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """What sync calls at a station for `recovery_key/1`.

    Again: the same key is kept once.
    """
    keep_key(bytes.fromhex(str(body["seal_key"])), now=now)


def keep_key(raw: bytes, *, now: datetime) -> None:
    """At a station: seal to this key too from now on.

    Again: nothing.
    """
    if not RecoveryKey.objects.filter(seal_key=raw).exists():
        RecoveryKey.objects.create(seal_key=raw, made_at=now)


def read_open_key(text: str) -> OpenKey:
    """The private half as it was written down.

    Refuses: sync.recovery.key_unreadable.
    """
    try:
        raw = bytes.fromhex("".join(text.split()))
        key = OpenKey(raw)
        if len(raw) != _OPEN_KEY_BYTES or not RecoveryKey.objects.filter(seal_key=key.seal_key.raw).exists():
            raise RecoveryKeyUnreadable
    except ValueError as error:
        raise RecoveryKeyUnreadable from error
    return key


def drill(*, key: OpenKey, actor: Actor, now: datetime) -> Drill:
    """Open every held packet and message with the recovery key, in memory, and keep nothing but the count.

    Again: counts again.
    """
    found: Counter[str] = Counter()
    broken: list[tuple[UUID, str]] = []
    for item in InItem.objects.order_by("inbox_seq").iterator(200):
        code = _opened(item, key)
        found["opened" if not code else "older" if code == envelope.NotForUs.code else "broken"] += 1
        if code and code != envelope.NotForUs.code:
            broken.append((item.id, code))
    with transaction.atomic():
        RecoveryKey.objects.filter(seal_key=key.seal_key.raw).update(drilled_at=now)
        record(
            name="sync.recovery_key.drilled",
            subject="recovery-key",
            actor=actor.label,
            data={"opened": found["opened"], "older": found["older"], "broken": found["broken"]},
            now=now,
        )
    return Drill(found["opened"], found["older"], broken)


def _opened(item: InItem, key: OpenKey) -> str:
    """Empty when the item opened, else the code of what was wrong."""
    try:
        path = files.packet_path(item.id, item.received_at.year)
        raw = path.read_bytes() if item.path else bytes(item.envelope or b"")
        envelope.parse(raw, max_bytes=MAX_PACKET_BYTES).open(key)
    except DekatError as refusal:
        return refusal.code
    except OSError:
        return "sync.outbox.file_lost"
    return ""
