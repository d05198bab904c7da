"""The sample regency's two years of evidence in this database, each node in its own voice; areas and register too."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import machine
from dekat.accounts.roles import NodeKind
from dekat.accounts.services import enrol_node
from dekat.areas.services import load_bundled
from dekat.duties.sample import CENTRE, events_by_node
from dekat.duties.sample_hearings import keep_words
from dekat.equipment import register
from dekat.kernel.sealing import OpenKey
from dekat.kernel.signing import SigningKey
from dekat.ledger import ports
from dekat.ledger import queries as ledger
from dekat.ledger.services import record_many


def told(now: datetime, *, with_stations: bool = True) -> None:
    """Everything that the sample's offices (and stations: 13 seconds) said until now."""
    load_bundled()
    for node, drafts in events_by_node(now).items():
        if node != CENTRE and not with_stations:
            continue
        voice = ports.signer() if node == CENTRE else _station(node, now)
        record_many(drafts, voice=voice, now=now)
    keep_words(now)
    for event in ledger.events(name_prefix="equipment."):
        register.keep(event)


def _station(node: str, now: datetime) -> ports.Signer:
    key = SigningKey.generate()
    enrol_node(
        name=node,
        kind=NodeKind.STATION,
        kecamatan=node.removeprefix("station-"),
        verify_key=key.verify_key,
        seal_key=OpenKey.generate().seal_key,
        incarnation=UUID(int=int.from_bytes(key.verify_key.raw[:16])).bytes,
        actor=machine(CENTRE),
        now=now,
    )
    return ports.Signer(node, key)
