"""What a station says of equipment, told to the centre: its signed events, and for a hand-over its table row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from dekat.kernel.canonical import Json
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import as_message
from dekat.sync import services as sync

MESSAGE_KIND = "equipment_word/1"


def send(
    *, message_id: UUID, events: Sequence[SignedEvent], now: datetime, handover: Mapping[str, Json] | None = None
) -> None:
    """Send a station's own events to the centre, where the register keeps them at once.

    Facts: the events also travel in the station's log; whichever comes first, the register is the same.
    Again: the same `message_id` is sent once.
    """
    body: dict[str, Json] = {"events": [as_message(event) for event in events]}
    if handover:
        body["handover"] = dict(handover)
    sync.send_message(message_id=message_id, kind=MESSAGE_KIND, body=body, now=now)
