"""Hand over what waits, one text after the other; nothing here holds a page or a transaction."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from dekat.accounts.actor import Actor
from dekat.alerts.models import Dispatch
from dekat.alerts.ports import AddressRefused, Carriers, ChannelAway, ChannelRefused
from dekat.alerts.rules import retry_at
from dekat.alerts.states import Channel, DispatchState
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

logger = logging.getLogger(__name__)
# Longer than any carrier's own patience (a mail server may take its time over each of ten answers): a text whose
# sender died is taken up again after this.
_IN_HAND = timedelta(minutes=10)
_AT_ONCE = 50


def send_waiting(*, carriers: Carriers, actor: Actor, clock: Callable[[], datetime]) -> int:
    """Send every text whose time has come; give how many were taken.

    Again: two senders never hold one text: it is claimed by a conditional update before it leaves.
    """
    sent, now = 0, clock()
    waiting = Dispatch.objects.filter(state=DispatchState.WAITING, channel__in=list(carriers), next_at__lte=now)
    for row in waiting.order_by("next_at", "id")[:_AT_ONCE]:
        if _claim(row, clock()):
            sent += _send(row, carriers, actor, clock)
    return sent


def _claim(row: Dispatch, now: datetime) -> bool:
    mine = Dispatch.objects.filter(id=row.id, state=DispatchState.WAITING, next_at=row.next_at)
    row.attempts, row.next_at = row.attempts + 1, now + _IN_HAND
    return bool(mine.update(attempts=row.attempts, next_at=row.next_at))


def _still_mine(row: Dispatch) -> QuerySet[Dispatch]:
    """The row, unless it took so long that another sender took the text up."""
    return Dispatch.objects.filter(id=row.id, state=DispatchState.WAITING, next_at=row.next_at)


def _send(row: Dispatch, carriers: Carriers, actor: Actor, clock: Callable[[], datetime]) -> bool:
    carrier = carriers[Channel(row.channel)]
    try:
        reference = carrier.send(dispatch_id=row.id, address=row.address, subject=row.subject, text=row.text)
    except AddressRefused as refusal:
        _end(row, DispatchState.DEAD, actor, clock(), trouble=refusal)
        return False
    except (ChannelAway, ChannelRefused) as refusal:
        now = clock()
        again_at = retry_at(dispatch_id=row.id, attempts=row.attempts, now=now)
        if again_at is None:
            _end(row, DispatchState.DEAD, actor, now, trouble=refusal)
        else:
            _still_mine(row).update(next_at=again_at, trouble=refusal.code)
        return False
    _end(row, DispatchState.SENT, actor, clock(), reference=reference)
    return True


def _end(
    row: Dispatch,
    state: DispatchState,
    actor: Actor,
    now: datetime,
    *,
    reference: str = "",
    trouble: DekatError | None = None,
) -> None:
    """The end of a text, with its event: who was told, about which facts, by which channel; never where to."""
    code = trouble.code if trouble else ""
    name = "alerts.dispatch.sent" if state == DispatchState.SENT else "alerts.dispatch.given_up"
    alerts = [str(one) for one in row.tellings.order_by("id").values_list("alert_id", flat=True)]
    # What was sent is sent, whoever else has it in hand; a failure counts only while nobody else tries.
    waiting = Dispatch.objects.filter(id=row.id, state=DispatchState.WAITING)
    mine = waiting if state == DispatchState.SENT else _still_mine(row)
    with transaction.atomic():
        if not mine.update(state=state, ended_at=now, reference=reference[:120], trouble=code, next_at=now):
            return
        record(
            name=name,
            subject=f"dispatch:{row.id}",
            actor=actor.label,
            data={"to": row.party, "desk": row.desk, "channel": row.channel, "alerts": list(alerts), "why": code},
            now=now,
        )
    logger.info(name, extra={"channel": row.channel, "attempts": row.attempts, "code": code})
