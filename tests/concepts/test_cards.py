"""Every blank has a fate, every card one place, and a short bag names who signed."""

import pytest

from dekat.cards import queries, services
from dekat.cards.states import CardState
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
    replaced = ready_card(now, is_first_time=False, waiting_days=40)
    fresh = ready_card(now, waiting_days=1)
    patient = ready_card(now, waiting_days=30)

    order = [card.id for card in queries.cards_in(CardState.READY)]

    assert order == [patient, fresh, replaced]
    assert queries.queue_position(replaced) == 3


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
