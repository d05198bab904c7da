"""The centre's signing keys: each is certified by the one before it, and stations follow the chain."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.identity import Draft, PublicKeys, become, keep_voice
from dekat.accounts.models import KeyCertificate
from dekat.accounts.queries import centre, own_identity
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json
from dekat.kernel.signing import SigningKey, VerifyKey
from dekat.ledger.services import record

CENTRE_KEY_CONTEXT = "dekat/centre-key/1"


class KeyChainBroken(DekatError):
    """The certificates of a centre's keys do not lead from the key known here to the newest one."""

    code = "accounts.centre_key.chain_broken"


def rotate_centre_key(*, actor: Actor, now: datetime) -> VerifyKey:
    """At the centre: a new signing key, certified by the present one; sealed things still open with the same key.

    Facts: running processes keep the former key until they are started again.
    """
    with transaction.atomic():
        own = own_identity()
        fresh, number = SigningKey.generate(), own.node.voice + 1
        said: dict[str, Json] = {
            "centre": own.node.name,
            "number": number,
            "former": own.node.verify_key.text,
            "next": fresh.verify_key.text,
        }
        statement = canonical_json(said)
        signature = own.signing_key.sign(context=CENTRE_KEY_CONTEXT, message=statement)
        record(
            name="accounts.centre_key.rotated",
            subject=f"node:{own.node.name}",
            actor=actor.label,
            data={**said, "signature": signature.hex()},
            now=now,
        )
        KeyCertificate.objects.create(number=number, statement=statement, signature=signature)
        draft = Draft(fresh, own.open_key, own.node.incarnation)
        become(draft=draft, number=number, from_seq=1, certificate="", now=now)
        return fresh.verify_key


def centre_certificates() -> list[tuple[str, str]]:
    """At the centre: every certificate of its signing keys, oldest first, as (statement, signature in hex)."""
    rows = KeyCertificate.objects.order_by("number")
    return [(bytes(row.statement).decode(), bytes(row.signature).hex()) for row in rows]


def follow_centre_keys(*, certificates: Sequence[tuple[str, str]], now: datetime) -> bool:
    """At a station: go from the key of the centre known here to its newest, one certificate at a time.

    Again: nothing; False where the known key is the newest.
    Refuses: accounts.centre_key.chain_broken.
    """
    with transaction.atomic():
        known = centre()
        has_moved = False
        for statement, signature in certificates:
            known_key, step = centre().verify_key, _step(statement)
            if step["former"] != known_key.text:
                continue
            if not known_key.accepts(
                context=CENTRE_KEY_CONTEXT, message=statement.encode(), signature=_from_hex(signature)
            ) or step["centre"] != known.name:  # fmt: skip
                raise KeyChainBroken
            keys = PublicKeys(_key_of(step["next"]), known.seal_key)
            keep_voice(
                name=known.name, incarnation=known.incarnation, keys=keys, from_seq=1,
                number=_number_of(step["number"]), now=now,
            )  # fmt: skip
            has_moved = True
        if has_moved:
            record(
                name="accounts.centre_key.followed",
                subject=f"node:{known.name}",
                actor=machine(own_identity().node.name).label,
                data={"verify_key": centre().verify_key.text},
                now=now,
            )
        return has_moved


def _from_hex(text: str) -> bytes:
    """Whatever answers may write anything there: the answer is believed only as far as its signatures go."""
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise KeyChainBroken from error


def _key_of(text: str) -> VerifyKey:
    try:
        key = VerifyKey.from_text(text)
    except ValueError as error:
        raise KeyChainBroken from error
    if len(key.raw) != 32:
        raise KeyChainBroken
    return key


def _number_of(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise KeyChainBroken
    return int(text)


def _step(statement: str) -> dict[str, str]:
    try:
        said = read_json(statement)
        return {name: str(said[name]) for name in ("centre", "number", "former", "next")}
    except (ValueError, KeyError, TypeError) as error:
        raise KeyChainBroken from error
