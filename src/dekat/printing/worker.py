"""The outbox at work: from a wish on the disk to a sheet in the tray, safe against being killed anywhere between."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from dekat.documents.queries import file_bytes
from dekat.kernel.errors import DekatError
from dekat.printing import ports, rules
from dekat.printing.models import PrinterSeen, PrintJob
from dekat.printing.ports import JobReport, JobUnknown, Printer, PrinterMissing, PrinterRefused, PrinterReport
from dekat.printing.rules import NextStep
from dekat.printing.states import Condition, Doubt, PrintState, Waiting
from dekat.printing.watch import look_after, named, withdraw

logger = logging.getLogger(__name__)
_SENDABLE = (Condition.READY, Condition.BUSY)


class PrintWorker:
    """Moves the sheets of one station. Exactly one runs; a job that it finds half sent was left by its own crash."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def run_once(self) -> bool:
        """Look at the printer and move each job one step; say whether anything moved.

        Again: safe at any time; what was sent is found again by its name.
        """
        try:
            printer = ports.printer()
            report = printer.report()
        except PrinterMissing:
            return self._see(Condition.MISSING, None)
        except (ports.PrinterUnreachable, PrinterRefused):
            return self._see(Condition.UNREACHABLE, None)
        condition = rules.condition_of(report)
        self._see(condition, report)
        look_after(printer, report, now=self._clock())
        jobs = PrintJob.objects.filter(state__in=rules.AT_WORK).order_by("asked_at", "id")
        moved = [self._step(job, printer, report, condition) for job in jobs]
        return any(moved)

    def _step(self, job: PrintJob, printer: Printer, report: PrinterReport, condition: Condition) -> bool:
        try:
            match PrintState(job.state):
                case PrintState.QUEUED:
                    return condition in _SENDABLE and self._send_first(job, printer, report)
                case PrintState.SENDING:
                    return self._recover(job, printer, report)
                case _:
                    return self._follow(job, printer, report)
        except DekatError as error:
            logger.info("printing.job.interrupted", extra={"job": str(job.id), "code": error.code})
            return False

    def _send_first(self, job: PrintJob, printer: Printer, report: PrinterReport) -> bool:
        # The intent is on the disk, with the printer that will get it, before the first byte leaves.
        return self._move(job, PrintState.SENDING, **self._at(report)) and self._send(job, printer)

    def _send(self, job: PrintJob, printer: Printer) -> bool:
        pdf, number = file_bytes(job.document_id), printer.create(str(job.id))
        # From here on a sheet may exist; a job that was only opened never becomes one.
        if not self._note(job, job_number=number, document_sent_at=self._clock()):
            return False
        printer.send(number, str(job.id), pdf)
        return self._move(job, PrintState.AT_PRINTER)

    def _recover(self, job: PrintJob, printer: Printer, report: PrinterReport) -> bool:
        found = named(job, printer.jobs())
        if job.document_sent_at is None:
            withdraw(printer, found)
            return self._note(job, **self._at(report)) and self._send(job, printer)
        decided = rules.after_document_left(found, was_restarted=self._was_restarted(job, report))
        logger.info("printing.job.recovered", extra={"job": str(job.id), "step": decided.step.name})
        if decided.job is None:
            return self._doubt(job, decided.doubt, found)
        if decided.step is NextStep.SEND_DOCUMENT:
            printer.send(decided.job.job_number, str(job.id), file_bytes(job.document_id))
        return self._move(job, PrintState.AT_PRINTER, job_number=decided.job.job_number)

    def _follow(self, job: PrintJob, printer: Printer, report: PrinterReport) -> bool:
        known = _job_of(job, printer)
        if known and not known.is_over and not known.is_incoming:
            return self._note_waiting(job, rules.waiting_of(known))
        # Over, forgotten, or the number is another job's by now: only the name tells.
        found = {one.job_number: one for one in [*([known] if known else []), *named(job, printer.jobs())]}
        decided = rules.after_end(list(found.values()), pages=job.pages, was_restarted=self._was_restarted(job, report))
        match decided.step:
            case NextStep.OUT:
                return self._move(job, PrintState.OUT, out_at=self._clock(), waiting="", claimed_sheets=job.pages)
            case NextStep.FOLLOW if decided.job:
                return self._note(job, job_number=decided.job.job_number)
            case NextStep.WITHDRAW_OTHERS:
                withdraw(printer, found.values())
                return False
            case _:
                return self._doubt(job, decided.doubt, list(found.values()))

    def _at(self, report: PrinterReport) -> dict[str, str | datetime]:
        now = self._clock()
        return {
            "sending_at": now,
            "printer_uuid": report.uuid,
            "printer_serial": report.serial,
            "printer_started_at": rules.started_at(report, now),
        }

    def _was_restarted(self, job: PrintJob, report: PrinterReport) -> bool:
        after = rules.started_at(report, self._clock())
        return rules.was_restarted(job.printer_started_at or after, after)

    def _note_waiting(self, job: PrintJob, waiting: Waiting | None) -> bool:
        said = waiting.value if waiting else ""
        return said != job.waiting and self._note(job, waiting=said)

    def _doubt(self, job: PrintJob, doubt: Doubt | None, found: list[JobReport]) -> bool:
        claimed = rules.sheets_claimed(found, pages=job.pages)
        why = (doubt or Doubt.FORGOTTEN).value
        return self._move(job, PrintState.ASK, doubt=why, is_watched=True, waiting="", claimed_sheets=claimed)

    def _note(self, job: PrintJob, **facts: str | int | datetime) -> bool:
        return self._move(job, PrintState(job.state), **facts)

    def _move(self, job: PrintJob, to: PrintState, **facts: str | int | datetime) -> bool:
        moved = PrintJob.objects.filter(id=job.id, state=job.state).update(state=to, **facts)
        job.state = to
        return bool(moved)

    def _see(self, condition: Condition, report: PrinterReport | None) -> bool:
        now = self._clock()
        seen = PrinterSeen.objects.first()
        is_news = seen is None or seen.condition != condition or (report and seen.serial != report.serial)
        # A quiet printer is written down once a minute: each write costs an old disk an fsync.
        if seen is None or is_news or now - seen.seen_at > timedelta(minutes=1):
            known = {"name": report.name, "serial": report.serial} if report else {}
            PrinterSeen.objects.update_or_create(id=1, defaults={"condition": condition, "seen_at": now, **known})
        return False


def _job_of(job: PrintJob, printer: Printer) -> JobReport | None:
    """What stands behind the job's number, if it is still this job: a restarted printer gives numbers again."""
    try:
        known = printer.job(job.job_number or 0)
    except JobUnknown:
        return None
    return known if known.name == str(job.id) else None
