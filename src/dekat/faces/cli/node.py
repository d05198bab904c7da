"""`dekat node found|card|enrol`: what this machine is, and which machines it knows."""

import argparse
import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from dekat.accounts import keyring, recovery
from dekat.accounts.actor import machine
from dekat.accounts.passwords import officer_with
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import NodeKind, Role
from dekat.accounts.services import enrol_node, found_node, open_account
from dekat.faces.clock import now
from dekat.faces.passwords_at_keyboard import ask_password
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import spaced
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey


class CardUnreadable(DekatError):
    """A file is not the public card of a node."""

    code = "accounts.card.unreadable"


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat node`."""
    parser = sub.add_parser("node", help="what this machine is, and which machines it knows")
    commands = parser.add_subparsers(dest="node_command", required=True)
    found = commands.add_parser("found", help="make this machine's database and keys, once; print its public card")
    found.add_argument("--centre", type=Path, help="a station needs the card of its centre")
    found.add_argument("--officer", help="log-in of a station's first operator; the password is asked for")
    found.add_argument("--full-name", default="", help="that operator's name")
    found.set_defaults(run=_found)
    card = commands.add_parser("card", help="print this machine's public card")
    card.set_defaults(run=_card)
    recover = commands.add_parser("recover", help="at the centre: give a station whose passwords are lost its key back")
    recover.add_argument("request", type=Path, help="the file from the station's page Lupa sandi")
    recover.add_argument("answer", type=Path, help="where to write the answer")
    recover.add_argument("--officer", required=True, help="log-in of an officer of the centre")
    recover.add_argument(
        "--second", required=True, help="log-in of another; both passwords are asked for, in this order"
    )
    recover.set_defaults(run=_recover)
    enrol = commands.add_parser("enrol", help="know another machine by its card")
    enrol.add_argument("card", type=Path)
    enrol.set_defaults(run=_enrol)


def _found(options: argparse.Namespace) -> int:
    if settings.IS_STATION:
        return _found_station(options)
    call_command("migrate", verbosity=0)
    found_node(name=settings.NODE_NAME, kind=NodeKind.CENTRE, kecamatan="", now=now())
    return _card(options)


def _found_station(options: argparse.Namespace) -> int:
    if not (options.centre and options.officer):
        raise SystemExit("A station needs --centre CARD and --officer NAME.")
    centre = _read(options.centre)
    password = ask_password()
    _lock_away(centre, options.officer, password)
    call_command("migrate", verbosity=0)
    kecamatan = settings.ENV.kecamatan
    found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=kecamatan, now=now())
    _know(centre)
    open_account(
        username=options.officer,
        full_name=options.full_name or options.officer,
        role=Role.OPERATOR,
        kecamatan=kecamatan,
        password=password,
        actor=machine(settings.NODE_NAME),
        now=now(),
    )
    return _card(options)


def _lock_away(centre: dict[str, str], officer: str, password: str) -> None:
    """Make the key of the database, wrapped for the regency and for the first officer, and open it here."""
    ring = settings.ENV.data_dir / "keyring.json"
    settings.ENV.data_dir.mkdir(parents=True, exist_ok=True)
    if not ring.exists():
        key = keyring.create(ring, regency=SealKey(bytes.fromhex(centre["seal_key"])))
        keyring.add_officer(ring, username=officer, password=password, key=key)
    keyring.unlock(ring, username=officer, password=password)


def _card(options: argparse.Namespace) -> int:
    own = own_identity().node
    card = {
        "name": own.name,
        "kind": str(own.kind),
        "kecamatan": own.kecamatan,
        "verify_key": own.verify_key.text,
        "seal_key": own.seal_key.raw.hex(),
        "incarnation": own.incarnation.hex(),
    }
    print(json.dumps(card, indent=1))
    return 0


def _enrol(options: argparse.Namespace) -> int:
    _know(_read(options.card))
    return 0


def _recover(options: argparse.Namespace) -> int:
    asked = recovery.read_request(options.request.read_text(errors="replace"))
    print(f"{asked.node} asks for {asked.username}; the request's code is {asked.short}.")
    first, second = (
        officer_with(username=name, password=ask_password(), now=now()) for name in (options.officer, options.second)
    )
    given = recovery.answer(request=asked, first=first, second=second, actor=machine(settings.NODE_NAME), now=now())
    options.answer.write_text(given.text)
    print(f"Written: {options.answer}. Tell the code by telephone only: {spaced(given.code)}")
    return 0


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text())
        return {
            name: str(found[name]) for name in ("name", "kind", "kecamatan", "verify_key", "seal_key", "incarnation")
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CardUnreadable from error


def _know(card: dict[str, str]) -> None:
    enrol_node(
        name=card["name"],
        kind=NodeKind(card["kind"]),
        kecamatan=card["kecamatan"],
        verify_key=VerifyKey.from_text(card["verify_key"]),
        seal_key=SealKey(bytes.fromhex(card["seal_key"])),
        incarnation=bytes.fromhex(card["incarnation"]),
        actor=machine(settings.NODE_NAME),
        now=now(),
    )
