"""An officer forgot the password: a new one is kept, the keyring wrapped anew, the centre told, line or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from dekat.accounts import keyring, recovery, renewal
from dekat.accounts.actor import machine
from dekat.accounts.passwords import PasswordWrong, check_patience, note_slip, officer_with
from dekat.accounts.queries import NodeUnknown, node
from dekat.accounts.renewal import Renewed
from dekat.accounts.services import account_message
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.sync.services import publish, send_message

MESSAGE_KIND = "password_renewed/1"
KEYRING = "keyring.json"


class StrangeOfficer(DekatError):
    """A station told a new password of an officer who is not of its kecamatan."""

    code = "flows.renew_password.strange_officer"


@dataclass(frozen=True, repr=False)
class Said:
    """A name and a password, as typed."""

    username: str
    password: str


@dataclass(frozen=True)
class Place:
    """The station where this happens: its folder, its name, its kecamatan."""

    folder: Path
    node: str
    kecamatan: str


def by_two_officers(*, forgot: Said, vouching: tuple[Said, Said], at: Place, now: datetime) -> UUID:
    """Give the officer who forgot a new password, because the camat and another officer are present and say so.

    Facts: works at a locked station too: either of the two opens the data as at any start.
    Refuses: accounts.password.wrong, accounts.password.too_many_tries, accounts.keyring.password_unknown, and what
    `accounts.renewal.renew_by_two` refuses.
    """
    renewal.check_length(forgot.password)
    if vouching[0].username.strip() == vouching[1].username.strip():
        raise renewal.TwoOthersNeeded
    for one in vouching:
        check_patience(one.username.strip(), now=now)
    if keyring.is_locked():
        _open(vouching, at, now)
    first, second = (officer_with(username=one.username, password=one.password, now=now) for one in vouching)

    def renew() -> Renewed:
        return renewal.renew_by_two(
            username=forgot.username,
            password=forgot.password,
            vouching=(first, second),
            kecamatan=at.kecamatan,
            node=at.node,
            now=now,
        )

    return _renewed(renew, forgot.password, at, now)


def by_the_regency(*, answer: str, code: str, password: str, at: Place, now: datetime) -> UUID:
    """Give the officer of the request a new password, because two officers of the centre gave the key back.

    Refuses: accounts.password.too_short, and what `accounts.recovery.open_with_answer` refuses.
    """
    renewal.check_length(password)
    opened = recovery.open_with_answer(at.folder, text=answer, code=code, now=now)

    def renew() -> Renewed:
        return renewal.renew_by_regency(
            username=opened.username,
            password=password,
            request=opened.request,
            approved_by=opened.approved_by,
            kecamatan=at.kecamatan,
            actor=machine(at.node),
            now=now,
        )

    account_id = _renewed(renew, password, at, now)
    recovery.forget_request(at.folder)
    return account_id


def receive_renewed(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """At the centre: keep the new password too, and tell it again, so that an older message never brings the old back.

    Again: nothing.
    Refuses: flows.renew_password.strange_officer.
    """
    account_id, kecamatan = UUID(str(body["account_id"])), _kecamatan_of(node)
    if not renewal.take_renewed(account_id=account_id, kecamatan=kecamatan, password=str(body["password"])):
        raise StrangeOfficer(node=node)
    told = account_message(account_id)
    publish(scope=kecamatan, kind="account/1", key=str(account_id), body=told, now=now)


def _open(vouching: tuple[Said, Said], at: Place, now: datetime) -> None:
    """Open the data by the first of the two whom the keyring knows; the other is asked by the database."""
    for one in vouching:
        try:
            keyring.unlock(at.folder / KEYRING, username=one.username.strip(), password=one.password)
        except keyring.PasswordUnknown:
            continue
        return
    for one in vouching:
        note_slip(one.username.strip(), now=now)
    raise PasswordWrong


def _renewed(renew: Callable[[], Renewed], password: str, at: Place, now: datetime) -> UUID:
    with transaction.atomic():
        done = renew()
        send_message(message_id=new_id(now), kind=MESSAGE_KIND, body=done.message, now=now)
    # After the commit: if the power fails between the two, the next log-in wraps the key.
    keyring.keep_in_step(at.folder / KEYRING, username=done.username, password=password, mark=done.mark)
    return done.account_id


def _kecamatan_of(name: str) -> str:
    try:
        return node(name).kecamatan
    except NodeUnknown as error:
        raise StrangeOfficer(node=name) from error
