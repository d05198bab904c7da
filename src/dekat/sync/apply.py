"""Doing what an item at the centre asks, once, inside the transaction that holds it."""

import logging
from datetime import datetime

from django.db import DataError, transaction

from dekat.accounts.queries import own_identity
from dekat.kernel.errors import DekatError
from dekat.kernel.reading import read_json
from dekat.sync import ports
from dekat.sync.envelope import Envelope, EnvelopeNewer
from dekat.sync.rules import Carrier, InState

logger = logging.getLogger(__name__)
# What reading a body of the wrong shape raises; anything else is a bug or a sick machine, and the sender asks again.
_SHAPES = (KeyError, TypeError, ValueError, AttributeError, AssertionError, OverflowError, DataError)


class KindUnknown(DekatError):
    """This release knows nobody for items of this kind; the item waits."""

    code = "sync.item.kind_unknown"


class BodyMalformed(DekatError):
    """A message opened to something that is no JSON mapping."""

    code = "sync.message.malformed"


def outcome(found: Envelope, carrier: Carrier, now: datetime) -> tuple[InState, str]:
    """Do what the item asks inside a savepoint; a refusal undoes the effect, never the holding."""
    try:
        with transaction.atomic():
            _apply(found, carrier, now)
    except (KindUnknown, EnvelopeNewer) as unknown:
        return InState.HELD, unknown.code
    except DekatError as refusal:
        return InState.QUARANTINED, refusal.code
    except _SHAPES:
        # Signed, but not made as its kind says. It is put aside: a lane may not stand still for one bad item.
        logger.exception("sync.item.malformed", extra={"kind": found.header.kind})
        return InState.QUARANTINED, BodyMalformed.code
    return InState.APPLIED, ""


def _apply(found: Envelope, carrier: Carrier, now: datetime) -> None:
    header = found.header
    if carrier == Carrier.PACKET:
        on_packet = ports.packet_handler(header.kind)
        if on_packet is None:
            raise KindUnknown(kind=header.kind)
        on_packet(item_id=header.item_id, node=header.node, body=found.open(own_identity().open_key), now=now)
        return
    on_message = ports.message_handler(header.kind)
    if on_message is None:
        raise KindUnknown(kind=header.kind)
    try:
        body = read_json(found.open(own_identity().open_key))
    except ValueError as error:
        raise BodyMalformed from error
    if not isinstance(body, dict):
        raise BodyMalformed
    on_message(item_id=header.item_id, node=header.node, body=body, now=now)
