"""`dekat account open`: a named officer gets a way to log in."""

import argparse

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.accounts.roles import Role
from dekat.accounts.services import open_account
from dekat.faces.clock import now
from dekat.faces.passwords_at_keyboard import ask_password


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat account`."""
    parser = sub.add_parser("account", help="officers who may log in here")
    commands = parser.add_subparsers(dest="account_command", required=True)
    opened = commands.add_parser("open", help="open an account; the password is asked for")
    opened.add_argument("username", help="log-in name")
    opened.add_argument("--full-name", required=True, help="the officer's name")
    opened.add_argument("--role", required=True, choices=[role.value for role in Role], help="what they answer for")
    opened.add_argument("--kecamatan", default="", help="of an operator or a camat")
    opened.set_defaults(run=_open)


def _open(options: argparse.Namespace) -> int:
    open_account(
        username=options.username,
        full_name=options.full_name,
        role=Role(options.role),
        kecamatan=options.kecamatan,
        password=ask_password(),
        actor=machine(settings.NODE_NAME),
        now=now(),
    )
    return 0
