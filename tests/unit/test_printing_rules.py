"""What the outbox decides when nobody knows what happened."""

import pytest

from dekat.printing.ports import JobPhase, JobReport, PrinterReport
from dekat.printing.rules import NextStep, after_document_left, after_end, condition_of
from dekat.printing.states import Condition, Doubt


def job(phase, *, sheets=None, is_incoming=False, number=7):
    return JobReport(number, "x", phase, is_incoming, sheets)


DONE, GONE = JobPhase.COMPLETED, JobPhase.CANCELED


@pytest.mark.parametrize("phase", [JobPhase.PENDING, JobPhase.PROCESSING, JobPhase.STOPPED, JobPhase.COMPLETED])
def test_a_job_that_the_printer_has_is_followed(phase):
    assert after_document_left([job(phase)], was_restarted=False).step is NextStep.FOLLOW


def test_a_job_whose_document_never_came_gets_its_document():
    found = [job(JobPhase.HELD, is_incoming=True)]

    assert after_document_left(found, was_restarted=False).step is NextStep.SEND_DOCUMENT


def test_a_printer_that_knows_nothing_of_a_document_that_left_makes_a_question():
    assert after_document_left([], was_restarted=True).doubt is Doubt.RESTARTED


@pytest.mark.parametrize(
    ("found", "step", "doubt"),
    [
        ([job(DONE, sheets=2)], NextStep.OUT, None),
        ([job(DONE)], NextStep.OUT, None),
        ([job(DONE, sheets=1)], NextStep.ASK, Doubt.FEWER),
        ([job(DONE, sheets=3)], NextStep.ASK, Doubt.MORE),
        ([job(DONE, sheets=2), job(DONE, sheets=2, number=8)], NextStep.ASK, Doubt.MORE),
        ([job(DONE, sheets=2), job(GONE, sheets=0, number=8)], NextStep.OUT, None),
        ([job(DONE, sheets=2), job(JobPhase.PENDING, number=8)], NextStep.WITHDRAW_OTHERS, None),
        ([job(JobPhase.PENDING, number=8)], NextStep.FOLLOW, None),
        ([job(GONE, sheets=1)], NextStep.ASK, Doubt.CANCELLED),
        ([job(JobPhase.ABORTED, sheets=0)], NextStep.ASK, Doubt.ABORTED),
        ([], NextStep.ASK, Doubt.FORGOTTEN),
    ],
)
def test_only_one_pass_with_the_right_count_is_believed(found, step, doubt):
    decided = after_end(found, pages=2, was_restarted=False)

    assert (decided.step, decided.doubt) == (step, doubt)


@pytest.mark.parametrize(
    ("reasons", "is_stopped", "expected"),
    [
        (("media-empty-error",), True, Condition.PAPER_OUT),
        (("media-jam-error", "media-empty-error"), True, Condition.PAPER_JAM),
        (("paused",), True, Condition.STOPPED),
        (("toner-low-warning",), False, Condition.READY),
    ],
)
def test_the_printer_is_described_by_what_to_fix_first(reasons, is_stopped, expected):
    assert condition_of(PrinterReport("u", "s", "n", is_stopped, False, reasons, 9)) is expected
