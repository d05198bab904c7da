"""A station says something of its equipment: the centre believes it about its own kecamatan, in its own voice."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dekat.accounts.queries import node as known_node
from dekat.duties.evidence import may_say
from dekat.equipment import heard
from dekat.kernel.canonical import Json
from dekat.ledger.services import from_message


def hear_of_equipment(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """Keep a station's word in the register (message handler); its events come in its log by themselves.

    Again: the same word changes nothing.
    Refuses: equipment.word.not_theirs, equipment.bast.already_used, equipment.handover.not_in_your_hands,
    ledger.event.malformed.
    """
    said, handover = body["events"], body.get("handover")
    assert isinstance(said, list)
    assert handover is None or isinstance(handover, Mapping)
    events = [from_message(one) for one in said if isinstance(one, Mapping)]
    if any(event.speaker != node or not may_say(event) for event in events):
        raise heard.WordNotTheirs
    heard.take_word(kecamatan=known_node(node).kecamatan, events=events, handover=handover, now=now)
