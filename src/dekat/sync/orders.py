"""What the centre orders in its welcome, and a station obeying: an order may come twice, late, or when it is done."""

import logging
from collections.abc import Callable
from datetime import datetime

from dekat.accounts.identity import take_number
from dekat.accounts.queries import own_identity
from dekat.kernel.errors import DekatError
from dekat.sync import identity, lost, ports, standing
from dekat.sync.blobs import wipe_blobs
from dekat.sync.feed import forget_position
from dekat.sync.hello import Welcome
from dekat.sync.identity import Ask

logger = logging.getLogger(__name__)


def obey(welcome: Welcome, *, ask: Ask, now: datetime) -> bool:
    """Do what the centre orders; True when this machine has become another one and must greet anew.

    Facts: `ask` puts a signed question to the centre (see `sync.identity`).
    Again: an order that was obeyed changes nothing; one that the line cut short is obeyed at the next greeting.
    """
    own = own_identity().node
    is_for_us = (welcome.to_incarnation, welcome.to_voice) == (own.incarnation.hex(), own.voice)
    if welcome.to_incarnation and not is_for_us:
        # Another lane made another machine of this one meanwhile: what its former self is told closes nothing here.
        return False
    standing.note_told(
        orders=welcome.orders, lease_days=welcome.lease_days, may_read=welcome.may_read, now=now
    )  # fmt: skip
    if "wipe_extract" in welcome.orders:
        ports.wipe_extract()
        wipe_blobs()
        forget_position()
    if not is_for_us:
        return False
    lost.tell_lost(missing=welcome.missing, incarnation=own.incarnation, now=now)
    if "new_incarnation" in welcome.orders:
        return _tried("new_incarnation", lambda: identity.begin_life(ask=ask, now=now))
    if "rotate_key" in welcome.orders:
        return _tried("rotate_key", lambda: identity.rotate_key(ask=ask, now=now))
    # Under a name that had a life before, a machine that was let in by card learns its number here.
    return welcome.may_read and welcome.voice > own.voice and take_number(number=welcome.voice, now=now)


def _tried(order: str, work: Callable[[], bool]) -> bool:
    """An order that fails leaves the machine as it was, and everything else of the round goes on."""
    try:
        return work()
    except DekatError as refusal:
        logger.warning("sync.order.failed", extra={"order": order, "code": refusal.code})
        return False
