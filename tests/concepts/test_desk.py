"""The queue of a day: numbers, calls, moves, and what is left when the day is over."""

from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest

from dekat.areas.working_calendar import regency_calendar
from dekat.desk import numbers, queries, rules, services
from dekat.desk.models import QueueTicket
from dekat.desk.states import Origin, Priority, Service, TicketState
from dekat.ledger import queries as ledger
from tests.make.desk import CLERK, TODAY, called, ticket

pytestmark = pytest.mark.usefixtures("identity")
T = TicketState


def press(move, card, now, **more):
    return move(ticket_id=card.id, move_id=uuid4(), actor=CLERK, now=now, **more)


def labels(now):
    return [one.ticket.label for one in queries.line(TODAY, now=now)]


def served(now, minutes=6):
    """Somebody comes, is called, served and done."""
    ticket(now)
    card = called(now)
    press(services.start, card, now)
    return press(services.finish, card, now + timedelta(minutes=minutes))


def test_numbers_count_up_by_service_and_begin_anew_each_day(now):
    today = [ticket(now).label, ticket(now).label, ticket(now, Service.KK).label]
    new = services.NewTicket(uuid4(), Service.RECORD, Priority.NONE, Origin.KIOSK)
    tomorrow = services.take_ticket(new=new, day=TODAY + timedelta(days=1), actor=CLERK, now=now + timedelta(days=1))

    assert today == ["A-001", "A-002", "B-001"]
    assert tomorrow.label == "A-001"


def test_the_same_press_gives_the_same_number(now):
    new = services.NewTicket(uuid4(), Service.RECORD, Priority.NONE, Origin.KIOSK)

    first, again = (services.take_ticket(new=new, day=TODAY, actor=CLERK, now=now) for _ in range(2))

    assert first == again
    assert len(ledger.events(names=["desk.ticket.taken"])) == 1


def test_the_same_press_calls_one_person(now):
    ticket(now)
    ticket(now + timedelta(seconds=1))
    move_id = uuid4()

    first, again = (services.call_next(move_id=move_id, day=TODAY, counter=1, actor=CLERK, now=now) for _ in range(2))

    assert first == again
    assert labels(now) == ["A-002"]


def test_two_of_priority_go_first_then_one_of_the_others(now):
    for minute, priority in enumerate(["", "", "ELDERLY", "DISABLED", "PREGNANT"]):
        ticket(now + timedelta(minutes=minute), priority=Priority(priority))

    assert labels(now) == ["A-003", "A-004", "A-001", "A-005", "A-002"]
    order = [called(now + timedelta(minutes=10 + counter), counter).label for counter in range(1, 6)]
    assert order == ["A-003", "A-004", "A-001", "A-005", "A-002"]


def test_a_counter_holds_one_number_at_a_time(now):
    ticket(now)
    ticket(now + timedelta(seconds=1))
    called(now)

    with pytest.raises(services.CounterBusy) as refused:
        called(now)
    assert called(now, counter=2).label == "A-002"
    assert refused.value.facts == {"number": "A-001", "counter": 1}


def test_nobody_waits_is_said(now):
    with pytest.raises(services.QueueEmpty):
        called(now)


def test_a_number_is_called_again_and_then_missed_and_comes_back_behind_the_others(now):
    first, later = ticket(now), now + timedelta(minutes=5)
    ticket(now + timedelta(minutes=1))
    called(now + timedelta(minutes=2))

    again = press(services.recall, first, later)
    missed = press(services.note_no_show, first, later)
    back = press(services.bring_back, first, later)

    assert (again.called_count, missed.state, back.state) == (2, T.NO_SHOW, T.WAITING)
    assert labels(later) == ["A-002", "A-001"]


def test_who_was_parked_keeps_the_place(now):
    first = ticket(now)
    ticket(now + timedelta(minutes=1))
    called(now + timedelta(minutes=2))
    press(services.park, first, now + timedelta(minutes=3))

    press(services.bring_back, first, now + timedelta(minutes=9))

    assert labels(now) == ["A-001", "A-002"]


def test_a_transferred_ticket_keeps_its_number_and_waits_for_the_other_service(now):
    first = ticket(now)
    called(now)
    press(services.start, first, now)

    moved = press(services.transfer, first, now, to=Service.KK)

    assert (moved.label, moved.service, moved.counter) == ("A-001", Service.KK, 0)
    assert called(now).id == first.id


@pytest.mark.parametrize(("source", "to"), [pair for pair in product(T, T) if pair[1] not in rules.MOVES[pair[0]]])
def test_a_move_that_the_table_does_not_know_is_refused(now, source, to):
    if source == to == T.CALLED:
        return  # calling again is `recall`
    card = ticket(now)
    QueueTicket.objects.filter(id=card.id).update(state=source, ended_at=now)

    with pytest.raises(services.MoveForbidden):
        services._press(card.id, uuid4(), to, CLERK, now)


def test_the_day_is_closed_by_the_first_number_of_the_next(now):
    card = ticket(now)
    called(now)
    press(services.start, card, now)
    services.bind_work(ticket_id=card.id, work_id=uuid4())

    new = services.NewTicket(uuid4(), Service.KK, Priority.NONE, Origin.KIOSK)
    services.take_ticket(new=new, day=TODAY + timedelta(days=1), actor=CLERK, now=now + timedelta(days=1))

    assert (queries.ticket(card.id).state, queries.ticket(card.id).work_id) == (T.CANCELLED, None)
    assert ledger.events(names=["desk.day.closed"])[0].data == {"open_count": 1, "emptied_count": 1}


def test_the_wait_is_told_only_when_it_was_measured(now):
    for number in range(2):
        served(now + timedelta(minutes=10 * number))
    ticket(now)
    ticket(now)
    before = [one.wait for one in queries.line(TODAY, now=now)]

    called(now + timedelta(minutes=30), counter=2)
    press(services.start, queries.at_counter(TODAY, 2), now + timedelta(minutes=30))
    press(services.finish, queries.at_counter(TODAY, 2), now + timedelta(minutes=36))

    assert before == [None, None]
    ticket(now + timedelta(minutes=37))
    assert [one.wait for one in queries.line(TODAY, now=now + timedelta(minutes=37))] == [
        timedelta(0), timedelta(minutes=3),
    ]  # fmt: skip


def test_the_board_shows_the_latest_call_and_those_before(now):
    for minute in range(7):
        ticket(now + timedelta(minutes=minute))
    for minute in range(3):
        called(now + timedelta(minutes=20 + minute), counter=minute + 1)

    board = queries.board(TODAY, now=now + timedelta(minutes=30))

    assert (board.called.label, [one.label for one in board.earlier]) == ("A-003", ["A-002", "A-001"])
    assert (board.waiting_count, board.wait) == (4, None)


def test_a_day_in_numbers_counts_what_the_tickets_say(now):
    served(now, minutes=4)
    served(now + timedelta(hours=1), minutes=8)
    ticket(now)
    ticket(now, priority=Priority.ELDERLY)
    press(services.note_no_show, called(now + timedelta(hours=2)), now + timedelta(hours=2))

    found = numbers.numbers_of(TODAY, zone=regency_calendar().zone)

    assert (found.taken_count, found.served_count, found.waiting_count, found.missed_count) == (4, 2, 1, 1)
    assert found.mean_service == timedelta(minutes=6)
    assert [(one.hour, one.served_count) for one in found.by_hour] == [(9, 1), (10, 1)]
    assert [one.day for one in numbers.week_to(TODAY, zone=regency_calendar().zone)] == [TODAY]


def test_the_log_names_nobody_and_holds_no_number_of_a_person(now):
    served(now)

    for event in ledger.events(name_prefix="desk."):
        assert set(event.data) <= {"service", "priority", "origin", "counter"}
        assert event.subject.startswith("ticket:")
