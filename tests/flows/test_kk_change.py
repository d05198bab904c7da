"""A KK changes: asked from home, reviewed, signed, printed in the kecamatan, collected; the old one ends."""

import json
import time

import pytest

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.ipp.virtual_printer import VirtualPrinter
from dekat.areas.working_calendar import regency_calendar
from dekat.cases import queries as cases
from dekat.cases import services as case_commands
from dekat.cases.catalogue import ServiceCode
from dekat.cases.states import State
from dekat.documents import ports as document_ports
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.flows import account_for_sheet, approve_application, carry_out, issue_kk, submit_application
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.printing import ports, services
from dekat.printing import queries as sheets
from dekat.printing.states import Collector, PrintState
from dekat.printing.worker import PrintWorker
from dekat.registry import queries as registry
from dekat.reports import comparison, print_desk, tracking
from dekat.reports.comparison import Fate
from dekat.sync import envelope
from dekat.sync import ports as sync_ports
from dekat.sync.queries import sealed_bytes
from tests.make import cases as make_cases
from tests.make import registry as make_registry
from tests.make.accounts import HEAD, VERIFIER
from tests.make.documents import make_workshop
from tests.make.sync import enrolled_station

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "35.11.19"
STATION = f"station-{PLACE}"
CHANGED = {"element": "OCCUPATION", "new_value": "11"}
OPERATOR = Actor(HEAD.account_id, Role.OPERATOR, PLACE, "centre")


@pytest.fixture
def workshop(tmp_path, now, monkeypatch):
    made = make_workshop(tmp_path / "workshop", now)
    monkeypatch.setattr(document_ports, "_source", lambda: made)


@pytest.fixture
def printer(tmp_path, monkeypatch):
    machine = VirtualPrinter(spool=tmp_path / "tray", control=tmp_path / "control", serial="PRN-19-01").start()
    monkeypatch.setattr(ports, "_printer", lambda: IppPrinter(machine.url, timeout_s=2))
    yield machine
    machine.stop()


@pytest.fixture
def family(identity, now, workshop):
    from dekat.areas.services import load_bundled
    from dekat.registry.services import load_code_lists

    # A test with real commits begins with empty tables.
    load_bundled()
    load_code_lists()
    enrolled_station(now=now, kecamatan=PLACE)
    return make_registry.registered(now)


def asked(now, family, **changes):
    man = family.members[0]
    draft = make_cases.draft(
        now,
        resident_id=None,
        family_id=None,
        kecamatan="",
        stated_nik=man.nik,
        stated_family_card_no=family.family_card_no,
        **{"answers": CHANGED, **changes},
    )
    return submit_application.submit_from_home(draft=draft, pictures=[], node="centre", now=now)


def approved(now, family, **changes):
    card = asked(now, family, **changes)
    case_commands.take(application_id=card.id, actor=VERIFIER, now=now)
    return approve_application.approve(application_id=card.id, said={}, actor=VERIFIER, now=now)


def deliver(identity, message_id, now):
    """Open what the station sealed and hand it to the centre's handler, as the line does."""
    sealed = sealed_bytes(message_id)
    parsed = envelope.parse(sealed, max_bytes=len(sealed))
    handler = sync_ports.message_handler(parsed.header.kind)
    handler(item_id=message_id, node=STATION, body=json.loads(parsed.open(identity.open_key)), now=now)


def report(identity, card, now):
    from uuid import uuid5

    deliver(identity, uuid5(card.id, card.state), now)


def test_a_changed_kk_goes_from_home_to_the_hand_and_ends_the_old_one(identity, now, family, printer):
    old = issue_kk.issue_kk(document_id=new_id(now), family_id=family.id, actor=HEAD, now=now)
    card = approved(now, family)

    issued = carry_out.carry_out(application_id=card.id, actor=HEAD, now=now)

    document = documents.document(issued.papers[0].document_id)
    assert (document.status, document.kecamatan) == (DocumentStatus.ACTIVE, PLACE)
    assert documents.document(old.id).status == DocumentStatus.SUPERSEDED
    assert documents.document(old.id).superseded_by == document.id
    assert str(registry.resident(family.members[0].id).occupation) == "NELAYAN/PERIKANAN"
    assert [version.number for version in registry.card_versions(family.id)] == [1, 2]

    (paper,) = print_desk.print_desk(kecamatan=PLACE, now=now).ready
    assert (paper.document.id, paper.owner) == (document.id, registry.family(family.id).head_name)
    sheet = services.ask_print(print_id=new_id(now), document_id=document.id, kecamatan=PLACE, actor=OPERATOR, now=now)
    work_until(sheet.id, PrintState.OUT, now)
    printed = account_for_sheet.confirm_sheet(print_id=sheet.id, actor=OPERATOR, now=now)
    report(identity, printed, now)
    assert cases.application(card.id).state == State.PRINTED
    handed = account_for_sheet.hand_over_sheet(
        print_id=sheet.id, collector=Collector.SELF, receiver_name="Moh. Hasan Basri", actor=OPERATOR, now=now
    )
    report(identity, handed, now)
    report(identity, handed, now)

    assert cases.application(card.id).state == State.COLLECTED
    assert [path.read_bytes() for path in printer.printed()] == [documents.file_bytes(document.id)]
    (use,) = ledger.events(names=["readings.device.used"])
    assert (use.subject, use.data["use"]) == ("device:PRN-19-01", "PRINT")
    followed = tracking.track(card.code, calendar=regency_calendar(), now=now)
    assert (followed.state, followed.kecamatan) == (State.COLLECTED, PLACE)


def work_until(print_id, state, now):
    worker = PrintWorker(clock=lambda: now)
    for _ in range(300):
        worker.run_once()
        if sheets.job(print_id).state == state:
            return
        time.sleep(0.01)
    raise AssertionError(sheets.job(print_id).state)


def test_numbers_that_do_not_belong_together_get_the_same_answer(identity, now, family):
    right = asked(now, family)
    wrong = submit_application.submit_from_home(
        draft=make_cases.draft(now, resident_id=None, family_id=None, kecamatan="", stated_nik="9911191703900099"),
        pictures=[],
        node="centre",
        now=now,
    )

    seen = [tracking.track(card.code, calendar=regency_calendar(), now=now) for card in (right, wrong)]
    assert (right.resident_id is None, wrong.resident_id is None) == (False, True)
    assert seen[0].state == seen[1].state
    assert (seen[0].kecamatan, seen[0].document_serial) == (seen[1].kecamatan, seen[1].document_serial)


def test_the_reviewer_sees_the_old_value_beside_the_new(identity, now, family):
    card = asked(now, family)

    before = len(ledger.latest(limit=1000))
    rehearsal = approve_application.rehearse(card, actor=VERIFIER, now=now)
    papers = [(paper.kind, paper.subject, paper.content) for paper in rehearsal.papers]
    (kk,) = comparison.outlook(papers).cards

    (line,) = kk.members[0].lines
    assert (line.before, line.after) == ("PETANI/PEKEBUN", "NELAYAN/PERIKANAN")
    assert {member.fate for member in kk.members[1:]} == {Fate.SAME}
    assert str(registry.resident(family.members[0].id).occupation) == "PETANI/PEKEBUN"
    assert (len(registry.card_versions(family.id)), len(ledger.latest(limit=1000))) == (1, before)


def test_the_verifier_who_approved_cannot_sign(identity, now, family):
    card = approved(now, family)

    with pytest.raises(case_commands.SameHands):
        carry_out.carry_out(application_id=card.id, actor=VERIFIER, now=now)

    assert str(registry.resident(family.members[0].id).occupation) == "PETANI/PEKEBUN"


def test_a_crash_before_the_document_is_noted_is_caught_up(identity, now, family, monkeypatch):
    card = approved(now, family)
    with monkeypatch.context() as crash:
        crash.setattr(case_commands, "mark_issued", lambda **_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            carry_out.carry_out(application_id=card.id, actor=HEAD, now=now)

    caught = carry_out.catch_up(actor=HEAD, now=now)

    assert caught == 1
    assert cases.application(card.id).state == State.ISSUED
    assert carry_out.catch_up(actor=HEAD, now=now) == 0


def test_a_lost_kk_gets_a_new_one_and_nothing_else_changes(identity, now, family):
    card = approved(now, family, service=ServiceCode.KK_REPLACE, answers={})

    issued = carry_out.carry_out(application_id=card.id, actor=HEAD, now=now)

    active = documents.active_for(kind=DocumentKind.FAMILY_CARD, subject=f"family:{family.id}")
    assert active.id == issued.papers[0].document_id
    assert len(registry.card_versions(family.id)) == 1


def test_an_application_from_a_station_is_matched_by_the_centre(identity, now, family):
    man = family.members[0]
    draft = make_cases.draft(now, stated_nik=man.nik, stated_family_card_no=family.family_card_no, answers=CHANGED)
    from dekat.cases import message

    body = {**message.draft_message(draft), "by": str(OPERATOR.account_id)}
    for _ in range(2):
        submit_application.receive_application(item_id=draft.application_id, node=STATION, body=body, now=now)

    card = cases.by_code(draft.code)
    assert (card.resident_id, card.family_id, card.kecamatan) == (man.id, family.id, PLACE)
    assert [step.office for step in card.steps] == [f"KECAMATAN:{PLACE}"]
