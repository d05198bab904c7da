"""Sheets that were in doubt once: what the printer still has of them is taken back, what it brings out is noticed."""

import logging
from collections.abc import Iterable
from datetime import datetime

from dekat.kernel.errors import DekatError
from dekat.printing import rules
from dekat.printing.models import PrintJob
from dekat.printing.ports import JobReport, Printer, PrinterReport
from dekat.printing.states import PrintState

logger = logging.getLogger(__name__)


def look_after(printer: Printer, report: PrinterReport, *, now: datetime) -> None:
    """Take back every job in doubt that this printer still has; note each that came out after its answer."""
    watched = list(PrintJob.objects.filter(is_watched=True, printer_uuid=report.uuid).order_by("asked_at", "id"))
    if not watched:
        return
    try:
        listed = printer.jobs()
        for job in watched:
            _look_at(job, named(job, listed), printer, now)
    except DekatError as error:
        logger.info("printing.watch.interrupted", extra={"code": error.code})


def named(job: PrintJob, listed: Iterable[JobReport]) -> list[JobReport]:
    """The printer's jobs that carry our name."""
    return [one for one in listed if one.name == str(job.id)]


def withdraw(printer: Printer, jobs: Iterable[JobReport]) -> None:
    """Take back each of these that is not over."""
    for job in jobs:
        if not job.is_over:
            printer.cancel(job.job_number)


def _look_at(job: PrintJob, found: list[JobReport], printer: Printer, now: datetime) -> None:
    withdraw(printer, found)
    claimed, is_alive = rules.sheets_claimed(found, pages=job.pages), any(not one.is_over for one in found)
    row = PrintJob.objects.filter(id=job.id, state=job.state, late_at=job.late_at)
    if claimed > job.claimed_sheets:
        row.update(claimed_sheets=claimed)
    if job.state == PrintState.ASK or job.late_at:
        return  # a person looks into the tray anyway
    if is_alive or claimed > job.claimed_sheets:
        row.update(late_at=now)
    elif now - (job.document_sent_at or now) >= rules.WATCH_FOR:
        row.update(is_watched=False)
