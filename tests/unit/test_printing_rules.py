"""What the outbox decides when nobody knows what happened."""

from datetime import timedelta

import pytest

from dekat.printing.ports import JobPhase, JobReport, PrinterReport
from dekat.printing.rules import NextStep, after_interruption, condition_of
from dekat.printing.states import Condition

NONE = timedelta(0)


def decide(*found, is_same_printer=True, drift=NONE, silence=NONE):
    return after_interruption(found=found, is_same_printer=is_same_printer, drift=drift, silence=silence)[0]


def job(phase, *, is_incoming=False):
    return JobReport(7, "x", phase, is_incoming, 0)


def test_a_printer_that_surely_never_got_the_job_gets_it_again():
    assert decide() is NextStep.SEND_AGAIN


@pytest.mark.parametrize("phase", [JobPhase.PENDING, JobPhase.PROCESSING, JobPhase.STOPPED, JobPhase.COMPLETED])
def test_a_job_that_the_printer_has_is_adopted(phase):
    assert decide(job(phase)) is NextStep.ADOPT


def test_a_job_whose_document_never_came_gets_its_document():
    assert decide(job(JobPhase.HELD, is_incoming=True)) is NextStep.SEND_DOCUMENT


@pytest.mark.parametrize(
    "doubt",
    [
        {"is_same_printer": False},
        {"drift": timedelta(minutes=1)},
        {"silence": timedelta(minutes=10)},
        {"silence": timedelta(minutes=-10)},
    ],
)
def test_every_doubt_becomes_a_question(doubt):
    assert decide(**doubt) is NextStep.ASK


def test_an_aborted_job_becomes_a_question():
    assert decide(job(JobPhase.ABORTED)) is NextStep.ASK


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
