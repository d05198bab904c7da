"""Two at once: real threads with connections of their own do the same thing in the same instant."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction

from dekat.accounts.actor import Actor, machine
from dekat.accounts.roles import Role
from dekat.areas.services import load_bundled
from dekat.cards import queries as cards
from dekat.cards import services as card_commands
from dekat.cards.states import CardState, JumpReason
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.states import State
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.ledger import services as ledger_commands
from dekat.registry import services as register
from dekat.registry.services import load_code_lists
from dekat.registry.states import CertificateKind
from dekat.sync import ports, services
from tests.make import cards as make_cards
from tests.make import cases as make_cases
from tests.make import goods
from tests.make import registry as make_registry
from tests.make.accounts import VERIFIER
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_VERIFIER = Actor(uuid4(), Role.VERIFIER, "", "centre")


def at_once(*acts):
    """Do them all in the same instant; give what each answered or was refused with."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def work(place, act):
        gate.wait(10)
        try:
            answers[place] = act()
        except DekatError as refusal:
            answers[place] = refusal.code
        except Exception as bug:
            answers[place] = bug
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=found) for found in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    return answers


def said(name):
    return len(ledger.events(names=[name]))


@pytest.fixture(autouse=True)
def chain_is_whole(identity):
    yield
    assert ledger.faults() == []


@pytest.mark.row(18)
def test_the_same_packet_twice_at_once_is_done_once_and_gets_one_receipt(now, tmp_path, monkeypatch):
    done = []
    monkeypatch.setitem(ports._packets, "test/1", lambda **said: done.append(said["item_id"]))
    sealed = enrolled_station(now=now).seal(b"isi", now=now)
    files = [tmp_path / str(number) for number in range(4)]
    for file in files:
        file.write_bytes(sealed)

    receipts = at_once(*(lambda file=file: services.take_packet(file=file, now=now) for file in files))

    assert len(set(receipts)) == 1
    assert said("sync.packet.received") == 1


def test_a_device_offered_to_two_receivers_at_once_is_offered_to_one(now):
    goods.buy(["R-1"], now)
    receivers = ("35.11.12", "35.11.15", "35.11.19")

    answers = at_once(*(lambda to=to: goods.offer(["R-1"], now, to=to, bast=f"B-{to}") and None for to in receivers))

    assert sorted(map(str, answers)) == ["None", *["equipment.handover.already_offered"] * 2]
    assert said("equipment.handover.offered") == 1


def test_two_verifiers_who_approve_at_once_decide_once(now):
    card = make_cases.submitted(now)
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)

    at_once(
        *(
            lambda who=who: case_commands.approve(application_id=card.id, actor=who, now=now)
            for who in (VERIFIER, OTHER_VERIFIER, VERIFIER)
        )
    )

    assert cases.application(card.id).state == State.APPROVED
    assert said("cases.application.approved") == 1


def test_an_application_is_approved_or_sent_back_never_both(now):
    card = make_cases.submitted(now)
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)

    at_once(
        lambda: case_commands.approve(application_id=card.id, actor=VERIFIER, now=now),
        lambda: case_commands.send_back(
            application_id=card.id, reason="UNREADABLE", note="Foto ulang", actor=OTHER_VERIFIER, now=now
        ),
    )

    assert said("cases.application.approved") + said("cases.application.sent_back") == 1


def test_an_application_sent_twice_at_once_is_one(now):
    draft = make_cases.draft(now)

    found = at_once(
        *[lambda: case_commands.submit(draft=draft, node="centre", actor=machine("centre"), now=now).code] * 3
    )

    assert set(found) == {draft.code}
    assert said("cases.application.submitted") == 1


def test_a_card_printed_twice_at_once_takes_one_blank(now):
    serials = make_cards.blanks(now, 2)
    card_id = make_cards.ready_card(now)

    at_once(
        *(
            lambda blank=blank: card_commands.note_printed(card_id=card_id, blank_serial=blank, actor=VERIFIER, now=now)
            for blank in serials
        )
    )

    assert cards.card(card_id).state == CardState.PRINTED
    assert (cards.blank_balance().printed, cards.blank_balance().in_stock) == (1, 1)
    assert said("cards.card.printed") == 1


def test_one_blank_becomes_one_card(now):
    (serial,) = make_cards.blanks(now, 1)
    ids = [make_cards.ready_card(now) for _ in range(2)]

    answers = at_once(
        *(
            lambda one=one: card_commands.note_printed(
                card_id=one, blank_serial=serial, actor=VERIFIER, now=now, jumped_for=JumpReason.ORDER
            )
            for one in ids
        )
    )

    assert sorted(str(answer) for answer in answers) == ["None", "cards.blank.not_in_stock"]
    assert len(cards.cards_in(CardState.PRINTED)) == 1


def test_a_card_is_handed_over_once(now):
    batch_id, (card_id,) = make_cards.sent_batch(now, 1)
    card_commands.count_batch(batch_id=batch_id, present=[card_id], is_seal_whole=True, actor=VERIFIER, now=now)

    at_once(*[lambda: card_commands.hand_over(card_id=card_id, identity_check="KK", actor=VERIFIER, now=now)] * 3)

    assert said("cards.card.handed_over") == 1


def test_the_same_event_said_by_two_at_once_stands_once(now):
    event_id = new_id(now)

    def say():
        with transaction.atomic():
            return ledger_commands.record(
                name="test.said", subject="x", actor="node:centre", data={}, now=now, event_id=event_id
            ).seq

    assert len(set(at_once(say, say, say))) == 1
    assert said("test.said") == 1


def test_akta_at_once_are_numbered_without_gaps_and_an_application_gets_one_number(identity, now):
    # A test with real commits begins with empty tables.
    load_bundled()
    load_code_lists()
    people = [one.id for number in range(4) for one in family(now, number).members[:1]]
    application = new_id(now)

    def number(resident_id, application_id):
        return register.register_certificate(
            application_id=application_id, kind=CertificateKind.DEATH, resident_id=resident_id, region="9911",
            reported_on=now.date(), registered_on=now.date(), actor=machine("centre"), now=now,
        ).number  # fmt: skip

    others = [lambda one=one: number(one, new_id(now)) for one in people[1:]]
    same = [lambda: number(people[0], application)] * 3
    given = at_once(*others, *same)

    assert len(set(given[len(others) :])) == 1
    assert sorted({one[-4:] for one in given}) == ["0001", "0002", "0003", "0004"]
    assert said("registry.certificate.registered") == 4


def family(now, number):
    man = make_registry.person(now, nik=f"991119170390{number + 1:04d}")
    return make_registry.registered(now, man, card_no=f"991119010115{number + 1:04d}")
