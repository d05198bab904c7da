"""A morning's queue at one station of the sample, so that its display and its numbers are not empty."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.utils.timezone import localdate

from dekat.accounts.actor import Actor
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import services
from dekat.desk.appointments import Wish, free_slots
from dekat.desk.services import NewTicket
from dekat.desk.slots import days_offered
from dekat.desk.states import Origin, Priority, Service
from dekat.flows import keep_appointment
from dekat.kernel.ids import new_code

STATION = "wringin"
_PLACE = UUID("019acb7e-0000-7000-8000-00000000a001")
_SERVED = (
    (Service.RECORD, Priority.NONE, 6),
    (Service.RECORD, Priority.ELDERLY, 8),
    (Service.KK, Priority.NONE, 4),
    (Service.RECORD, Priority.NONE, 5),
)
_WAITING = (
    (Service.RECORD, Priority.NONE),
    (Service.RECORD, Priority.PREGNANT),
    (Service.KK, Priority.NONE),
    (Service.COLLECT, Priority.NONE),
)


def fill(*, actor: Actor, now: datetime) -> None:
    """Four were served, four wait."""
    day, at = localdate(now), now - timedelta(minutes=50)
    if localdate(at) != day:  # a sample that is made just after midnight begins with an empty queue
        return
    for number, (service, priority, minutes) in enumerate(_SERVED):
        ticket = services.take_ticket(new=_new(number, service, priority), day=day, actor=actor, now=at)
        called = at + timedelta(minutes=3)
        one, at = ticket.id, called + timedelta(minutes=minutes)
        services.call(ticket_id=one, move_id=uuid5(one, "call"), counter=1, actor=actor, now=called)
        services.start(ticket_id=one, move_id=uuid5(one, "start"), actor=actor, now=called)
        services.finish(ticket_id=one, move_id=uuid5(one, "finish"), actor=actor, now=at)
    for number, (service, priority) in enumerate(_WAITING, start=len(_SERVED)):
        at += timedelta(minutes=2)
        services.take_ticket(new=_new(number, service, priority), day=day, actor=actor, now=at)


def promise(*, kecamatan: str, node: str, now: datetime) -> None:
    """Somebody has an appointment on the next day that still has a free half hour."""
    calendar = regency_calendar()
    for day in days_offered(calendar, now=now)[:1]:
        slot = free_slots(kecamatan, day, calendar=calendar, capacity=4, now=now)[0]
        wish = Wish(_PLACE, new_code(), kecamatan, Service.RECORD, Priority.NONE, slot.starts_at)
        keep_appointment.book_from_home(wish=wish, capacity=4, node=node, now=now)


def _new(number: int, service: Service, priority: Priority) -> NewTicket:
    return NewTicket(uuid5(_PLACE, str(number)), service, priority, Origin.OPERATOR)
