"""Make the data of one node of the sample regency, in three phases that each run in a process of the node's own.

`found`: tables and keys. `history`: a station says its two years. `fill`: people, devices, officers, everything else.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from dekat.accounts import keyring
from dekat.accounts.actor import machine
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node, found_node, open_account
from dekat.duties.sample import events_by_node
from dekat.faces.clock import now
from dekat.faces.sample.regency import OFFICERS, PASSWORD, Layout
from dekat.kernel.canonical import Json
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger import ports as ledger_ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message, record_many

CHAIN = "history.jsonl"


def found(key: str, layout: Layout) -> None:
    """Make tables and keys, and write down the public ones for the others."""
    call_command("migrate", verbosity=0)
    kind = NodeKind.STATION if settings.IS_STATION else NodeKind.CENTRE
    own = found_node(name=settings.NODE_NAME, kind=kind, kecamatan=settings.ENV.kecamatan, now=now()).node
    card = {
        "name": own.name,
        "kind": str(own.kind),
        "kecamatan": own.kecamatan,
        "verify_key": own.verify_key.text,
        "seal_key": own.seal_key.raw.hex(),
        "incarnation": own.incarnation.hex(),
    }
    (layout.home(key) / "identity.json").write_text(json.dumps(card))


def history(key: str, layout: Layout) -> None:
    """Say the station's own past and write its chain down for the centre."""
    own = own_identity()
    drafts = events_by_node(story_time(layout))[own.node.name]
    record_many(drafts, voice=ledger_ports.Signer(own.node.name, own.signing_key), now=now())
    write_chain(own.node.name, layout.home(key) / CHAIN)


def fill_station(key: str, layout: Layout) -> None:
    """Give the station its centre and its officers; residents come by the feed when it first connects."""
    know_node(layout, "centre")
    open_officers(key)
    ring = layout.home(key) / "keyring.json"
    database_key = settings.ENV.database_key
    keyring.keep(ring, key=database_key, regency=SealKey(bytes.fromhex(read_identity(layout, "centre")["seal_key"])))
    for officer in OFFICERS:
        if officer.where == key:
            keyring.add_officer(ring, username=officer.username, password=PASSWORD, key=database_key)


def fill_centre(_key: str, layout: Layout) -> None:
    """Everything the centre knows."""
    from dekat.project.sample import centre

    centre.fill(layout)


def know_node(layout: Layout, key: str) -> None:
    """Enrol another node of the sample by its public keys."""
    card = read_identity(layout, key)
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


def open_officers(where: str) -> None:
    """Give the sample's officers of one node their accounts."""
    for officer in OFFICERS:
        if officer.where == where:
            open_account(
                username=officer.username,
                full_name=officer.full_name,
                role=officer.role,
                kecamatan=officer.kecamatan,
                password=PASSWORD,
                actor=machine(settings.NODE_NAME),
                now=now(),
                account_id=officer.account_id,
            )


def read_identity(layout: Layout, key: str) -> dict[str, str]:
    """The public card of a node."""
    return dict(json.loads((layout.home(key) / "identity.json").read_text()))


def write_chain(node: str, path: Path) -> None:
    """Write a node's whole chain, one event a line."""
    with path.open("w") as file:
        for event in ledger.chain(node):
            file.write(json.dumps(as_message(event)) + "\n")


def read_chain(path: Path) -> list[dict[str, Json]]:
    """Read what `write_chain` wrote."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def story_time(layout: Layout) -> datetime:
    """The instant at which the sample's story ends: one for all its nodes, when it was made."""
    return datetime.fromisoformat((layout.folder / "story").read_text())


PHASES: dict[str, Callable[[str, Layout], None]] = {
    "found": found,
    "history": history,
    "fill": fill_station if settings.IS_STATION else fill_centre,
}
