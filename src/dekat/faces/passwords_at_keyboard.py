"""A password from the person at the keyboard, or from a script's standard input; never from the command line."""

import getpass
import sys

LEAST = 12


def ask_password() -> str:
    """The password, typed twice where somebody types."""
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise SystemExit("The two were not the same.")
    if len(password) < LEAST:
        raise SystemExit(f"A password has at least {LEAST} characters.")
    return password
