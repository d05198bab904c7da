"""The simulated national centre over real HTTP: signed receipts, outages, duplicates, numbers."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest

from dekat.adapters.national.client import HttpGateway
from dekat.adapters.national.simulator import SimulatedCentre, serve
from dekat.flows.gather_numbers import gather_numbers
from dekat.kernel.ids import new_id
from dekat.kernel.signing import SigningKey
from dekat.ledger.queries import events as ledger_events
from dekat.national import numbers, queries, services
from dekat.national.ports import NationalCentreAway, NationalReceiptInvalid
from dekat.national.statuses import NumberKind, Status
from tests.make.accounts import VERIFIER


@pytest.fixture
def centre(tmp_path):
    made = SimulatedCentre(tmp_path, pace_s=0)
    server = serve(made, 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield made
    server.shutdown()
    server.server_close()


def test_a_repeat_gets_the_first_receipt_and_is_held_once(centre, now):
    gateway, recording = HttpGateway(centre.url, centre.key.verify_key), new_id(now)

    first = gateway.submit(recording_id=recording, nik="9911150101900001", content=b"x")
    again = gateway.submit(recording_id=recording, nik="9911150101900001", content=b"x")

    assert (again, centre.count()) == (first, 1)
    assert gateway.statuses(recording)[-1].status == Status.PRINT_READY_RECORD


def test_two_recordings_of_one_nik_are_a_duplicate(centre, now):
    gateway, second = HttpGateway(centre.url, centre.key.verify_key), new_id(now)
    gateway.submit(recording_id=new_id(now), nik="9911150101900001", content=b"x")

    gateway.submit(recording_id=second, nik="9911150101900001", content=b"y")

    assert gateway.statuses(second)[-1].status == Status.DUPLICATE_RECORD


def test_an_outage_is_said_as_one(centre, now):
    centre.is_out = True

    with pytest.raises(NationalCentreAway):
        HttpGateway(centre.url, centre.key.verify_key).ping_ms()


def test_a_receipt_by_somebody_else_is_refused(centre, now):
    gateway = HttpGateway(centre.url, SigningKey.generate().verify_key)

    with pytest.raises(NationalReceiptInvalid):
        gateway.submit(recording_id=new_id(now), nik="9911150101900001", content=b"x")


@pytest.fixture
def road(centre):
    return HttpGateway(centre.url, centre.key.verify_key)


def asks_nik(now, purpose: str = "nik", application: UUID | None = None, **facts) -> UUID:
    """A newborn girl of Sempol needs a NIK."""
    reference = numbers.reference_of(application or new_id(now), purpose)
    told = {"kecamatan": "35.11.19", "full_name": "Siti Contoh", "sex": "FEMALE", "born_on": "2026-11-07", **facts}
    services.ask_number(kind=NumberKind.NIK, reference=reference, facts=told, actor=VERIFIER, now=now)
    return reference


def gathers(road, now) -> int:
    """Ask and listen once, as the worker does."""
    return gather_numbers(gateway=road, actor=VERIFIER, now=lambda: now)


@pytest.mark.django_db
@pytest.mark.scenario(6)
def test_twins_get_two_niks_that_the_national_centre_alone_gave(identity, centre, road, now):
    application = new_id(now)
    twins = [asks_nik(now, f"nik:{number}", application) for number in (1, 2)]
    assert [queries.number(one).number for one in twins] == [None, None]

    gathers(road, now)
    gathers(road, now)

    given = [queries.number(one).number for one in twins]
    assert [nik[:12] for nik in given] == ["991119471126"] * 2
    assert len(set(given)) == 2
    assert queries.awaited_numbers() == []
    said = str([(event.subject, event.data) for event in ledger_events()])
    assert all(nik not in said for nik in given)


@pytest.mark.django_db
def test_a_question_waits_through_an_outage_and_the_turn_is_the_national_centres(identity, centre, road, now):
    reference = asks_nik(now)
    centre.is_out = True
    with pytest.raises(NationalCentreAway):
        gathers(road, now + timedelta(hours=1))
    waiting = queries.number(reference)

    centre.is_out = False
    gathers(road, now + timedelta(hours=3))
    gathers(road, now + timedelta(hours=3))

    assert (waiting.number, waiting.waits_since, waiting.waits_for, waiting.sent_at) == (None, now, "PUSAT", None)
    assert queries.number(reference).waits_for == ""
    assert centre.asked_count() == 1


@pytest.mark.django_db
def test_a_worker_that_dies_after_asking_does_not_ask_again(identity, centre, road, now):
    reference = asks_nik(now)
    asked = []

    class Dying(HttpGateway):
        def ask_number(self, **question):
            asked.append(question)
            super().ask_number(**question)
            raise KeyboardInterrupt

    dying = Dying(road.url, road.key)
    with pytest.raises(KeyboardInterrupt):
        gathers(dying, now)
    gathers(dying, now)

    assert (len(asked), centre.asked_count()) == (1, 1)
    assert queries.number(reference).number


@pytest.mark.django_db
def test_a_question_asked_again_is_the_same_question(identity, road, now):
    application = new_id(now)
    first = asks_nik(now, application=application)
    gathers(road, now)
    gathers(road, now)

    again = asks_nik(now + timedelta(days=1), application=application)

    assert again == first
    assert queries.number(again).asked_at == now
    assert len(ledger_events(names=["national.number.asked"])) == 1


@pytest.mark.django_db
def test_what_the_national_centre_cannot_answer_holds_nobody_up(identity, centre, road, now):
    never = asks_nik(now, kecamatan="Sempol")
    family = new_id(now)
    facts = {"kecamatan": "35.11.19", "recorded_on": "2026-11-23"}
    services.ask_number(kind=NumberKind.FAMILY_CARD, reference=family, facts=facts, actor=VERIFIER, now=now)

    gathers(road, now)
    gathers(road, now)

    assert queries.number(family).number == "9911192311265001"
    assert (queries.number(never).number, queries.number(never).sent_at) == (None, None)


@pytest.mark.django_db
def test_a_number_that_the_national_centre_did_not_sign_is_not_taken(identity, centre, road, now):
    reference = asks_nik(now)
    gathers(road, now)

    gathers(HttpGateway(road.url, SigningKey.generate().verify_key), now)

    assert queries.number(reference).number is None


@pytest.mark.django_db
def test_a_question_without_what_the_centre_needs_is_refused(identity, now):
    with pytest.raises(numbers.FactsIncomplete):
        asks_nik(now, born_on="")
