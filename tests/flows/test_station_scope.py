"""A station whose software was changed can sign what it likes; it is believed about its own kecamatan only."""

from uuid import uuid4

import pytest

from dekat.cases import message
from dekat.cases import queries as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.states import State
from dekat.duties import queries as duties
from dekat.duties.evidence import may_say
from dekat.duties.obligations import obligations
from dekat.duties.sample import events_by_node
from dekat.flows import deliver_cards, receive_print_report, submit_application
from dekat.flows.station_scope import StationElsewhere
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code
from dekat.kernel.signing import SigningKey
from dekat.ledger import rules, services
from dekat.ledger.services import Draft
from tests.make import cases as make_cases
from tests.make.accounts import OPERATOR
from tests.make.cards import sent_batch
from tests.make.printing import held_document, keep_documents_in
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db
ELSEWHERE, HOME = "35.11.02", "35.11.15"


@pytest.fixture
def stranger(identity, now):
    """The station of another kecamatan."""
    return enrolled_station(now=now, kecamatan=ELSEWHERE)


def test_an_application_for_another_kecamatan_is_put_aside(stranger, now):
    body = {**message.draft_message(make_cases.draft(now)), "by": str(OPERATOR.account_id)}

    with pytest.raises(StationElsewhere):
        submit_application.receive_application(item_id=uuid4(), node=stranger.name, body=body, now=now)


ARRIVING = {
    "letter_no": "1", "letter_on": "2026-11-20", "from_regency": "Jember", "family": "JOIN",
    "host_card_no": "9911190101150001", "members": ["9911191703900001"],
}  # fmt: skip
OTHER_ID = str(uuid4())


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        ({"phone": "0" * 10_000}, {}),
        ({"id": OTHER_ID}, {}),  # with the code of another application
        ({}, {"members": ["9911191703900001"] * 10_000}),
        ({}, {"people": [{"full_name": "Contoh Orang", "nik": "9911191703900002", "relation": "kepala"}]}),
        ({}, {"letter_no": {"a": ["b"]}}),
    ],
)
def test_a_strange_application_of_a_station_is_put_aside_and_holds_nobody_up(stranger, now, facts, answers):
    draft = make_cases.draft(now, service=ServiceCode.MOVE_IN, kecamatan=ELSEWHERE, answers=ARRIVING)
    good = {**message.draft_message(draft), "by": str(OPERATOR.account_id)}
    submit_application.receive_application(item_id=uuid4(), node=stranger.name, body=good, now=now)
    other = {"id": OTHER_ID, "code": good["code"] if facts.get("id") else new_code()}
    strange = {**good, **other, **facts, "answers": {**ARRIVING, **answers}}

    with pytest.raises((DekatError, ValueError)):
        submit_application.receive_application(item_id=uuid4(), node=stranger.name, body=strange, now=now)

    assert cases.count(states=State) == 1


def test_a_card_of_another_kecamatan_is_not_handed_over(stranger, now):
    batch_id, (card_id,) = sent_batch(now, 1, kecamatan=HOME)
    who = {"account_id": str(OPERATOR.account_id), "role": "OPERATOR", "kecamatan": HOME}
    counted = {"what": "counted", "batch_id": str(batch_id), "present": [str(card_id)], "is_seal_whole": True, **who}
    handed = {"what": "handed_over", "card_id": str(card_id), "identity_check": "KK", **who}

    for body in (counted, handed):
        with pytest.raises(StationElsewhere):
            deliver_cards.hear_of_card(item_id=uuid4(), node=stranger.name, body=body, now=now)


def test_a_sheet_of_another_kecamatan_is_not_reported(stranger, now, tmp_path):
    keep_documents_in(tmp_path)
    document_id = held_document(now, kecamatan=HOME)
    body = {"document": str(document_id), "kecamatan": HOME, "fate": "COLLECTED", "by": str(OPERATOR.account_id)}

    with pytest.raises(StationElsewhere):
        receive_print_report.receive_print_report(item_id=uuid4(), node=stranger.name, body=body, now=now)


@pytest.mark.parametrize(
    ("name", "subject", "data"),
    [
        ("duties.obligation.set", "device:SN-1", {"by": "SEKDA", "party": "PUSAT"}),
        ("duties.obligation.met", "device:SN-1", {"by": "DISPENDUKCAPIL"}),
        ("duties.obligation.set", "device:SN-1", {"party": "PUSAT"}),
        ("equipment.fault.reported", "device:SN-1", {"by": f"KECAMATAN:{HOME}"}),
        ("readings.link.probed", f"kecamatan:{HOME}", {"path": "LOCAL"}),
        ("equipment.contract.signed", "contract:1", {}),
    ],
)
def test_what_a_station_may_not_say_moves_no_turn(stranger, now, name, subject, data):
    key = SigningKey.generate()
    draft = Draft(uuid4(), name, subject, "node:x", now, {"obligation": "O-1", "due_at": iso(now), **data})
    event = draft.as_event(node=stranger.name, seq=1, prev_hash=rules.FIRST_PREV_HASH, recorded_at=now)
    hashed, signature = rules.sign_event(event.content(), event.prev_hash, key)
    event = rules.SignedEvent(**{**event.__dict__, "hash": hashed, "signature": signature})

    services.accept(node=stranger.name, key=key.verify_key, events=[event])

    assert list(duties.evidence()) == []
    assert obligations() == []


def test_all_that_the_sample_stations_say_is_theirs_to_say(now):
    for node, drafts in events_by_node(now).items():
        for draft in drafts:
            event = draft.as_event(node=node, seq=1, prev_hash=rules.FIRST_PREV_HASH, recorded_at=now)
            assert may_say(event), (node, draft.name)
