"""A station's next key or next life: it asks, signed with the key it has; the centre countersigns; then it becomes it.

Facts: what it wants to become is on its disk before it asks, and the centre answers the same question the same way, so
a kill between any two steps is repaired by the next greeting.
"""

import base64
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from dekat.accounts import identity
from dekat.accounts.actor import machine
from dekat.accounts.identity import PublicKeys
from dekat.accounts.queries import NodeIdentity, NodeUnknown, VoiceFacts, centre_keys, node, own_identity, voices
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import a_count, read_json
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger.services import record
from dekat.sync.inbox import StationRevoked, StationUnknown
from dekat.sync.models import InboxLane, OutboxHead

KEY_CONTEXT, LIFE_CONTEXT, NEW_KEY_CONTEXT = "dekat/key/1", "dekat/life/1", "dekat/new-key/1"
CERTIFICATE_CONTEXT = "dekat/certificate/1"
_SEAL_KEY_BYTES = 1216
# Asks the centre at an address with a body and the station's signature; gives the centre's signed answer.
Ask = Callable[[str, bytes, str], bytes]


class RequestInvalid(DekatError):
    """A request for a new key or a new life that this station did not sign with the key it has."""

    code = "sync.identity.invalid"


class TwoOfOne(DekatError):
    """Two machines speak as one station: both are stopped until somebody enrols one of them anew."""

    code = "sync.identity.two_of_one"


class CertificateInvalid(DekatError):
    """What should be the centre's word for a new key is not."""

    code = "sync.identity.certificate_invalid"


def rotate_key(*, ask: Ask, now: datetime) -> bool:
    """At the station: a new signing and sealing key; False where somebody else just did it.

    Refuses: what `ask` refuses, sync.identity.certificate_invalid.
    """
    own = own_identity()
    draft = identity.draft_next(incarnation=own.node.incarnation, now=now)
    head = OutboxHead.objects.filter(node=own.node.name).first()
    is_current = head is not None and bytes(head.incarnation) == own.node.incarnation
    from_seq = (head.last_seq if head and is_current else 0) + 1
    said: dict[str, Json] = {
        "node": own.node.name,
        "incarnation": own.node.incarnation.hex(),
        "verify_key": draft.public.verify_key.text,
        "seal_key": draft.public.seal_key.raw.hex(),
        "from_seq": from_seq,
    }
    proof = draft.signing_key.sign(context=NEW_KEY_CONTEXT, message=canonical_json(said))
    body = canonical_json({**said, "proof": base64.b64encode(proof).decode()})
    return _become(draft, "key", body, KEY_CONTEXT, from_seq, ask, now)


def begin_life(*, ask: Ask, now: datetime) -> bool:
    """At the station: what was an old image of the disk, or a copy, begins a new chain of its own with the same key.

    Refuses: as `rotate_key`; sync.identity.two_of_one when another copy did so before.
    """
    own = own_identity()
    draft = identity.draft_next(incarnation=None, now=now)
    said: dict[str, Json] = {
        "node": own.node.name,
        "from": own.node.incarnation.hex(),
        "incarnation": draft.incarnation.hex(),
    }
    return _become(draft, "life", canonical_json(said), LIFE_CONTEXT, 1, ask, now)


def take_key(*, body: bytes, signature: str, now: datetime) -> dict[str, Json]:
    """At the centre: countersign a station's next key; both are good until the new one has been heard.

    Again: the same certificate.
    Refuses: sync.identity.invalid, sync.station.unknown, sync.station.revoked.
    """
    sender, spoken, said = _believed(body, signature, KEY_CONTEXT)
    try:
        proof = base64.b64decode(str(said.pop("proof")), validate=True)
        verify_key = VerifyKey.from_text(str(said["verify_key"]))
        seal_key, from_seq = bytes.fromhex(str(said["seal_key"])), int(str(said["from_seq"]))
    except (KeyError, ValueError) as error:
        raise RequestInvalid from error
    is_proven = verify_key.accepts(context=NEW_KEY_CONTEXT, message=canonical_json(said), signature=proof)
    is_shaped = len(verify_key.raw) == 32 and len(seal_key) == _SEAL_KEY_BYTES and 0 < from_seq < 1 << 62
    if not (is_proven and is_shaped) or said.get("incarnation") != sender.incarnation.hex():
        raise RequestInvalid
    keys = PublicKeys(verify_key, SealKey(seal_key))
    with transaction.atomic():
        present = node(sender.name)
        if present.verify_key == verify_key:
            return certificate(sender.name)
        if spoken.number != present.voice or spoken.through_seq is not None:
            raise RequestInvalid
        number = identity.keep_voice(
            name=sender.name, incarnation=sender.incarnation, keys=keys, from_seq=from_seq, now=now
        )  # fmt: skip
        _say("accounts.node.key_rotated", sender.name, {"voice": number, "verify_key": verify_key.text}, now)
        return certificate(sender.name)


def take_life(*, body: bytes, signature: str, now: datetime) -> dict[str, Json]:
    """At the centre: countersign a new life, once; a second copy that wants one too stops both.

    Again: the same certificate for the same new life; once that life is over, the same question is refused and stops
    nobody: anybody may have recorded it on the way.
    Refuses: sync.identity.invalid, sync.identity.two_of_one, sync.station.unknown, sync.station.revoked.
    """
    sender, spoken, said = _believed(body, signature, LIFE_CONTEXT)
    try:
        former, fresh = bytes.fromhex(str(said["from"])), bytes.fromhex(str(said["incarnation"]))
    except (KeyError, ValueError) as error:
        raise RequestInvalid from error
    if len(former) != 16 or len(fresh) != 16 or spoken.verify_key != sender.verify_key:
        raise RequestInvalid
    with transaction.atomic():
        present = node(sender.name)
        is_new = not any(voice.incarnation == fresh for voice in voices(sender.name))
        if present.incarnation == fresh:
            return certificate(sender.name)
        if present.incarnation == former and is_new:
            keys = PublicKeys(present.verify_key, present.seal_key)
            number = identity.keep_voice(name=sender.name, incarnation=fresh, keys=keys, from_seq=1, now=now)
            facts: dict[str, Json] = {"voice": number, "former": former.hex(), "incarnation": fresh.hex()}
            _say("accounts.node.life_begun", sender.name, facts, now)
            return certificate(sender.name)
    if not is_new:
        raise RequestInvalid
    _stop_both(sender.name, former, now)
    raise TwoOfOne(node=sender.name)


def _stop_both(name: str, former: bytes, now: datetime) -> None:
    with transaction.atomic():
        # Also a life of which nothing came yet: whichever copy sealed in it, officers look at it first.
        ours = {voice.incarnation for voice in voices(name)}
        for life in sorted(ours & {former, node(name).incarnation}):
            InboxLane.objects.update_or_create(node=name, incarnation=life, defaults={"is_forked": True})
        identity.stop_node(name=name, why="two_of_one", now=now)


def _become(
    draft: identity.Draft, what: str, body: bytes, context: str, from_seq: int, ask: Ask, now: datetime
) -> bool:
    own = own_identity()
    signature = base64.b64encode(own.signing_key.sign(context=context, message=body)).decode()
    answer = ask(what, body, signature)
    number = _read_certificate(answer, own.node.name, draft)
    return identity.take_on(draft=draft, number=number, from_seq=from_seq, certificate=answer.decode(), now=now)


def certificate(name: str) -> dict[str, Json]:
    """The centre's signed word: this key, in this life, is the station's voice of this number."""
    known, own = node(name), own_identity()
    said: dict[str, Json] = {
        "node": known.name,
        "kecamatan": known.kecamatan,
        "voice": known.voice,
        "incarnation": known.incarnation.hex(),
        "verify_key": known.verify_key.text,
        "seal_key": known.seal_key.raw.hex(),
    }
    signature = own.signing_key.sign(context=CERTIFICATE_CONTEXT, message=canonical_json(said))
    return {"certificate": said, "signature": base64.b64encode(signature).decode()}


def _read_certificate(answer: bytes, name: str, draft: identity.Draft) -> int:
    try:
        found = read_json(answer)
        said, signature = found["certificate"], base64.b64decode(found["signature"], validate=True)
        number = a_count(said["voice"])
        is_ours = (said["node"], said["incarnation"]) == (name, draft.incarnation.hex())
        is_ours = is_ours and said["verify_key"] == draft.public.verify_key.text
    except (ValueError, KeyError, TypeError) as error:
        raise CertificateInvalid from error
    message = canonical_json(said)
    signed = any(
        key.accepts(context=CERTIFICATE_CONTEXT, message=message, signature=signature) for key in centre_keys()
    )  # fmt: skip
    if not (is_ours and signed):
        raise CertificateInvalid
    return number


def _believed(body: bytes, signature: str, context: str) -> tuple[NodeIdentity, VoiceFacts, dict[str, Json]]:
    try:
        said = read_json(body)
        sender, raw = node(str(said["node"])), base64.b64decode(signature, validate=True)
    except NodeUnknown as error:
        raise StationUnknown(node="") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RequestInvalid from error
    for spoken in voices(sender.name):
        if spoken.verify_key.accepts(context=context, message=body, signature=raw):
            if sender.revoked_after_seq is not None or spoken.revoked_after_seq is not None:
                raise StationRevoked(node=sender.name)
            if sender.is_stopped:
                raise TwoOfOne(node=sender.name)
            return sender, spoken, said
    raise RequestInvalid


def _say(name: str, node_name: str, facts: dict[str, Json], now: datetime) -> None:
    actor = machine(own_identity().node.name).label
    record(name=name, subject=f"node:{node_name}", actor=actor, data=facts, now=now)
