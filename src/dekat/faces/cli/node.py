"""`dekat node found|card|enrol|recover|rotate-centre-key`: what this machine is, and which machines it knows."""

import argparse
import json
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from dekat.accounts import keyring, recovery
from dekat.accounts.actor import machine
from dekat.accounts.centre_keys import rotate_centre_key
from dekat.accounts.identity import Draft, start_anew
from dekat.accounts.passwords import officer_with
from dekat.accounts.queries import centre, has_account, has_identity, own_identity
from dekat.accounts.roles import NodeKind, Role
from dekat.accounts.services import enrol_node, found_node, open_account
from dekat.faces import first_talk
from dekat.faces.clock import now
from dekat.faces.passwords_at_keyboard import ask_password
from dekat.kernel.errors import DekatError
from dekat.kernel.fingerprint import fingerprint
from dekat.kernel.ids import spaced
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.sync.enrol import Admitted, keep_admitted


class CardUnreadable(DekatError):
    """A file is not the public card of a node."""

    code = "accounts.card.unreadable"


def add_parser(sub: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `dekat node`."""
    parser = sub.add_parser("node", help="what this machine is, and which machines it knows")
    commands = parser.add_subparsers(dest="node_command", required=True)
    found = commands.add_parser("found", help="make this machine's database and keys, once; print its public card")
    found.add_argument("--centre", type=Path, help="a station without a line needs the card of its centre")
    found.add_argument("--code", help="or the one-time code that Dispendukcapil read out; it also renews a station")
    found.add_argument("--centre-url", default="", help="with --code: instead of DEKAT_CENTRE_URL")
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
    rotate = commands.add_parser("rotate-centre-key", help="at the centre: a new signing key, certified by the present")
    rotate.set_defaults(run=_rotate)
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
    if options.code and (settings.ENV.data_dir / "keyring.json").exists():
        return _renew(options)
    if not ((options.centre or options.code) and options.officer):
        raise SystemExit("A station needs --code CODE or --centre CARD, and --officer NAME.")
    if options.code:
        return _found_by_code(options)
    centre = _read(options.centre)
    _settle(options, centre, ask_password(), draft=None, voice=1)
    return _card(options)


def _found_by_code(options: argparse.Namespace) -> int:
    draft, admitted = _talk(options)
    _settle(options, admitted.centre, ask_password(), draft=draft, voice=admitted.voice)
    keep_admitted(admitted, now=now())
    first_talk.forget_draft(settings.ENV.data_dir)
    return _say_words()


def _renew(options: argparse.Namespace) -> int:
    """A station that was stopped, or whose start was cut off: the same data, new keys, a new life."""
    if not options.officer:
        raise SystemExit("A station with data needs --officer NAME, who opens it.")
    password = ask_password()
    keyring.unlock(settings.ENV.data_dir / "keyring.json", username=options.officer, password=password)
    draft, admitted = _talk(options)
    if not has_identity():
        _settle(options, admitted.centre, password, draft=draft, voice=admitted.voice)
    else:
        start_anew(draft=draft, voice=admitted.voice, certificate=admitted.certificate, now=now())
        _know(admitted.centre)
    keep_admitted(admitted, now=now())
    first_talk.forget_draft(settings.ENV.data_dir)
    return _say_words()


def _talk(options: argparse.Namespace) -> tuple[Draft, Admitted]:
    return first_talk.talk_in(
        folder=settings.ENV.data_dir,
        url=options.centre_url or settings.ENV.centre_url,
        node_name=settings.NODE_NAME,
        kecamatan=settings.ENV.kecamatan,
        code=options.code,
    )


def _say_words() -> int:
    """Six words for each side; the officer at the centre reads the same ones from the page Stasiun."""
    print(f"Enrolled. Compare with the page Stasiun at {centre().name}:")
    print(f"  centre:       {fingerprint(centre().verify_key.raw)}")
    print(f"  this station: {fingerprint(own_identity().node.verify_key.raw)}")
    return 0


def _rotate(options: argparse.Namespace) -> int:
    key = rotate_centre_key(actor=machine(settings.NODE_NAME), now=now())
    print(f"The centre now signs with {key.text} ({fingerprint(key.raw)}).")
    print("Start the centre's service again now. Stations follow by the certificate at their next contact.")
    return 0


def _settle(
    options: argparse.Namespace, centre_card: dict[str, str], password: str, *, draft: Draft | None, voice: int
) -> None:
    """Make the encrypted database, the identity, and the first officer; each step finds its own repeat done."""
    _lock_away(centre_card, options.officer, password)
    call_command("migrate", verbosity=0)
    kecamatan = settings.ENV.kecamatan
    found_node(name=settings.NODE_NAME, kind=NodeKind.STATION, kecamatan=kecamatan, now=now(), draft=draft, voice=voice)
    _know(centre_card)
    if has_account(options.officer):
        return
    open_account(
        username=options.officer,
        full_name=options.full_name or options.officer,
        role=Role.OPERATOR,
        kecamatan=kecamatan,
        password=password,
        actor=machine(settings.NODE_NAME),
        now=now(),
    )


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
