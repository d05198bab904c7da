"""Commands on tickets: take, call, start, park, send on, finish. Each press is kept and told once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, Max

from dekat.accounts.actor import Actor
from dekat.desk import rules
from dekat.desk.models import QueueTicket, TicketMove
from dekat.desk.queries import TicketCard, TicketUnknown, ahead_in_a_row, card_of, waiting_of
from dekat.desk.states import Origin, Priority, Service, TicketState
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record

T = TicketState


class MoveForbidden(DekatError):
    """Somebody else moved the ticket on meanwhile."""

    code = "desk.ticket.move_forbidden"


class QueueEmpty(DekatError):
    """Nobody waits."""

    code = "desk.queue.empty"


class CounterBusy(DekatError):
    """The counter has called or serves a number already."""

    code = "desk.counter.busy"


@dataclass(frozen=True)
class NewTicket:
    """What somebody comes for. Made where the ticket is made, with its id."""

    ticket_id: UUID
    service: Service
    priority: Priority
    origin: Origin
    appointment_id: UUID | None = None
    slot_at: datetime | None = None


def take_ticket(*, new: NewTicket, day: date, actor: Actor, now: datetime) -> TicketCard:
    """Give somebody the next number of a service today.

    Facts: `day` is today in the regency's zone. The first ticket of a day closes the days before.
    Again: the same id, or the same appointment, returns the first ticket.
    """
    with transaction.atomic():
        known = QueueTicket.objects.filter(id=new.ticket_id).first()
        if known is None and new.appointment_id is not None:
            known = QueueTicket.objects.filter(appointment_id=new.appointment_id).first()
        if known is not None:
            return card_of(known)
        _close_days_before(day, actor, now)
        letter = rules.LETTERS[new.service]
        last = QueueTicket.objects.filter(day=day, letter=letter).aggregate(last=Max("number"))["last"] or 0
        row = QueueTicket.objects.create(
            id=new.ticket_id,
            day=day,
            letter=letter,
            number=last + 1,
            service=new.service,
            priority=new.priority,
            origin=new.origin,
            appointment_id=new.appointment_id,
            slot_at=new.slot_at,
            taken_at=now,
            waits_since=now,
        )
        _tell(row, "taken", actor, now, {"service": row.service, "priority": row.priority, "origin": row.origin})
        return card_of(row)


def call_next(*, move_id: UUID, day: date, counter: int, actor: Actor, now: datetime) -> TicketCard:
    """Call whose turn it is to a counter.

    Again: the same press returns the ticket it called.
    Refuses: desk.queue.empty, desk.counter.busy.
    """
    with transaction.atomic():
        if pressed := _pressed(move_id):
            return pressed
        order = rules.fair_order(waiting_of(day), ahead_in_a_row=ahead_in_a_row(day), now=now)
        if not order:
            raise QueueEmpty
        return call(ticket_id=order[0].id, move_id=move_id, counter=counter, actor=actor, now=now)


def call(*, ticket_id: UUID, move_id: UUID, counter: int, actor: Actor, now: datetime) -> TicketCard:
    """Call one number to a counter, whoever's turn it is: somebody who was parked, or whom the officer sees suffer.

    Again: the same press changes nothing.
    Refuses: desk.counter.busy, desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    with transaction.atomic():
        if pressed := _pressed(move_id):
            return pressed
        row = _locked(ticket_id)
        busy = QueueTicket.objects.filter(day=row.day, counter=counter, state__in=rules.AT_COUNTER).first()
        if busy:
            raise CounterBusy(number=card_of(busy).label, counter=counter)
        ahead = row.called_ahead if row.called_at else _goes_ahead(row, now)
        return _move(
            row, move_id, T.CALLED, actor, now, counter=counter, called_at=now, called_count=1, called_ahead=ahead
        )


def recall(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """Call the same number once more.

    Again: the same press counts once.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    with transaction.atomic():
        if pressed := _pressed(move_id):
            return pressed
        row = _locked(ticket_id)
        if not QueueTicket.objects.filter(id=row.id, state=T.CALLED).update(called_count=F("called_count") + 1):
            raise MoveForbidden(number=card_of(row).label, state=T(row.state).label)
        row.refresh_from_db()
        TicketMove.objects.create(id=move_id, ticket=row, state=T.CALLED, counter=row.counter, at=now)
        return card_of(row)


def start(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """The resident is at the counter; serving begins.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.SERVING, actor, now, started_at=now)


def park(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """Put a ticket aside: its owner fetches something and is called again without waiting anew.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.PARKED, actor, now, counter=0)


def note_no_show(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """Nobody came when the number was called.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.NO_SHOW, actor, now, counter=0, ended_at=now)


def bring_back(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """Let a ticket wait again: who was parked or called by mistake keeps the old place, who was absent begins anew.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    with transaction.atomic():
        row = _locked(ticket_id)
        since = now if row.state == T.NO_SHOW else row.waits_since
        return _press(ticket_id, move_id, T.WAITING, actor, now, counter=0, ended_at=None, waits_since=since)


def transfer(*, ticket_id: UUID, move_id: UUID, to: Service, actor: Actor, now: datetime) -> TicketCard:
    """Send a ticket on to another service; it keeps its number and its place.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.TRANSFERRED, actor, now, counter=0, service=to, work_id=None)


def cancel(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """Take a ticket out of the queue: its owner left.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.CANCELLED, actor, now, counter=0, ended_at=now)


def finish(*, ticket_id: UUID, move_id: UUID, actor: Actor, now: datetime) -> TicketCard:
    """The resident has what they came for.

    Again: the same press changes nothing.
    Refuses: desk.ticket.move_forbidden, desk.ticket.unknown.
    """
    return _press(ticket_id, move_id, T.DONE, actor, now, ended_at=now)


def bind_work(*, ticket_id: UUID, work_id: UUID) -> None:
    """Remember which recording a ticket that is being served led to."""
    QueueTicket.objects.filter(id=ticket_id, state=T.SERVING).update(work_id=work_id)


def _press(ticket_id: UUID, move_id: UUID, to: TicketState, actor: Actor, now: datetime, **facts: object) -> TicketCard:
    with transaction.atomic():
        return _pressed(move_id) or _move(_locked(ticket_id), move_id, to, actor, now, **facts)


def _pressed(move_id: UUID) -> TicketCard | None:
    move = TicketMove.objects.select_related("ticket").filter(id=move_id).first()
    return card_of(move.ticket) if move else None


def _move(row: QueueTicket, move_id: UUID, to: TicketState, actor: Actor, now: datetime, **facts: object) -> TicketCard:
    counter = row.counter
    sources = [source for source in T if rules.may_move(source, to)]
    if not QueueTicket.objects.filter(id=row.id, state__in=sources).update(state=to, **facts):
        raise MoveForbidden(number=card_of(row).label, state=T(row.state).label)
    row.refresh_from_db()
    counter = row.counter or counter
    TicketMove.objects.create(id=move_id, ticket=row, state=to, counter=counter, at=now)
    _tell(row, _EVENTS[to], actor, now, {"service": row.service, "counter": counter})
    return card_of(row)


_EVENTS = {
    T.WAITING: "returned",
    T.CALLED: "called",
    T.SERVING: "started",
    T.PARKED: "parked",
    T.NO_SHOW: "missed",
    T.TRANSFERRED: "transferred",
    T.DONE: "finished",
    T.CANCELLED: "cancelled",
}


def _tell(row: QueueTicket, what: str, actor: Actor, now: datetime, data: dict[str, Json]) -> None:
    told = {key: value for key, value in data.items() if value}
    record(name=f"desk.ticket.{what}", subject=f"ticket:{row.id}", actor=actor.label, data=told, now=now)


def _close_days_before(day: date, actor: Actor, now: datetime) -> None:
    """What was left open yesterday is over, and nothing of it leads to a person any more."""
    before = QueueTicket.objects.filter(day__lt=day)
    still_open = before.filter(state__in=rules.OPEN)
    for row in still_open.order_by("id"):
        move_id = uuid5(row.id, "day closed")
        TicketMove.objects.get_or_create(id=move_id, defaults={"ticket": row, "state": T.CANCELLED, "at": now})
    count = still_open.update(state=T.CANCELLED, counter=0, ended_at=now)
    emptied = before.filter(work_id__isnull=False).update(work_id=None)
    if count or emptied:
        record(
            name="desk.day.closed",
            subject=f"kecamatan:{actor.kecamatan}",
            actor=actor.label,
            data={"open_count": count, "emptied_count": emptied},
            now=now,
        )


def _goes_ahead(row: QueueTicket, now: datetime) -> bool:
    """Whether this call passes somebody who has waited longer; who passes nobody takes no turn from the others."""
    me = rules.Waiting(row.id, row.priority, row.waits_since, row.slot_at)
    line: Iterable[rules.Waiting] = waiting_of(row.day)
    others = [one for one in line if one.id != row.id and not rules.goes_ahead(one, now=now)]
    return rules.goes_ahead(me, now=now) and bool(others)


def _locked(ticket_id: UUID) -> QueueTicket:
    row = QueueTicket.objects.select_for_update().filter(id=ticket_id).first()
    if row is None:
        raise TicketUnknown
    return row
