"""Every sheet has one fate, and only a person says that it is good."""

import time
from datetime import timedelta
from io import BytesIO

import pytest
from pikepdf import Pdf

from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.ipp.virtual_mechanism import Mishap
from dekat.adapters.ipp.virtual_printer import VirtualPrinter
from dekat.documents import ports as document_ports
from dekat.kernel.ids import new_id
from dekat.printing import ports, queries, services
from dekat.printing.states import Collector, Condition, CopyReason, Doubt, PrintState, SpoilReason, Waiting
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


def wait_for(is_true, turns=300):
    for _ in range(turns):
        if is_true():
            return
        time.sleep(0.01)
    raise AssertionError("it never happened")


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
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.restart()

    asked = work(sheet.id, PrintState.ASK)
    found = services.count_sheets(print_id=asked.id, sheets=1, actor=OPERATOR, now=now)

    assert found.state == PrintState.OUT


def test_nothing_in_the_tray_frees_the_document_for_another_sheet(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.restart()
    work(sheet.id, PrintState.ASK)

    services.count_sheets(print_id=sheet.id, sheets=0, actor=OPERATOR, now=now)

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


def two_pages():
    content = BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.add_blank_page()
        pdf.save(content)
    return content.getvalue()


def test_power_lost_between_two_sheets_writes_the_first_off_and_frees_the_paper(identity, now, printer, work):
    document = printing.held_document(now, content=two_pages(), page_count=2)
    sheet = ask(now, document)
    work(sheet.id, PrintState.AT_PRINTER)
    wait_for(lambda: printer.tray.total() == 1)
    printer.restart()

    work(sheet.id, PrintState.ASK)
    written_off = services.count_sheets(print_id=sheet.id, sheets=1, actor=OPERATOR, now=now)

    assert (written_off.state, written_off.spoil_reason) == (PrintState.SPOILED, SpoilReason.INCOMPLETE)
    assert queries.sheet_balance(PLACE, since=now).spoiled == {SpoilReason.INCOMPLETE: 1}
    assert [card.id for card in queries.waiting_documents(PLACE)] == [document]


def test_a_printer_that_says_done_with_a_sheet_too_few_is_not_believed(identity, now, printer, work):
    printer.mishaps.append(Mishap.MISSING_AND_TOLD)
    sheet = ask(now)

    asked = work(sheet.id, PrintState.ASK)

    assert asked.doubt == Doubt.FEWER


def test_a_number_that_belongs_to_another_job_now_tells_nothing(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.restart()
    other = printer.new_job("laporan kantor")
    printer.take(other, printing.PDF)

    assert work(sheet.id, PrintState.ASK).doubt == Doubt.FORGOTTEN


def test_what_comes_out_after_the_count_is_noticed_and_written_off(identity, now, printer, work):
    printer.keeps_jobs = True
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)
    printer.set("power-off", on=True)
    services.leave_alone(print_id=sheet.id, actor=OPERATOR, now=now)
    services.count_sheets(print_id=sheet.id, sheets=0, actor=OPERATOR, now=now)

    printer.set("power-off", on=False)
    wait_for(lambda: work.once() is False and queries.late_sheets(PLACE))
    services.account_late(print_id=sheet.id, sheets=1, actor=OPERATOR, now=now)

    assert queries.late_sheets(PLACE) == []
    assert queries.sheet_balance(PLACE, since=now).spoiled == {SpoilReason.DOUBLE: 1}
    with pytest.raises(services.NothingLate):
        services.account_late(print_id=sheet.id, sheets=1, actor=OPERATOR, now=now)


def test_a_held_job_says_so(identity, now, printer, work):
    printer.set("hold", on=True)
    sheet = ask(now)
    work(sheet.id, PrintState.AT_PRINTER)

    work.once()

    assert queries.job(sheet.id).waiting == Waiting.HELD


def test_a_further_copy_needs_a_reason_and_is_counted(identity, now, printer, work):
    sheet = ask(now)
    work(sheet.id, PrintState.OUT)
    services.confirm_printed(print_id=sheet.id, actor=OPERATOR, now=now)
    services.hand_over(print_id=sheet.id, collector=Collector.SELF, receiver_name="Siti", actor=OPERATOR, now=now)
    again = {"document_id": sheet.document_id, "kecamatan": PLACE, "actor": OPERATOR, "now": now}

    with pytest.raises(services.CopyWithoutReason):
        services.ask_print(print_id=new_id(now), **again)
    services.ask_print(print_id=new_id(now), copy_reason=CopyReason.LOST, **again)

    assert queries.sheet_balance(PLACE, since=now).copies == 1
    assert queries.waiting_documents(PLACE) == []
    with pytest.raises(services.AlreadyAsked):
        services.ask_print(print_id=new_id(now), copy_reason=CopyReason.LOST, **again)
