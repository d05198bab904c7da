"""A ticket leads to work: what was begun and finished for the resident at the counter moves their ticket on."""

from datetime import date, datetime
from uuid import UUID, uuid5

from dekat.accounts.actor import Actor
from dekat.desk import queries, services
from dekat.desk.states import Service, TicketState


def recording_started(*, recording_id: UUID, day: date, counter: int, actor: Actor, now: datetime) -> None:
    """A recording was begun: it belongs to the ticket that this counter serves, if it serves one for that."""
    ticket = queries.at_counter(day, counter)
    if ticket is None or ticket.service != Service.RECORD:
        return
    if ticket.state == TicketState.CALLED:
        # Of this call: who was called a second time, or came with a new number, is served a second time.
        move_id = uuid5(ticket.id, f"started {ticket.called_at} {recording_id}")
        services.start(ticket_id=ticket.id, move_id=move_id, actor=actor, now=now)
    services.bind_work(ticket_id=ticket.id, work_id=recording_id)


def recording_sealed(*, recording_id: UUID, actor: Actor, now: datetime) -> None:
    """A recording was sealed: the ticket that led to it is done.

    Again: changes nothing.
    """
    ticket = queries.ticket_of_work(recording_id)
    if ticket is not None:
        services.finish(ticket_id=ticket.id, move_id=uuid5(recording_id, "sealed"), actor=actor, now=now)


def application_taken(*, application_id: UUID, day: date, counter: int, actor: Actor, now: datetime) -> None:
    """An application was sent: the KK ticket that this counter serves is done.

    Again: changes nothing.
    """
    ticket = queries.at_counter(day, counter)
    if ticket is not None and ticket.service == Service.KK and ticket.state == TicketState.SERVING:
        services.finish(ticket_id=ticket.id, move_id=uuid5(application_id, "taken"), actor=actor, now=now)
