"""Every blank has a fate, every card one place, and a short bag names who signed."""

from datetime import timedelta

import pytest

from dekat.cards import blanks as ledger_of_blanks
from dekat.cards import queries, services
from dekat.cards.models import Blank, Card
from dekat.cards.states import CardFault, CardState, JumpReason, OldCard
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from tests.make.accounts import OPERATOR, VERIFIER
from tests.make.cards import blanks, ready_card, sent_batch

pytestmark = pytest.mark.django_db


def test_every_blank_has_a_fate(identity, now):
    serials = blanks(now, 5)
    card_id = ready_card(now)

    services.note_printed(card_id=card_id, blank_serial=serials[0], actor=VERIFIER, now=now)
    services.spoil_blank(serial=serials[1], reason="macet", actor=VERIFIER, now=now)

    balance = queries.blank_balance()
    assert (balance.received, balance.in_stock, balance.printed, balance.spoiled) == (5, 3, 1, 1)
    assert balance.difference == 0


def test_a_blank_is_used_once(identity, now):
    serials = blanks(now, 1)
    services.note_printed(card_id=ready_card(now), blank_serial=serials[0], actor=VERIFIER, now=now)

    with pytest.raises(services.BlankNotInStock):
        services.note_printed(card_id=ready_card(now), blank_serial=serials[0], actor=VERIFIER, now=now)


def test_first_timers_and_the_longest_waiting_are_printed_first(identity, now):
    changed = queued_again(now, is_change=True)
    replaced = queued_again(now, is_change=False)
    fresh = ready_card(now, waiting_days=1)
    patient = ready_card(now, waiting_days=30)

    order = [card.id for card in queries.cards_in(CardState.READY)]

    assert order == [patient, fresh, replaced, changed]
    assert queries.queue_position(replaced) == 3


def queued_again(now, *, is_change):
    card_id = new_id(now)
    services.queue_again(
        card_id=card_id, recording_id=new_id(now), resident_id=new_id(now), tracking_code="CONTOH",
        kecamatan="35.11.16", is_change=is_change, actor=VERIFIER, now=now,
    )  # fmt: skip
    return card_id


def test_a_later_card_is_handed_over_only_when_the_old_one_was_asked_for(identity, now):
    batch_id, (first,) = sent_batch(now, 1)
    Card.objects.filter(id=first).update(is_first_time=False)
    services.count_batch(batch_id=batch_id, present=[first], is_seal_whole=True, actor=OPERATOR, now=now)

    with pytest.raises(services.OldCardNotSaid):
        services.hand_over(card_id=first, identity_check="KK", actor=OPERATOR, now=now)
    services.hand_over(card_id=first, identity_check="KK", old_card=OldCard.WITHDRAWN, actor=OPERATOR, now=now)

    assert queries.card(first).old_card == OldCard.WITHDRAWN


def test_a_bag_of_forty_with_thirty_nine_cards_names_both_signatories(identity, now):
    batch_id, cards = sent_batch(now, 40)

    missing = services.count_batch(batch_id=batch_id, present=cards[:-1], is_seal_whole=True, actor=OPERATOR, now=now)

    told = ledger.events(names=["cards.batch.counted"])[0].data
    assert missing == [cards[-1]]
    assert (told["missing"], told["sent_by"], told["counted_by"]) == (1, VERIFIER.label, OPERATOR.label)
    assert len(queries.batch(batch_id).missing) == 1


def test_a_card_found_later_is_counted_then(identity, now):
    batch_id, cards = sent_batch(now, 2)
    services.count_batch(batch_id=batch_id, present=cards[:1], is_seal_whole=True, actor=OPERATOR, now=now)

    missing = services.count_batch(batch_id=batch_id, present=cards[1:], is_seal_whole=True, actor=OPERATOR, now=now)

    assert missing == []
    assert queries.card(cards[1]).state == CardState.ARRIVED


def test_a_card_is_handed_over_once_and_only_after_an_identity_check(identity, now):
    batch_id, cards = sent_batch(now, 1)
    services.count_batch(batch_id=batch_id, present=cards, is_seal_whole=True, actor=OPERATOR, now=now)

    with pytest.raises(services.IdentityNotChecked):
        services.hand_over(card_id=cards[0], identity_check=" ", actor=OPERATOR, now=now)
    for _ in range(2):
        services.hand_over(card_id=cards[0], identity_check="KK asli", actor=OPERATOR, now=now)

    assert len(ledger.events(names=["cards.card.handed_over"])) == 1


def test_a_card_that_never_arrived_is_not_handed_over(identity, now):
    _, cards = sent_batch(now, 1)

    with pytest.raises(services.CardMayNotMove):
        services.hand_over(card_id=cards[0], identity_check="KK asli", actor=OPERATOR, now=now)


def test_every_fate_adds_up_to_what_was_received(identity, now):
    serials = blanks(now, 10)
    services.note_printed(card_id=ready_card(now), blank_serial=serials[0], actor=VERIFIER, now=now)
    for serial, command in zip(
        serials[1:4], (ledger_of_blanks.spoil_blank, ledger_of_blanks.return_blank, ledger_of_blanks.lose_blank),
        strict=True,
    ):  # fmt: skip
        command(serial=serial, reason="contoh", actor=VERIFIER, now=now)

    balance = queries.blank_balance()

    assert (balance.in_stock, balance.printed, balance.spoiled, balance.returned, balance.lost) == (6, 1, 1, 1, 1)
    assert (balance.received, balance.difference) == (10, 0)


def test_a_faulty_card_is_printed_again_on_another_blank_and_the_ledger_balances(identity, now):
    first, second = blanks(now, 2)
    card = ready_card(now)
    services.note_printed(card_id=card, blank_serial=first, actor=VERIFIER, now=now)

    services.print_again(card_id=card, fault=CardFault.CHIP, actor=VERIFIER, now=now)
    with pytest.raises(services.BlankNotInStock):
        services.note_printed(card_id=card, blank_serial=first, actor=VERIFIER, now=now)
    services.note_printed(card_id=card, blank_serial=second, actor=VERIFIER, now=now)

    balance = queries.blank_balance()
    assert (balance.printed, balance.spoiled, balance.difference) == (1, 1, 0)
    assert queries.card(card).blank == second
    assert ledger_of_blanks.fated_blanks(limit=5)[0].fate_reason == CardFault.CHIP.label
    assert [event.data["fault"] for event in ledger.events(names=["cards.card.written_off"])] == ["CHIP"]


def test_a_card_that_left_the_office_is_not_printed_again_there(identity, now):
    _, (card,) = sent_batch(now, 1)

    with pytest.raises(services.CardMayNotMove):
        services.print_again(card_id=card, fault=CardFault.FACE, actor=VERIFIER, now=now)


def test_a_blank_that_vanishes_from_the_table_is_missed(identity, now):
    blanks(now, 3)

    Blank.objects.filter(serial="BLK000001").delete()

    assert queries.blank_balance().difference == 1


def test_a_lost_blank_may_be_found_and_a_returned_one_never(identity, now):
    lost, returned = blanks(now, 2)
    about = {"reason": "contoh", "actor": VERIFIER, "now": now}
    ledger_of_blanks.lose_blank(serial=lost, **about)
    ledger_of_blanks.find_blank(serial=lost, **about)
    ledger_of_blanks.return_blank(serial=returned, **about)

    assert queries.next_blanks(5) == [lost]
    with pytest.raises(services.BlankNotInStock):
        ledger_of_blanks.find_blank(serial=returned, **about)


def test_nobody_is_printed_before_others_without_a_reason(identity, now):
    serial = blanks(now, 2)[0]
    ready_card(now, waiting_days=9)
    late = ready_card(now)

    with pytest.raises(services.QueueJumped):
        services.note_printed(card_id=late, blank_serial=serial, actor=VERIFIER, now=now)
    services.note_printed(
        card_id=late, blank_serial=serial, actor=VERIFIER, now=now, jumped_for=JumpReason.HEALTH
    )  # fmt: skip

    [told] = ledger.events(names=["cards.card.printed"])
    assert (told.data["jumped_for"], told.data["passed"]) == ("HEALTH", 1)


def test_the_stock_lasts_as_long_as_measured_and_the_queue_gets_an_honest_day(identity, now):
    serials = blanks(now, 700)
    for day in range(30):
        for serial in serials[day * 10 : day * 10 + 10]:
            at = now - timedelta(days=day, hours=1)
            ledger_of_blanks.spoil_blank(serial=serial, reason="contoh", actor=VERIFIER, now=at)
    waiting = [ready_card(now, waiting_days=500 - place) for place in range(420)]

    found = ledger_of_blanks.blank_forecast(now=now)

    assert (found.in_stock, found.days_left) == (400, 40)
    assert queries.expected_print_day(waiting[19], now=now) == now.date() + timedelta(days=2)
    assert queries.expected_print_day(waiting[410], now=now) is None


def test_without_a_week_of_printing_nobody_says_how_long_the_stock_lasts(identity, now):
    services.note_printed(card_id=ready_card(now), blank_serial=blanks(now, 9)[0], actor=VERIFIER, now=now)

    assert ledger_of_blanks.blank_forecast(now=now).days_left is None


def test_a_box_is_a_range_of_numbers():
    assert ledger_of_blanks.serials_between("BL0098", "BL0101") == ["BL0098", "BL0099", "BL0100", "BL0101"]
    for first, last in (("BL01", "BL0101"), ("BL0101", "BL0098"), ("A1", "B2"), ("", ""), ("X", "X")):
        with pytest.raises(ledger_of_blanks.RangeUnreadable):
            ledger_of_blanks.serials_between(first, last)
