"""Every sheet has one fate, and only a person says that it is good."""

import time
from datetime import timedelta

import pytest

from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.ipp.virtual_printer import VirtualPrinter
from dekat.documents import ports as document_ports
from dekat.kernel.ids import new_id
from dekat.printing import ports, queries, services
from dekat.printing.states import Collector, Condition, PrintState, SpoilReason
from dekat.printing.worker import PrintWorker
from tests.make import printing
from tests.make.accounts import OPERATOR

pytestmark = pytest.mark.django_db
PLACE = "35.11.15"


@pytest.fixture
def printer(tmp_path, monkeypatch):
    monkeypatch.setattr(document_ports, "_source", document_ports._source)
    printing.keep_documents_in(tmp_path / "archive")
    machine = VirtualPrinter(spool=tmp_path / "tray", control=tmp_path / "control", serial="PRN-15-01").start()
    monkeypatch.setattr(ports, "_printer", lambda: IppPrinter(machine.url, timeout_s=2))
    yield machine
    machine.stop()


@pytest.fixture
def work(now):
    worker = PrintWorker(clock=lambda: now)

    def until(print_id, state, turns=200):
        for _ in range(turns):
            worker.run_once()
            if queries.job(print_id).state == state:
                return queries.job(print_id)
            time.sleep(0.01)
        raise AssertionError(f"{queries.job(print_id).state} instead of {state}")

    until.once = worker.run_once
    return until


def ask(now, document_id=None):
    document_id = document_id or printing.held_document(now)
    return services.ask_print(print_id=new_id(now), document_id=document_id, kecamatan=PLACE, actor=OPERATOR, now=now)


def test_a_sheet_goes_from_the_wish_to_the_hand(identity, now, printer, work):
    sheet = ask(now)

    out = work(sheet.id, PrintState.OUT)
    services.confirm_printed(print_id=sheet.id, actor=OPERATOR, now=now)
    done = services.hand_over(
        print_id=sheet.id, collector=Collector.SELF, receiver_name=" Siti  Contoh ", actor=OPERATOR, now=now
    )

    assert [path.read_bytes() for path in printer.printed()] == [printing.PDF]
    assert printer.printed()[0].name.startswith(str(sheet.id))
    assert out.printer_serial == "PRN-15-01"
    assert (done.state, done.receiver_name) == (PrintState.COLLECTED, "Siti Contoh")


def test_a_document_has_one_living_sheet(identity, now, printer):
    sheet = ask(now)

    with pytest.raises(services.AlreadyAsked):
        ask(now, sheet.document_id)
    again = services.ask_print(
        print_id=sheet.id, document_id=sheet.document_id, kecamatan=PLACE, actor=OPERATOR, now=now
    )

    assert again == sheet
    assert queries.waiting_documents(PLACE) == []


def test_a_spoiled_sheet_is_written_off_and_printed_again(identity, now, printer, work):
    first = ask(now)
    work(first.id, PrintState.OUT)

    services.spoil(print_id=first.id, reason=SpoilReason.SMEARED, actor=OPERATOR, now=now)
    second = ask(now + timedelta(minutes=1), first.document_id)
    work(second.id, PrintState.OUT)

    assert [sheet.state for sheet in queries.sheets_of(first.document_id)] == [PrintState.SPOILED, PrintState.OUT]
    assert len(printer.printed()) == 2


def test_out_of_paper_waits_and_says_so(identity, now, printer, work):
    printer.set("paper-out", on=True)
    sheet = ask(now)

    work.once()

    assert queries.printer_seen().condition == Condition.PAPER_OUT
    assert queries.job(sheet.id).state == PrintState.QUEUED
    printer.set("paper-out", on=False)
    work(sheet.id, PrintState.OUT)
    assert len(printer.printed()) == 1


def test_a_printer_that_is_off_is_reported_and_loses_nothing(identity, now, printer, work):
    printer.set("power-off", on=True)
    sheet = ask(now)

    work.once()

    assert queries.printer_seen().condition == Condition.UNREACHABLE
    printer.set("power-off", on=False)
    work(sheet.id, PrintState.OUT)


def test_a_printer_that_forgot_a_job_makes_a_question_not_a_second_sheet(identity, now, printer, work):
    printer.set("paper-out", on=False)
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.restart()

    asked = work(sheet.id, PrintState.ASK)
    found = services.answer_doubt(print_id=asked.id, is_in_tray=True, actor=OPERATOR, now=now)

    assert found.state == PrintState.OUT


def test_nothing_in_the_tray_frees_the_document_for_another_sheet(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.restart()
    work(sheet.id, PrintState.ASK)

    services.answer_doubt(print_id=sheet.id, is_in_tray=False, actor=OPERATOR, now=now)

    assert [card.id for card in queries.waiting_documents(PLACE)] == [sheet.document_id]


def test_an_outdated_sheet_is_not_handed_over(identity, now, printer, work):
    document = printing.held_document(now, subject="family:x")
    sheet = ask(now, document)
    work(sheet.id, PrintState.OUT)
    services.confirm_printed(print_id=sheet.id, actor=OPERATOR, now=now)

    printing.held_document(now, subject="family:x", version=2)

    with pytest.raises(services.SheetOutdated):
        services.hand_over(print_id=sheet.id, collector=Collector.SELF, receiver_name="Siti", actor=OPERATOR, now=now)


def test_nobody_collects_what_nobody_confirmed(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.OUT)

    with pytest.raises(services.MoveForbidden):
        services.hand_over(print_id=sheet.id, collector=Collector.SELF, receiver_name="Siti", actor=OPERATOR, now=now)


def test_a_sheet_without_a_signature_stays(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.OUT)
    services.confirm_printed(print_id=sheet.id, actor=OPERATOR, now=now)

    with pytest.raises(services.ReceiverMissing):
        services.hand_over(print_id=sheet.id, collector=Collector.SELF, receiver_name=" ", actor=OPERATOR, now=now)


def test_a_station_without_a_printer_says_so(identity, now, monkeypatch):
    monkeypatch.setattr(ports, "_printer", ports._no_printer)

    PrintWorker(clock=lambda: now).run_once()

    assert queries.printer_seen().condition == Condition.MISSING
