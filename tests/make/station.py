"""A station's desk for page tests: its officers logged in, its addresses in place."""

from dekat.accounts import keyring
from dekat.accounts.actor import machine
from dekat.accounts.roles import KECAMATAN_ROLES, Role
from dekat.accounts.services import open_account
from tests.make.competence import let_record

KECAMATAN = "35.11.19"
PASSWORD = "sandi-contoh-1"


def play_station(settings, monkeypatch) -> None:
    """Let this process answer as the unlocked station of Sempol."""
    monkeypatch.setattr(keyring, "is_locked", lambda: False)
    monkeypatch.setattr(keyring, "database_key", lambda: "")
    settings.IS_STATION = True
    settings.ROOT_URLCONF = "dekat.project.urls_station"


def officer(
    now, *, role: Role = Role.OPERATOR, username: str = "rina", kecamatan: str = KECAMATAN, is_new: bool = False
):
    """Open an account and give its id; an operator may record live, unless new to the work."""
    account = open_account(
        username=username,
        full_name=f"{username.title()} Contoh",
        role=role,
        kecamatan=kecamatan if role in KECAMATAN_ROLES else "",
        password=PASSWORD,
        actor=machine("centre"),
        now=now,
    )
    if role == Role.OPERATOR and not is_new:
        let_record(account, kecamatan=kecamatan, now=now)
    return account


def log_in(client, username: str = "rina") -> None:
    """Log in by the page itself."""
    answer = client.post("/masuk/", {"username": username, "password": PASSWORD})
    assert answer.status_code == 302, answer.content
