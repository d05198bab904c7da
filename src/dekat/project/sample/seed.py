"""Make the data of one node of the sample regency, in three phases that each run in a process of the node's own.

`found`: tables and keys. `history`: a station says its two years. `fill`: people, devices, officers, everything else.
"""

import json
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command

from dekat.accounts import keyring
from dekat.accounts.actor import Actor
from dekat.accounts.queries import own_identity
from dekat.accounts.roles import NodeKind, Role
from dekat.accounts.services import found_node
from dekat.duties.sample import events_by_node
from dekat.faces.clock import now
from dekat.faces.sample.regency import OFFICERS, PASSWORD, Layout
from dekat.kernel.sealing import SealKey
from dekat.ledger import ports as ledger_ports
from dekat.ledger.services import record_many
from dekat.project.sample import centre, queue
from dekat.project.sample.nodes import CHAIN, know_node, open_officers, read_identity, story_time, write_chain


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
    if key == queue.STATION:
        clerk = next(one for one in OFFICERS if one.where == key and one.role == Role.OPERATOR)
        queue.fill(actor=Actor(clerk.account_id, clerk.role, clerk.kecamatan, settings.NODE_NAME), now=now())


def fill_centre(_key: str, layout: Layout) -> None:
    """Everything the centre knows."""
    centre.fill(layout)


PHASES: dict[str, Callable[[str, Layout], None]] = {
    "found": found,
    "history": history,
    "fill": fill_station if settings.IS_STATION else fill_centre,
}
