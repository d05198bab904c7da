"""What every node of the sample shares while it is made: identities, chains, officers, the instant of the story."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

from dekat.accounts.actor import machine
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node, open_account
from dekat.faces.clock import now
from dekat.faces.sample.regency import OFFICERS, PASSWORD, Layout
from dekat.kernel.canonical import Json
from dekat.kernel.sealing import SealKey
from dekat.kernel.signing import VerifyKey
from dekat.ledger import queries as ledger
from dekat.ledger.services import as_message

CHAIN = "history.jsonl"


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
