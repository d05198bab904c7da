"""The outbox at work: from a wish on the disk to a sheet in the tray, safe against being killed anywhere between."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from dekat.documents.queries import file_bytes
from dekat.kernel.errors import DekatError
from dekat.printing import ports, rules
from dekat.printing.models import PrinterSeen, PrintJob
from dekat.printing.ports import JobPhase, JobUnknown, Printer, PrinterMissing, PrinterRefused, PrinterReport
from dekat.printing.rules import NextStep
from dekat.printing.states import Condition, PrintState

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
                    return self._follow(job, printer)
        except DekatError as error:
            logger.info("printing.job.interrupted", extra={"job": str(job.id), "code": error.code})
            return False

    def _send_first(self, job: PrintJob, printer: Printer, report: PrinterReport) -> bool:
        now, pdf = self._clock(), file_bytes(job.document_id)
        # The intent is on the disk, with the printer that will get it, before the first byte leaves.
        if not self._move(
            job,
            PrintState.SENDING,
            sending_at=now,
            printer_uuid=report.uuid,
            printer_serial=report.serial,
            printer_started_at=rules.started_at(report, now),
        ):
            return False
        return self._send(job, printer, pdf)

    def _recover(self, job: PrintJob, printer: Printer, report: PrinterReport) -> bool:
        now = self._clock()
        began, started = job.sending_at or now, job.printer_started_at or now
        step, found = rules.after_interruption(
            found=printer.named(str(job.id)),
            is_same_printer=report.uuid == job.printer_uuid,
            drift=rules.started_at(report, now) - started,
            silence=now - began,
        )
        logger.info("printing.job.recovered", extra={"job": str(job.id), "step": step.name})
        match step:
            case NextStep.SEND_AGAIN:
                return self._send(job, printer, file_bytes(job.document_id))
            case NextStep.ASK:
                return self._move(job, PrintState.ASK)
        if found is None:
            return False
        if step is NextStep.SEND_DOCUMENT:
            printer.send(found.job_number, str(job.id), file_bytes(job.document_id))
        return self._move(job, PrintState.AT_PRINTER, job_number=found.job_number)

    def _send(self, job: PrintJob, printer: Printer, pdf: bytes) -> bool:
        number = printer.create(str(job.id))
        printer.send(number, str(job.id), pdf)
        return self._move(job, PrintState.AT_PRINTER, job_number=number)

    def _follow(self, job: PrintJob, printer: Printer) -> bool:
        try:
            phase = printer.job(job.job_number or 0).phase
        except JobUnknown:
            return self._move(job, PrintState.ASK)
        if phase == JobPhase.COMPLETED:
            return self._move(job, PrintState.OUT, out_at=self._clock())
        return phase in (JobPhase.CANCELED, JobPhase.ABORTED) and self._move(job, PrintState.ASK)

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
