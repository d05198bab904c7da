"""Commands: give people accounts and machines identities."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.identity import Draft, PublicKeys, keep_voice
from dekat.accounts.models import Account, Node, NodeSecret, Voice
from dekat.accounts.queries import OwnIdentity, own_identity
from dekat.accounts.roles import KECAMATAN_ROLES, NodeKind, Role
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.kernel.sealing import OpenKey, SealKey
from dekat.kernel.signing import SigningKey, VerifyKey
from dekat.ledger.services import record


class UsernameTaken(DekatError):
    """Another person already logs in under this name."""

    code = "accounts.account.username_taken"


class KecamatanMissing(DekatError):
    """An operator or camat needs the kecamatan they serve."""

    code = "accounts.account.kecamatan_missing"


def open_account(
    *,
    username: str,
    full_name: str,
    role: Role,
    kecamatan: str,
    password: str,
    actor: Actor,
    now: datetime,
    account_id: UUID | None = None,
) -> UUID:
    """Give a named officer a way to log in; the password is kept as Argon2id only.

    Again: the same `account_id` returns the first account and changes nothing.
    Refuses: accounts.account.username_taken, accounts.account.kecamatan_missing.
    """
    if role in KECAMATAN_ROLES and not kecamatan:
        raise KecamatanMissing(role=role)
    with transaction.atomic():
        if account_id and Account.objects.filter(id=account_id).exists():
            return account_id
        if Account.objects.filter(username=username).exists():
            raise UsernameTaken
        account = Account.objects.create(
            id=account_id or new_id(now),
            username=username,
            full_name=full_name,
            role=role,
            kecamatan=kecamatan,
            password=make_password(password),
        )
        record(
            name="accounts.account.opened",
            subject=f"account:{account.id}",
            actor=actor.label,
            data={"role": str(role), "kecamatan": kecamatan},
            now=now,
        )
        return account.id


def account_message(account_id: UUID) -> dict[str, Json]:
    """The account as the change feed carries it to its kecamatan's station; the password travels as Argon2id."""
    account = Account.objects.get(id=account_id)
    return {
        "id": str(account.id),
        "username": account.username,
        "full_name": account.full_name,
        "role": account.role,
        "kecamatan": account.kecamatan,
        "password": account.password,
        "is_active": account.is_active,
    }


def apply_account(message: Mapping[str, str | bool]) -> None:
    """Keep an account as the centre published it.

    Again: the newest message wins; a repeat changes nothing.
    """
    Account.objects.update_or_create(
        id=UUID(str(message["id"])),
        defaults={key: message[key] for key in message if key != "id"},
    )


def new_draft() -> Draft:
    """Keys and a life for a machine that has none yet; they never leave it."""
    return Draft(SigningKey.generate(), OpenKey.generate(), secrets.token_bytes(16))


def found_node(
    *, name: str, kind: NodeKind, kecamatan: str, now: datetime, draft: Draft | None = None, voice: int = 1
) -> OwnIdentity:
    """Give this machine its own keys, once; they never leave it.

    Facts: `draft` are the keys that the centre already countersigned as voice number `voice`.
    Again: a machine that has an identity keeps it.
    """
    with transaction.atomic():
        if NodeSecret.objects.exists():
            return own_identity()
        made = draft or new_draft()
        signing, opening = made.signing_key, made.open_key
        NodeSecret.objects.create(name=name, signing_key=signing.raw, seal_private_key=opening.raw)
        _keep_node(
            name=name,
            kind=kind,
            kecamatan=kecamatan,
            verify_key=signing.verify_key,
            seal_key=opening.seal_key,
            incarnation=made.incarnation,
            now=now,
        )
        Node.objects.filter(name=name).update(voice=voice)
        record(
            name="accounts.node.founded",
            subject=f"node:{name}",
            actor=machine(name).label,
            data={"kind": str(kind), "kecamatan": kecamatan, "verify_key": signing.verify_key.text},
            now=now,
        )
        return own_identity()


def enrol_node(
    *,
    name: str,
    kind: NodeKind,
    kecamatan: str,
    verify_key: VerifyKey,
    seal_key: SealKey,
    incarnation: bytes,
    actor: Actor,
    now: datetime,
) -> None:
    """Know another machine by its public keys: the centre enrols stations, a station knows its centre.

    Facts: under a name that had a life before, the new one begins believed; what the former life sent, and how far it
    was believed, stays.
    Again: the same keys change nothing.
    """
    with transaction.atomic():
        known = Node.objects.select_for_update().filter(name=name).first()
        if known and bytes(known.verify_key) == verify_key.raw and bytes(known.incarnation) == incarnation:
            return
        if known:
            _begin_again(known, PublicKeys(verify_key, seal_key), incarnation, now)
        else:
            _keep_node(
                name=name,
                kind=kind,
                kecamatan=kecamatan,
                verify_key=verify_key,
                seal_key=seal_key,
                incarnation=incarnation,
                now=now,
            )
        record(
            name="accounts.node.enrolled",
            subject=f"node:{name}",
            actor=actor.label,
            data={"kind": str(kind), "kecamatan": kecamatan, "verify_key": verify_key.text},
            now=now,
        )


def revoke_node(*, name: str, last_good_seq: int, actor: Actor, now: datetime, reason: str = "") -> None:
    """Stop believing a machine from a packet number on; what it sent before stays believed.

    Facts: `reason` is one of a closed list of words, never free text: it stands in the ledger.
    Again: the lower number stands.
    """
    with transaction.atomic():
        node = Node.objects.select_for_update().get(name=name)
        if node.revoked_after_seq is not None and node.revoked_after_seq <= last_good_seq:
            return
        node.revoked_after_seq = last_good_seq
        node.save(update_fields=["revoked_after_seq"])
        record(
            name="accounts.node.revoked",
            subject=f"node:{name}",
            actor=actor.label,
            data={"last_good_seq": last_good_seq, **({"reason": reason} if reason else {})},
            now=now,
        )


def _begin_again(known: Node, keys: PublicKeys, incarnation: bytes, now: datetime) -> None:
    former, revoked_after_seq = bytes(known.incarnation), known.revoked_after_seq
    keep_voice(name=known.name, incarnation=incarnation, keys=keys, from_seq=1, now=now)
    if revoked_after_seq is not None:
        Voice.objects.filter(node=known.name, incarnation=former).update(revoked_after_seq=revoked_after_seq)
    Node.objects.filter(name=known.name).update(revoked_after_seq=None, stopped_at=None, enrolled_at=now)


def _keep_node(
    *,
    name: str,
    kind: NodeKind,
    kecamatan: str,
    verify_key: VerifyKey,
    seal_key: SealKey,
    incarnation: bytes,
    now: datetime,
) -> None:
    Node.objects.update_or_create(
        name=name,
        defaults={
            "kind": kind,
            "kecamatan": kecamatan,
            "verify_key": verify_key.raw,
            "seal_key": seal_key.raw,
            "incarnation": incarnation,
            "enrolled_at": now,
        },
    )
