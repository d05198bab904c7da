"""A machine's life after it was first known: a new key, a new life, a stop.

Each key of each life is one `Voice`: it signs packets of a range of numbers and one chain of the ledger. A voice that
is over verifies what it signed for ever.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from dekat.accounts.actor import Actor, machine
from dekat.accounts.models import NextIdentity, Node, NodeSecret, Voice
from dekat.accounts.queries import OwnIdentity, own_identity
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.kernel.signing import SigningKey, VerifyKey
from dekat.ledger.services import record


@dataclass(frozen=True)
class PublicKeys:
    """What others may know of a machine's keys."""

    verify_key: VerifyKey
    seal_key: SealKey


@dataclass(frozen=True, repr=False)
class Draft:
    """What this machine is about to become."""

    signing_key: SigningKey
    open_key: OpenKey
    incarnation: bytes

    @property
    def public(self) -> PublicKeys:
        return PublicKeys(self.signing_key.verify_key, self.open_key.seal_key)


def keep_voice(
    *, name: str, incarnation: bytes, keys: PublicKeys, from_seq: int, number: int | None = None, now: datetime
) -> int:
    """Add a key of a machine, inside the caller's transaction; give its number.

    Facts: the key the machine had before it was kept here becomes voice 1 first.
    """
    node = Node.objects.select_for_update().get(name=name)
    if not Voice.objects.filter(node=name).exists():
        _add(node.name, node.voice, bytes(node.incarnation), _keys_of(node), 1, node.enrolled_at)
    given = number or (Voice.objects.filter(node=name).aggregate(last=Max("number"))["last"] + 1)
    _add(name, given, incarnation, keys, from_seq, now)
    node.verify_key, node.seal_key = keys.verify_key.raw, keys.seal_key.raw
    node.incarnation, node.voice, node.rotation_wanted_at = incarnation, given, None
    node.save(update_fields=["verify_key", "seal_key", "incarnation", "voice", "rotation_wanted_at"])
    return given


def close_voices_before(*, name: str, incarnation: bytes, number: int, through_seq: int) -> None:
    """A newer key of the same life was heard: the older ones signed nothing beyond that number.

    Again: the lowest number stands.
    """
    older = Voice.objects.filter(node=name, incarnation=incarnation, number__lt=number)
    older.filter(through_seq=None).update(through_seq=through_seq)
    older.filter(through_seq__gt=through_seq).update(through_seq=through_seq)


def want_rotation(*, name: str, actor: Actor, now: datetime) -> None:
    """Ask a station for a new key; it makes one at its next contact.

    Again: the first wish stands.
    """
    with transaction.atomic():
        if Node.objects.filter(name=name, rotation_wanted_at=None).update(rotation_wanted_at=now):
            record(
                name="accounts.node.rotation_ordered", subject=f"node:{name}", actor=actor.label, data={}, now=now
            )  # fmt: skip


def stop_node(*, name: str, why: str, now: datetime) -> None:
    """Stop both copies of a machine: nothing of it is believed until it is enrolled anew with a code.

    Again: nothing.
    """
    with transaction.atomic():
        if Node.objects.filter(name=name, stopped_at=None).update(stopped_at=now):
            own = machine(own_identity().node.name).label
            record(name="accounts.node.stopped", subject=f"node:{name}", actor=own, data={"why": why}, now=now)


def draft_next(*, incarnation: bytes | None, now: datetime) -> Draft:
    """At a station: remember what it is about to become; `incarnation` None begins a new life with the same key.

    Again: the same draft until it is taken on.
    """
    with transaction.atomic():
        own = own_identity()
        row = NextIdentity.objects.select_for_update().first()
        is_key_only = incarnation is not None
        if row is not None and (bytes(row.incarnation) == own.node.incarnation) != is_key_only:
            # It waited for another change than the one that is wanted now.
            row.delete()
            row = None
        if row is None:
            signing = SigningKey.generate() if incarnation else own.signing_key
            opening = OpenKey.generate() if incarnation else own.open_key
            row = NextIdentity.objects.create(
                name=own.node.name,
                signing_key=signing.raw,
                seal_private_key=opening.raw,
                incarnation=incarnation or secrets.token_bytes(16),
                made_at=now,
            )
        return Draft(
            SigningKey(bytes(row.signing_key)), OpenKey(bytes(row.seal_private_key)), bytes(row.incarnation)
        )  # fmt: skip


def forget_draft() -> None:
    """At a station: the centre will not have it; begin anew another time."""
    NextIdentity.objects.all().delete()


def take_on(*, draft: Draft, number: int, from_seq: int, certificate: str, now: datetime) -> bool:
    """At a station: become what the centre countersigned, in one step; False where another thread was quicker.

    Again: nothing.
    """
    with transaction.atomic():
        own = own_identity()
        waiting = NextIdentity.objects.select_for_update().filter(incarnation=draft.incarnation).first()
        if waiting is None or bytes(waiting.signing_key) != draft.signing_key.raw:
            return False
        become(draft=draft, number=number, from_seq=from_seq, certificate=certificate, now=now)
        waiting.delete()
        _say_voice_begun(own, number=number, draft=draft, now=now)
        return True


def start_anew(*, draft: Draft, voice: int, certificate: str, now: datetime) -> None:
    """At a station that was let in anew by a code: new keys and a new life over the same data.

    Again: the same draft changes nothing.
    """
    with transaction.atomic():
        own = own_identity()
        if own.node.verify_key == draft.public.verify_key:
            return
        NextIdentity.objects.all().delete()
        become(draft=draft, number=voice, from_seq=1, certificate=certificate, now=now)
        _say_voice_begun(own, number=voice, draft=draft, now=now)


def take_number(*, number: int, now: datetime) -> bool:
    """At a station: the same key and life as before, in a chain of its own; False where another thread was quicker.

    Again: nothing.
    """
    with transaction.atomic():
        own = own_identity()
        if own.node.voice >= number:
            return False
        draft = Draft(own.signing_key, own.open_key, own.node.incarnation)
        become(draft=draft, number=number, from_seq=1, certificate="", now=now)
        record(
            name="accounts.node.voice_begun",
            subject=f"node:{own.node.name}",
            actor=machine(own.node.name).label,
            data={"voice": number, "former": own.voice},
            now=now,
        )
        return True


def _say_voice_begun(own: OwnIdentity, *, number: int, draft: Draft, now: datetime) -> None:
    record(
        name="accounts.node.voice_begun",
        subject=f"node:{own.node.name}",
        actor=machine(own.node.name).label,
        data={
            "voice": number,
            "incarnation": draft.incarnation.hex(),
            "verify_key": draft.public.verify_key.text,
            "former": own.voice,
        },
        now=now,
    )


def become(*, draft: Draft, number: int, from_seq: int, certificate: str, now: datetime) -> None:
    """Make the draft this machine's identity, inside the caller's transaction."""
    name = own_identity().node.name
    keep_voice(
        name=name, incarnation=draft.incarnation, keys=draft.public, from_seq=from_seq, number=number, now=now
    )  # fmt: skip
    Voice.objects.filter(node=name, number=number).update(certificate=certificate)
    NodeSecret.objects.filter(name=name).update(
        signing_key=draft.signing_key.raw, seal_private_key=draft.open_key.raw
    )  # fmt: skip


def _keys_of(node: Node) -> PublicKeys:
    return PublicKeys(VerifyKey(bytes(node.verify_key)), SealKey(bytes(node.seal_key)))


def _add(name: str, number: int, incarnation: bytes, keys: PublicKeys, from_seq: int, began_at: datetime) -> None:
    Voice.objects.update_or_create(
        node=name,
        number=number,
        defaults={
            "incarnation": incarnation,
            "verify_key": keys.verify_key.raw,
            "seal_key": keys.seal_key.raw,
            "from_seq": from_seq,
            "began_at": began_at,
        },
    )
