"""An appointment: promised on the portal, kept at the station, each step told to the other side exactly once."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.queries import own_identity
from dekat.areas.working_calendar import regency_calendar
from dekat.desk import appointments, services
from dekat.desk.appointments import AppointmentCard, Wish
from dekat.desk.queries import TicketCard
from dekat.desk.rules import is_missed
from dekat.desk.services import NewTicket
from dekat.desk.states import AppointmentState, Origin
from dekat.flows.station_scope import check_station_serves
from dekat.kernel.canonical import Json
from dekat.sync import services as sync


def book_from_home(*, wish: Wish, capacity: int, node: str, now: datetime) -> AppointmentCard:
    """Promise a half hour and tell the station of the kecamatan.

    Again: the same id returns the first appointment and tells nothing twice.
    Refuses: desk.appointment.slot_taken.
    """
    with transaction.atomic():
        card = appointments.book(
            wish=wish, calendar=regency_calendar(), capacity=capacity, actor=machine(node), now=now
        )
        _publish(card, now)
        return card


def cancel_from_home(*, code: str, node: str, now: datetime) -> AppointmentCard:
    """Give the half hour back and tell the station.

    Again: changes nothing.
    Refuses: desk.appointment.unknown, desk.appointment.over.
    """
    with transaction.atomic():
        card = appointments.cancel(code=code, actor=machine(node), now=now)
        _publish(card, now)
        return card


def move_from_home(*, code: str, wish: Wish, capacity: int, node: str, now: datetime) -> AppointmentCard:
    """Book elsewhere and give the first half hour back, both or neither; the new code replaces the old one.

    Again: the same wish returns the appointment it made.
    Refuses: desk.appointment.unknown, desk.appointment.over, desk.appointment.slot_taken.
    """
    with transaction.atomic():
        card = book_from_home(wish=wish, capacity=capacity, node=node, now=now)
        cancel_from_home(code=code, node=node, now=now)
        return card


def receive_appointment(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """The station hears of an appointment and says that it did (feed handler)."""
    own = own_identity().node
    with transaction.atomic():
        card = appointments.keep(body=body, kecamatan=own.kecamatan, actor=machine(own.name), now=now)
        if card.state == AppointmentState.RECEIVED:
            _say(card, now)


def check_in(*, code: str, ticket_id: UUID, day: date, actor: Actor, now: datetime) -> TicketCard:
    """Its owner is here: give a number that keeps the time of the appointment, or a plain one when it is past.

    Facts: an appointment of another day, missed or cancelled, gets a number like everybody else's: nobody is sent away.
    Again: the same appointment returns its first ticket.
    Refuses: desk.appointment.unknown.
    """
    with transaction.atomic():
        card = appointments.by_code(code)
        is_of_today = card.slot_at.astimezone(regency_calendar().zone).date() == day
        keeps = is_of_today and not is_missed(slot_at=card.slot_at, now=now)
        is_promised = card.state in (AppointmentState.RECEIVED, AppointmentState.ARRIVED)
        new = NewTicket(
            ticket_id=ticket_id,
            service=card.service,
            priority=card.priority,
            origin=Origin.APPOINTMENT,
            appointment_id=card.id,
            slot_at=card.slot_at if keeps and is_promised else None,
        )
        ticket = services.take_ticket(new=new, day=day, actor=actor, now=now)
        if card.state != AppointmentState.ARRIVED:
            _say(appointments.note_arrival(appointment_id=card.id, actor=actor, now=now), now)
        return ticket


def note_missed(*, node: str, now: datetime) -> int:
    """Free the places of those who did not come and tell the centre; give how many."""
    with transaction.atomic():
        missed = appointments.note_missed(actor=machine(node), now=now)
        for card in missed:
            _say(card, now)
        return len(missed)


def hear_of_appointment(*, item_id: UUID, node: str, body: Mapping[str, Json], now: datetime) -> None:
    """The centre hears what became of an appointment (message handler).

    Refuses: flows.station.elsewhere, desk.appointment.unknown.
    """
    known = appointments.by_id(UUID(str(body["id"])))
    if known is None:
        raise appointments.AppointmentUnknown
    check_station_serves(node, known.kecamatan)
    appointments.hear(body=body, actor=machine(node), now=now)


def _publish(card: AppointmentCard, now: datetime) -> None:
    body = appointments.message(card)
    sync.publish(scope=card.kecamatan, kind=appointments.FEED_KIND, key=str(card.id), body=body, now=now)


def _say(card: AppointmentCard, now: datetime) -> None:
    # One message for each state of each appointment, however often its cause comes.
    message_id = uuid5(card.id, f"appointment {card.state}")
    sync.send_message(message_id=message_id, kind=appointments.NEWS_KIND, body=appointments.news(card), now=now)
