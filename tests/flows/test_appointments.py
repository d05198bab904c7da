"""An appointment from the portal reaches the station once, is kept or missed there, and the centre hears of it once."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from dekat.desk import appointments, queries, services
from dekat.desk.models import Appointment
from dekat.desk.states import AppointmentState, Service, TicketState
from dekat.flows import keep_appointment, serve_ticket
from dekat.flows.station_scope import StationElsewhere
from dekat.sync.models import FeedEntry
from tests.make.desk import CLERK, HERE, SLOT, TODAY, booked, called, ticket, wish
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
A = AppointmentState


@pytest.fixture
def said(monkeypatch):
    """What the station told the centre: message ids with their bodies, each id once."""
    sent = {}

    def keep(*, message_id, kind, body, now):
        assert kind == appointments.NEWS_KIND
        sent.setdefault(message_id, body)

    monkeypatch.setattr(keep_appointment.sync, "send_message", keep)
    return sent


@pytest.fixture
def promised(identity, now):
    """An appointment told to its kecamatan, with the feed's words."""
    card = keep_appointment.book_from_home(wish=wish(), capacity=4, node="centre", now=now)
    return card, json.loads(bytes(FeedEntry.objects.get(kind="appointment/1", scope=HERE).body))


def at_the_station(body, now):
    """The same database plays the station: forget what the centre knew, then take what the feed brings."""
    Appointment.objects.all().delete()
    for _ in range(2):
        keep_appointment.receive_appointment(item_id=uuid4(), node="centre", body=body, now=now)


def states(said):
    return [body["state"] for body in said.values()]


def test_what_travels_names_nobody(promised):
    assert set(promised[1]) == {"id", "code", "service", "priority", "slot_at", "booked_at", "is_cancelled"}


def test_booking_twice_with_one_id_books_once(identity, now):
    wanted = wish()

    first, again = (keep_appointment.book_from_home(wish=wanted, capacity=4, node="centre", now=now) for _ in range(2))

    assert first == again
    assert (Appointment.objects.count(), FeedEntry.objects.filter(kind="appointment/1").count()) == (1, 1)


def test_a_full_half_hour_is_refused_and_a_place_given_back_is_free_again(identity, now):
    booked(now, code="AAAA", capacity=2)
    second = booked(now, code="BBBB", capacity=2)
    with pytest.raises(appointments.SlotTaken):
        booked(now, code="CCCC", capacity=2)

    appointments.cancel(code=second.code, actor=CLERK, now=now)

    assert booked(now, code="DDDD", capacity=2).state == A.BOOKED


@pytest.mark.parametrize("hours", [-3, 0.5, 11])
def test_a_time_that_is_past_too_near_or_outside_office_hours_is_refused(identity, now, hours):
    with pytest.raises(appointments.SlotTaken):
        booked(now, now + timedelta(hours=hours))


def test_the_station_keeps_it_once_and_says_so_once(promised, said, now):
    at_the_station(promised[1], now)

    assert appointments.by_code(promised[0].code).state == A.RECEIVED
    assert states(said) == ["RECEIVED"]


def test_who_comes_in_time_gets_a_number_that_keeps_the_hour(promised, said, now):
    at_the_station(promised[1], now)
    ticket(SLOT - timedelta(minutes=60))

    given = [
        keep_appointment.check_in(
            code=promised[0].code, ticket_id=uuid4(), day=TODAY, actor=CLERK, now=SLOT - timedelta(minutes=10)
        )
        for _ in range(2)
    ]

    assert given[0].id == given[1].id
    early = [one.ticket.label for one in queries.line(TODAY, now=SLOT - timedelta(minutes=5))]
    in_time = [one.ticket.label for one in queries.line(TODAY, now=SLOT)]
    assert (early, in_time) == (["A-001", "A-002"], ["A-002", "A-001"])
    assert states(said) == ["RECEIVED", "ARRIVED"]


def test_who_does_not_come_frees_the_place_and_may_still_come(promised, said, now):
    at_the_station(promised[1], now)
    assert keep_appointment.note_missed(node="station", now=SLOT + timedelta(minutes=29)) == 0

    missed = [keep_appointment.note_missed(node="station", now=SLOT + timedelta(minutes=30)) for _ in range(2)]
    late = keep_appointment.check_in(
        code=promised[0].code, ticket_id=uuid4(), day=TODAY, actor=CLERK, now=SLOT + timedelta(minutes=50)
    )

    assert missed == [1, 0]
    assert (late.slot_at, late.state) == (None, TicketState.WAITING)
    assert states(said) == ["RECEIVED", "MISSED", "ARRIVED"]


def test_cancelling_reaches_the_station_but_never_undoes_an_arrival(promised, said, now):
    card, body = promised
    at_the_station(body, now)

    keep_appointment.receive_appointment(item_id=uuid4(), node="centre", body={**body, "is_cancelled": True}, now=now)
    cancelled = appointments.by_code(card.code).state
    keep_appointment.check_in(code=card.code, ticket_id=uuid4(), day=TODAY, actor=CLERK, now=SLOT)
    keep_appointment.receive_appointment(item_id=uuid4(), node="centre", body={**body, "is_cancelled": True}, now=now)

    assert (cancelled, appointments.by_code(card.code).state) == (A.CANCELLED, A.ARRIVED)


def test_the_centre_believes_only_the_station_of_that_kecamatan(promised, now):
    card = promised[0]
    home, stranger = enrolled_station(now=now, kecamatan=HERE), enrolled_station(now=now, kecamatan="35.11.02")
    body = {"id": str(card.id), "state": "ARRIVED", "at": "2026-11-23T04:00:00Z"}

    with pytest.raises(StationElsewhere):
        keep_appointment.hear_of_appointment(item_id=uuid4(), node=stranger.name, body=body, now=now)
    for state in ("ARRIVED", "RECEIVED"):  # in the wrong order
        said = {**body, "state": state}
        keep_appointment.hear_of_appointment(item_id=uuid4(), node=home.name, body=said, now=now)

    assert appointments.by_code(card.code).state == A.ARRIVED


def test_a_recording_that_was_sealed_finishes_the_ticket_it_began_from(identity, now):
    ticket(now)
    card, recording_id = called(now), uuid4()

    serve_ticket.recording_started(recording_id=recording_id, day=TODAY, counter=1, actor=CLERK, now=now)
    began = queries.ticket(card.id)
    for _ in range(2):
        serve_ticket.recording_sealed(recording_id=recording_id, actor=CLERK, now=now + timedelta(minutes=6))

    assert (began.state, began.work_id) == (TicketState.SERVING, recording_id)
    assert queries.ticket(card.id).state == TicketState.DONE


def test_who_is_called_twice_for_the_same_recording_is_done_with_its_seal(identity, now):
    ticket(now)
    card, recording_id = called(now), uuid4()
    serve_ticket.recording_started(recording_id=recording_id, day=TODAY, counter=1, actor=CLERK, now=now)
    services.park(ticket_id=card.id, move_id=uuid4(), actor=CLERK, now=now)
    later = now + timedelta(minutes=5)
    services.call(ticket_id=card.id, move_id=uuid4(), counter=1, actor=CLERK, now=later)

    serve_ticket.recording_started(recording_id=recording_id, day=TODAY, counter=1, actor=CLERK, now=later)
    serve_ticket.recording_sealed(recording_id=recording_id, actor=CLERK, now=later)

    assert queries.ticket(card.id).state == TicketState.DONE


def test_a_recording_without_a_ticket_touches_none(identity, now):
    waiting = ticket(now)

    serve_ticket.recording_started(recording_id=uuid4(), day=TODAY, counter=1, actor=CLERK, now=now)
    serve_ticket.recording_sealed(recording_id=uuid4(), actor=CLERK, now=now)

    assert queries.ticket(waiting.id).state == TicketState.WAITING


def test_an_application_finishes_a_kk_ticket_only(identity, now):
    ticket(now, Service.KK)
    card = called(now)
    serve_ticket.application_taken(application_id=uuid4(), day=TODAY, counter=1, actor=CLERK, now=now)
    before = queries.ticket(card.id).state

    services.start(ticket_id=card.id, move_id=uuid4(), actor=CLERK, now=now)
    serve_ticket.application_taken(application_id=uuid4(), day=TODAY, counter=1, actor=CLERK, now=now)

    assert (before, queries.ticket(card.id).state) == (TicketState.CALLED, TicketState.DONE)
