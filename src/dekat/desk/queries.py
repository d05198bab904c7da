"""Questions about the queue of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from dekat.desk import rules
from dekat.desk.models import QueueTicket
from dekat.desk.states import Origin, Priority, Service, TicketState
from dekat.kernel.errors import DekatError

# A counter that called nobody for so long is not at work.
_COUNTER_AT_WORK = timedelta(hours=1)
_LAST_CALLED = 5


class TicketUnknown(DekatError):
    """No ticket has this id."""

    code = "desk.ticket.unknown"


@dataclass(frozen=True)
class TicketCard:
    """One ticket as shown; it names nobody."""

    id: UUID
    label: str
    service: Service
    priority: Priority
    origin: Origin
    state: TicketState
    counter: int
    called_count: int
    slot_at: datetime | None
    work_id: UUID | None
    taken_at: datetime
    called_at: datetime | None
    started_at: datetime | None


@dataclass(frozen=True)
class InLine:
    """One who waits, with the place and how long it will take; None when too few were served today to say."""

    ticket: TicketCard
    place: int
    wait: timedelta | None


@dataclass(frozen=True)
class Board:
    """What the display says."""

    called: TicketCard | None
    earlier: Sequence[TicketCard]
    waiting_count: int
    wait: timedelta | None


def ticket(ticket_id: UUID) -> TicketCard:
    """One ticket.

    Refuses: desk.ticket.unknown.
    """
    row = QueueTicket.objects.filter(id=ticket_id).first()
    if row is None:
        raise TicketUnknown
    return card_of(row)


def line(day: date, *, now: datetime) -> list[InLine]:
    """Those who wait, in the order in which they will be called."""
    rows = {row.id: row for row in _in_line(day)}
    order = rules.fair_order(map(_waiting, rows.values()), ahead_in_a_row=ahead_in_a_row(day), now=now)
    services, counters = services_took(day), counters_at_work(day, now=now)
    return [
        InLine(card_of(rows[one.id]), place, _wait(place - 1, services, counters))
        for place, one in enumerate(order, start=1)
    ]


def tickets_in(day: date, *states: TicketState) -> list[TicketCard]:
    """Today's tickets in some states, the first taken first."""
    return [card_of(row) for row in QueueTicket.objects.filter(day=day, state__in=states)]


def at_counter(day: date, counter: int) -> TicketCard | None:
    """Whom a counter has called or serves."""
    row = QueueTicket.objects.filter(day=day, counter=counter, state__in=rules.AT_COUNTER).first()
    return card_of(row) if row else None


def ticket_of_work(work_id: UUID) -> TicketCard | None:
    """The ticket being served that led to a recording."""
    row = QueueTicket.objects.filter(work_id=work_id, state=TicketState.SERVING).first()
    return card_of(row) if row else None


def board(day: date, *, now: datetime) -> Board:
    """What the display shows: who is called now, who was before, how many wait and how long the last of them will."""
    called = QueueTicket.objects.filter(day=day, called_at__isnull=False).order_by("-called_at", "-id")
    recent = [card_of(row) for row in called[: _LAST_CALLED + 1]]
    current = next((one for one in recent if one.state in rules.AT_COUNTER), None)
    earlier = [one for one in recent if one is not current][:_LAST_CALLED]
    waiting_count = _in_line(day).count()
    wait = _wait(waiting_count, services_took(day), counters_at_work(day, now=now))
    return Board(current, earlier, waiting_count, wait)


def waiting_of(day: date) -> list[rules.Waiting]:
    """Those who wait, as the rule of the order reads them."""
    return [_waiting(row) for row in _in_line(day)]


def ahead_in_a_row(day: date) -> int:
    """How many were called last who went ahead of others."""
    called = QueueTicket.objects.filter(day=day, called_at__isnull=False).order_by("-called_at", "-id")
    return rules.run_of(list(called.values_list("called_ahead", flat=True)[: rules.MOST_AHEAD_IN_A_ROW]))


def services_took(day: date) -> list[timedelta]:
    """How long each finished service took, from its start to its end."""
    rows = QueueTicket.objects.filter(day=day, state=TicketState.DONE, started_at__isnull=False)
    return [ended - began for began, ended in rows.values_list("started_at", "ended_at") if began and ended]


def counters_at_work(day: date, *, now: datetime) -> int:
    """How many counters called somebody within the last hour."""
    rows = QueueTicket.objects.filter(day=day, counter__gt=0, called_at__gte=now - _COUNTER_AT_WORK)
    return rows.values("counter").distinct().order_by("counter").count()


def card_of(row: QueueTicket) -> TicketCard:
    """A row as a value."""
    return TicketCard(
        id=row.id,
        label=f"{row.letter}-{row.number:03}",
        service=Service(row.service),
        priority=Priority(row.priority),
        origin=Origin(row.origin),
        state=TicketState(row.state),
        counter=row.counter,
        called_count=row.called_count,
        slot_at=row.slot_at,
        work_id=row.work_id,
        taken_at=row.taken_at,
        called_at=row.called_at,
        started_at=row.started_at,
    )


def _in_line(day: date) -> QuerySet[QueueTicket]:
    return QueueTicket.objects.filter(day=day, state__in=rules.IN_LINE)


def _waiting(row: QueueTicket) -> rules.Waiting:
    return rules.Waiting(row.id, row.priority, row.waits_since, row.slot_at)


def _wait(ahead_count: int, services: Sequence[timedelta], counters: int) -> timedelta | None:
    return rules.estimated_wait(ahead_count=ahead_count, services=services, counter_count=counters)
