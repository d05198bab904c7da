"""Every password of a station is lost: the regency gives the database key back, under a code told by telephone.

The station writes a request (its key, sealed to the centre long ago). Two officers of the centre open it and wrap it
anew under a one-time code; the signed answer travels by stick or chat, the code by voice. Neither alone opens anything.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.db import DatabaseError, connection, transaction

from dekat.accounts import keyring
from dekat.accounts.actor import Actor
from dekat.accounts.models import Account
from dekat.accounts.queries import NodeUnknown, centre, node, own_identity
from dekat.accounts.roles import NodeKind, Role
from dekat.kernel.canonical import Json, canonical_json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code, read_code
from dekat.kernel.reading import read_json
from dekat.kernel.sealing import SealBroken
from dekat.ledger.services import record

SIGNING_CONTEXT = "dekat/recovery/1"
CODE_LETTERS = 19
VALID_FOR = timedelta(days=3)
TRIES = 5
_PENDING = "recovery.json"
_OFFICE = (Role.VERIFIER, Role.REGISTRY_HEAD)


class RequestUnreadable(DekatError):
    """A file is not a request for recovery of a station that this centre knows."""

    code = "accounts.recovery.request_unreadable"


class AnswerUnreadable(DekatError):
    """A file is not the centre's answer to the last request of this station."""

    code = "accounts.recovery.answer_unreadable"


class CodeWrong(DekatError):
    """The one-time code does not open the answer."""

    code = "accounts.recovery.code_wrong"


class RequestSpent(DekatError):
    """The request was used, tried too often, or is older than three days."""

    code = "accounts.recovery.request_spent"


class AskedTooOften(DekatError):
    """More requests or answers in an hour than anybody needs who lost a password."""

    code = "accounts.recovery.asked_too_often"


class SecondOfficerNeeded(DekatError):
    """Two different officers of the centre must give a station its key back."""

    code = "accounts.recovery.second_officer_needed"


@dataclass(frozen=True)
class Request:
    """What a station asks for; `short` is read to each other on the telephone."""

    id: str
    node: str
    username: str
    wrapped: bytes
    text: str

    @property
    def short(self) -> str:
        return self.id[:8].upper()


@dataclass(frozen=True)
class Answer:
    """What the centre gives back: a file, and a code that travels another way."""

    text: str
    code: str


def ask(folder: Path, *, node_name: str, username: str, now: datetime) -> Request:
    """At the station, locked or open: write down a request and remember it.

    Again: the same name gets the same request until it is spent.
    """
    pending = _pending(folder)
    if pending and pending["username"] == username and not _is_spent(pending, now):
        return read_request(str(pending["text"]))
    wrapped = keyring.regency_part(folder / "keyring.json")
    said = {
        "dekat": "recovery-request/1",
        "id": secrets.token_hex(16),
        "node": node_name,
        "username": username,
        "wrapped": base64.b64encode(wrapped).decode(),
    }
    text = json.dumps(said, indent=1)
    _remember(folder, {"id": said["id"], "username": username, "tries": 0, "text": text, "asked_at": iso(now)})
    return read_request(text)


def read_request(text: str) -> Request:
    """Read what `ask` wrote.

    Refuses: accounts.recovery.request_unreadable.
    """
    try:
        said = read_json(text)
        if said["dekat"] != "recovery-request/1" or len(bytes.fromhex(said["id"])) != 16:
            raise RequestUnreadable
        wrapped = base64.b64decode(said["wrapped"], validate=True)
        return Request(str(said["id"]), str(said["node"]), str(said["username"])[:60], wrapped, text)
    except (ValueError, KeyError, TypeError) as error:
        raise RequestUnreadable from error


def answer(*, request: Request, first: UUID, second: UUID, actor: Actor, now: datetime) -> Answer:
    """At the centre: open the station's key and wrap it under a one-time code, because two officers say so.

    Facts: both were identified by their own passwords.
    Again: each answer has a code of its own; the station takes the first that comes.
    Refuses: accounts.recovery.second_officer_needed, accounts.recovery.request_unreadable.
    """
    if first == second or Account.objects.filter(id__in=[first, second], role__in=_OFFICE, is_active=True).count() != 2:
        raise SecondOfficerNeeded
    own = own_identity()
    try:
        station = node(request.node)
        key = keyring.open_for_regency(request.wrapped, key=own.open_key)
    except (NodeUnknown, SealBroken) as error:
        raise RequestUnreadable from error
    if station.kind != NodeKind.STATION or station.revoked_after_seq is not None:
        raise RequestUnreadable
    code, salt, nonce = new_code(CODE_LETTERS), secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_derive(code, salt)).encrypt(nonce, key, request.id.encode())
    said: dict[str, Json] = {
        "dekat": "recovery-answer/1",
        "request": request.id,
        "node": request.node,
        "approved_by": [str(first), str(second)],
        "sealed": base64.b64encode(salt + nonce + sealed).decode(),
    }
    signature = own.signing_key.sign(context=SIGNING_CONTEXT, message=canonical_json(said))
    with transaction.atomic():
        record(
            name="accounts.recovery.granted",
            subject=f"node:{request.node}",
            actor=actor.label,
            data={"request": request.id, "approved_by": [str(first), str(second)]},
            now=now,
        )
    text = json.dumps({**said, "signature": base64.b64encode(signature).decode()}, indent=1)
    return Answer(text, code)


@dataclass(frozen=True)
class Opened:
    """A station's data opened by the regency, for one officer."""

    request: str
    username: str
    approved_by: list[str]


def open_with_answer(folder: Path, *, text: str, code: str, now: datetime) -> Opened:
    """At the station: open the data with the centre's answer and the code from the telephone.

    Facts: the key is tried before the signature, which only the opened database can check; a forged answer opens
    nothing, because it does not hold the key. Five wrong codes spend the request, and so do three days of this
    machine's own clock since it asked; a clock that is wrong, but steady, hinders nobody.
    Refuses: kernel.ids.code_mistyped, accounts.recovery.answer_unreadable, accounts.recovery.code_wrong,
    accounts.recovery.request_spent.
    """
    pending, typed = _pending(folder), read_code(code)
    if not pending or _is_spent(pending, now):
        raise RequestSpent
    said, signature, blob = _read_answer(text, str(pending["id"]))
    # Counted before it is tried: pulling the plug gives no free guess.
    _remember(folder, {**pending, "tries": int(pending["tries"]) + 1})
    try:
        key = AESGCM(_derive(typed, blob[:16])).decrypt(blob[16:28], blob[28:], str(said["request"]).encode())
    except InvalidTag as error:
        raise CodeWrong(left=TRIES - int(pending["tries"]) - 1) from error
    was_locked = keyring.is_locked()
    if was_locked:
        keyring.use_key(key.hex())
    if not _is_of_centre(said, signature):
        if was_locked:
            keyring.use_key("")
            connection.close()
        raise AnswerUnreadable
    approved_by = said["approved_by"]
    return Opened(
        str(said["request"]),
        str(pending["username"]),
        [str(one) for one in approved_by] if isinstance(approved_by, list) else [],
    )


def _is_of_centre(said: dict[str, Json], signature: bytes) -> bool:
    try:
        return centre().verify_key.accepts(context=SIGNING_CONTEXT, message=canonical_json(said), signature=signature)
    except DatabaseError:
        # A forged answer brought a key of its own, and the data does not open with it.
        return False


def forget_request(folder: Path) -> None:
    """The request did its work; its answer opens nothing any more.

    Again: nothing.
    """
    (folder / _PENDING).unlink(missing_ok=True)


def _read_answer(text: str, request: str) -> tuple[dict[str, Json], bytes, bytes]:
    try:
        said = read_json(text)
        signature = base64.b64decode(said.pop("signature"), validate=True)
        blob = base64.b64decode(said["sealed"], validate=True)
        if said["dekat"] != "recovery-answer/1" or said["request"] != request or len(blob) != 76:
            raise AnswerUnreadable
        return said, signature, blob
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AnswerUnreadable from error


def _derive(code: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(code.encode())


def _pending(folder: Path) -> dict[str, str | int]:
    try:
        return dict(json.loads((folder / _PENDING).read_text()))
    except (OSError, ValueError):
        return {}


def _is_spent(pending: dict[str, str | int], now: datetime) -> bool:
    return int(pending["tries"]) >= TRIES or now - from_iso(str(pending["asked_at"])) > VALID_FOR


def _remember(folder: Path, pending: dict[str, str | int]) -> None:
    keyring.write_private(folder / _PENDING, pending)
