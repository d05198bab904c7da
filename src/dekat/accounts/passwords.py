"""Who is it? A name and a password, checked on this machine alone, with patience for slips and none for guessing."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth import authenticate

from dekat.accounts.models import Account
from dekat.kernel.errors import DekatError

TRIES = 5
MOST_NAMES = 10_000
WAIT = timedelta(seconds=30)
_lock = threading.Lock()
# Each calculation takes 12 MiB: however many press at once, an old computer pays for one.
_one_at_a_time = threading.Lock()
_slips: dict[str, tuple[int, datetime]] = {}


class PasswordWrong(DekatError):
    """No active officer has this name and password; which of the two is wrong is not said."""

    code = "accounts.password.wrong"


class TooManyTries(DekatError):
    """Somebody tried the password of this name too often; it waits."""

    code = "accounts.password.too_many_tries"


def officer_with(*, username: str, password: str, now: datetime) -> UUID:
    """Give the id of the active officer with this name and password.

    Facts: tries are counted by name in this process; a name nobody has is counted alike.
    Refuses: accounts.password.wrong, accounts.password.too_many_tries.
    """
    name = username.strip()
    check_patience(name, now=now)
    with _one_at_a_time:
        account = authenticate(username=name, password=password)
    if not isinstance(account, Account):
        note_slip(name, now=now)
        raise PasswordWrong
    with _lock:
        _slips.pop(name, None)
    return account.id


def note_slip(name: str, *, now: datetime) -> None:
    """Count one wrong password of this name."""
    with _lock:
        if len(_slips) >= MOST_NAMES:
            # Somebody invents names: the oldest slip is forgotten, the memory stays small.
            _slips.pop(next(iter(_slips)))
        _slips[name] = (_slips.pop(name, (0, now))[0] + 1, now)


def check_patience(name: str, *, now: datetime) -> None:
    """Say nothing while this name may still try.

    Refuses: accounts.password.too_many_tries.
    """
    with _lock:
        count, last = _slips.get(name, (0, now))
        if count and abs(now - last) >= WAIT:
            _slips.pop(name)
        elif count >= TRIES:
            raise TooManyTries(seconds=int(WAIT.total_seconds()))
