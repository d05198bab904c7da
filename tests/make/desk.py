"""Tickets and appointments of nobody, made by the same commands that the pages use."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import services
from dekat.desk.appointments import AppointmentCard, Wish, book
from dekat.desk.queries import TicketCard
from dekat.desk.services import NewTicket
from dekat.desk.states import Origin, Priority, Service

TODAY = date(2026, 11, 23)
HERE = "35.11.12"
CLERK = Actor(UUID(int=1), Role.OPERATOR, HERE, "centre")
SLOT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 11.00 WIB, two hours after the tests' now


def ticket(now: datetime, service: Service = Service.RECORD, priority: Priority = Priority.NONE) -> TicketCard:
    """Somebody takes a number."""
    new = NewTicket(uuid4(), service, priority, Origin.OPERATOR)
    return services.take_ticket(new=new, day=TODAY, actor=CLERK, now=now)


def called(now: datetime, counter: int = 1) -> TicketCard:
    """Whose turn it is, called."""
    return services.call_next(move_id=uuid4(), day=TODAY, counter=counter, actor=CLERK, now=now)


def wish(slot_at: datetime = SLOT, *, code: str = "7K3QX91BZJ", priority: Priority = Priority.NONE) -> Wish:
    """Somebody wants to come."""
    return Wish(uuid4(), code, HERE, Service.RECORD, priority, slot_at)


def booked(now: datetime, slot_at: datetime = SLOT, *, code: str = "7K3QX91BZJ", capacity: int = 4) -> AppointmentCard:
    """An appointment at the centre."""
    wanted = wish(slot_at, code=code)
    return book(wish=wanted, calendar=regency_calendar(), capacity=capacity, actor=CLERK, now=now)
