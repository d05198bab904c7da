"""One-time codes for new stations: spoken by telephone, used once within a day, kept only as what is derived from them.

The code never travels. Both sides derive the same key from it and put a MAC over everything the other one says, so
nobody on the way can bring keys of their own (ADR 0020).
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from django.db import transaction
from django.db.models import F

from dekat.accounts.actor import Actor
from dekat.accounts.models import Account, EnrolmentCode
from dekat.accounts.roles import Role
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code, new_id
from dekat.ledger.services import record

CODE_LETTERS = 14
VALID_FOR = timedelta(hours=24)
TRIES = 10
_OFFICE = (Role.VERIFIER, Role.REGISTRY_HEAD)
_STATION, _CENTRE = b"dekat/enrol/1/station\x00", b"dekat/enrol/1/centre\x00"


class SecondOfficerNeeded(DekatError):
    """Two different officers of the centre must let a new machine in: it will read a whole kecamatan's register."""

    code = "accounts.enrolment_code.second_officer_needed"


class CodeWrong(DekatError):
    """No code for this kecamatan waits that fits what the machine proved."""

    code = "accounts.enrolment_code.wrong"


class CodeUsed(DekatError):
    """The code was used by another machine."""

    code = "accounts.enrolment_code.used"


class CodeExpired(DekatError):
    """The code is older than a day, or was tried too often."""

    code = "accounts.enrolment_code.expired"


@dataclass(frozen=True)
class Issued:
    """A new code, shown once."""

    code: str
    node: str
    expires_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A code that waits for its machine."""

    node: str
    issued_at: datetime
    expires_at: datetime
    tries_left: int


def issue_code(
    *, node: str, kecamatan: str, first: UUID, second: UUID, actor: Actor, now: datetime
) -> Issued:  # fmt: skip
    """Let one new machine in for one kecamatan, because two officers of the centre say so.

    Facts: both were identified by their own passwords.
    Again: a new code; the one before opens nothing any more.
    Refuses: accounts.enrolment_code.second_officer_needed.
    """
    if first == second or Account.objects.filter(id__in=[first, second], role__in=_OFFICE, is_active=True).count() != 2:
        raise SecondOfficerNeeded
    code, expires_at = new_code(CODE_LETTERS), now + VALID_FOR
    with transaction.atomic():
        EnrolmentCode.objects.filter(node=node, used_at=None, expires_at__gt=now).update(expires_at=now)
        made = EnrolmentCode.objects.create(
            id=new_id(now),
            node=node,
            kecamatan=kecamatan,
            proof_key=derive(code, node),
            issued_at=now,
            expires_at=expires_at,
        )
        record(
            name="accounts.enrolment_code.issued",
            subject=f"node:{node}",
            actor=actor.label,
            data={"code": str(made.id), "approved_by": [str(first), str(second)]},
            now=now,
        )
    return Issued(code, node, expires_at)


def waiting_codes(*, now: datetime) -> dict[str, Waiting]:
    """The codes that wait for their machines, by the machine's name."""
    rows = EnrolmentCode.objects.filter(used_at=None, expires_at__gt=now, tries__lt=TRIES)
    return {row.node: Waiting(row.node, row.issued_at, row.expires_at, TRIES - row.tries) for row in rows}


def check_proof(*, node: str, asked: bytes, proof: str, now: datetime) -> bytes:
    """Say whether the machine knows the code of its kecamatan; give the key for the centre's own proof.

    Facts: a wrong proof is counted before it is refused.
    Again: the same machine with the same keys may ask again until the code's day is over, should the answer get lost.
    Refuses: accounts.enrolment_code.wrong, accounts.enrolment_code.used, accounts.enrolment_code.expired.
    """
    row = EnrolmentCode.objects.filter(node=node).first()
    if row is None:
        raise CodeWrong(left=0)
    if row.used_at is None and (row.expires_at <= now or row.tries >= TRIES):
        raise CodeExpired
    key = bytes(row.proof_key)
    if not hmac.compare_digest(station_proof(key, asked).encode(), proof.encode()):
        if row.used_at is not None:
            raise CodeUsed
        EnrolmentCode.objects.filter(id=row.id).update(tries=F("tries") + 1)
        raise CodeWrong(left=TRIES - row.tries - 1)
    if row.used_at is not None and bytes(row.used_digest or b"") != sha256(asked).digest():
        raise CodeUsed
    if row.expires_at <= now:
        raise CodeExpired
    return key


def spend(*, node: str, asked: bytes, now: datetime) -> bool:
    """Let the code open nothing but this one question again, inside the transaction that enrols the machine.

    Again: False; the machine was let in already.
    Refuses: accounts.enrolment_code.used.
    """
    row = EnrolmentCode.objects.select_for_update().filter(node=node).first()
    digest = sha256(asked).digest()
    if row is None or (row.used_at is not None and bytes(row.used_digest or b"") != digest):
        raise CodeUsed
    if row.used_at is not None:
        return False
    row.used_at, row.used_digest = now, digest
    row.save(update_fields=["used_at", "used_digest"])
    return True


def derive(code: str, node: str) -> bytes:
    """The key that both sides derive from a code: slow, so that whoever overheard the proofs cannot guess the code."""
    salt = sha256(b"dekat/enrol/1\x00" + node.encode()).digest()[:16]
    return Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=65536).derive(code.encode())


def station_proof(key: bytes, asked: bytes) -> str:
    """What only a machine that was told the code can say over its question, in hex."""
    return hmac.new(key, _STATION + asked, sha256).hexdigest()


def centre_proof(key: bytes, asked: bytes, answer: bytes) -> str:
    """What only the centre that made the code can say over its answer to that question, in hex."""
    return hmac.new(key, _CENTRE + sha256(asked).digest() + answer, sha256).hexdigest()
