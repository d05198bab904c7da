"""A forgotten password without a network: two other officers of the station vouch, and a new one is kept.

Who may vouch, what is kept and what is told; the keyring is wrapped anew by `flows.renew_password`.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.models import Account
from dekat.accounts.roles import Role
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

LEAST_LETTERS = 12
BY_TWO, BY_REGENCY = "TWO_OFFICERS", "REGENCY"


class PasswordTooShort(DekatError):
    """A new password is shorter than a password may be."""

    code = "accounts.password.too_short"


class TwoOthersNeeded(DekatError):
    """Whoever vouches must be two people, and neither of them the one who forgot."""

    code = "accounts.renewal.two_others_needed"


class CamatNeeded(DekatError):
    """One of the two who vouch must be the camat."""

    code = "accounts.renewal.camat_needed"


class NotOfThisStation(DekatError):
    """No active officer of this kecamatan has that name."""

    code = "accounts.renewal.not_of_this_station"


@dataclass(frozen=True)
class Renewed:
    """An officer with a new password. `mark` names it for the keyring; `message` is what the centre must know."""

    account_id: UUID
    username: str
    mark: str
    message: dict[str, Json]


def check_length(password: str) -> None:
    """Say nothing while a password is long enough.

    Refuses: accounts.password.too_short.
    """
    if len(password) < LEAST_LETTERS:
        raise PasswordTooShort(least=LEAST_LETTERS)


def renew_by_two(
    *, username: str, password: str, vouching: tuple[UUID, UUID], kecamatan: str, node: str, now: datetime
) -> Renewed:
    """Give an officer a new password because two others, who proved who they are, vouch for them.

    Facts: `vouching` were identified by their own passwords before. When the camat forgot, any two others will do.
    Again: the newest password wins.
    Refuses: accounts.password.too_short, accounts.renewal.two_others_needed, accounts.renewal.camat_needed,
    accounts.renewal.not_of_this_station.
    """
    check_length(password)
    with transaction.atomic():
        account = _officer(username, kecamatan)
        helpers = [_officer_by_id(one, kecamatan) for one in vouching]
        if len({account.id, *vouching}) < 3:
            raise TwoOthersNeeded
        if account.role != Role.DISTRICT_HEAD and Role.DISTRICT_HEAD not in [one.role for one in helpers]:
            raise CamatNeeded
        first, second = helpers
        actor = Actor(first.id, Role(first.role), kecamatan, node)
        return _keep(account, password, actor, {"way": BY_TWO, "confirmed_by": str(second.id)}, now)


def renew_by_regency(
    *, username: str, password: str, request: str, approved_by: list[str], kecamatan: str, actor: Actor, now: datetime
) -> Renewed:
    """Give an officer a new password because two officers of the centre gave the station's key back.

    Refuses: accounts.password.too_short, accounts.renewal.not_of_this_station.
    """
    check_length(password)
    approvals: list[Json] = list(approved_by)
    with transaction.atomic():
        account = _officer(username, kecamatan)
        told: dict[str, Json] = {"way": BY_REGENCY, "request": request, "approved_by": approvals}
        return _keep(account, password, actor, told, now)


def take_renewed(*, account_id: UUID, kecamatan: str, password: str) -> bool:
    """At the centre: keep the new password of an officer as the station told it; False for a stranger to that station.

    Again: the same password changes nothing.
    """
    scoped = Account.objects.filter(id=account_id, kecamatan=kecamatan)
    return bool(scoped.update(password=password))


def mark_of(account_id: UUID) -> str:
    """The name of an officer's present password, for the keyring."""
    return _mark(Account.objects.get(id=account_id).password)


def _keep(account: Account, password: str, actor: Actor, told: dict[str, Json], now: datetime) -> Renewed:
    # Sessions carry a mark of the password they began with: the new one ends them all.
    account.password = make_password(password)
    account.save(update_fields=["password"])
    record(
        name="accounts.password.renewed", subject=f"account:{account.id}", actor=actor.label, data=told, now=now
    )  # fmt: skip
    message: dict[str, Json] = {"account_id": str(account.id), "password": account.password, **told}
    return Renewed(account.id, account.username, _mark(account.password), message)


def _officer(username: str, kecamatan: str) -> Account:
    found = Account.objects.filter(username=username.strip(), kecamatan=kecamatan, is_active=True).first()
    if found is None:
        raise NotOfThisStation
    return found


def _officer_by_id(account_id: UUID, kecamatan: str) -> Account:
    found = Account.objects.filter(id=account_id, kecamatan=kecamatan, is_active=True).first()
    if found is None:
        raise NotOfThisStation
    return found


def _mark(kept: str) -> str:
    return sha256(b"dekat/keyring/mark/1" + kept.encode()).hexdigest()[:16]
