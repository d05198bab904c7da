"""What printing needs from outside: a printer that says how it is and takes jobs by name, and the file to print."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from dekat.kernel.errors import DekatError


class PrinterUnreachable(DekatError):
    """The printer is off, its cable is out, or its answer was cut."""

    code = "printing.printer.unreachable"


class PrinterRefused(DekatError):
    """The printer answered, but would not do it or did not speak IPP."""

    code = "printing.printer.refused"


class PrinterMissing(DekatError):
    """No printer was set up for this station."""

    code = "printing.printer.missing"


class JobUnknown(DekatError):
    """The printer knows no job of this number (any more)."""

    code = "printing.printer.job_unknown"


class JobPhase(IntEnum):
    """The job states of IPP (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True)
class PrinterReport:
    """What the printer says about itself.

    Facts: `up_seconds` since its last start; `reasons` are IPP keywords such as `media-empty-error`.
    """

    uuid: str
    serial: str
    name: str
    is_stopped: bool
    is_busy: bool
    reasons: tuple[str, ...]
    up_seconds: int


@dataclass(frozen=True)
class JobReport:
    """What the printer says about one job.

    Facts: `is_incoming`: made, but its document never arrived; `sheets_done` is None where the printer does not count.
    """

    job_number: int
    name: str
    phase: JobPhase
    is_incoming: bool
    sheets_done: int | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come out of it."""
        return self.phase >= JobPhase.CANCELED


class Printer(Protocol):
    """One printer. Every method may refuse with printing.printer.unreachable."""

    def report(self) -> PrinterReport:
        """How the printer is now."""

    def create(self, name: str) -> int:
        """Open a job under our name; give the printer's number for it."""

    def send(self, job_number: int, name: str, pdf: bytes) -> None:
        """Give the open job its only document."""

    def job(self, job_number: int) -> JobReport:
        """How a job is. Refuses: printing.printer.job_unknown."""

    def jobs(self) -> list[JobReport]:
        """Every job, done or not, that the printer lists."""

    def cancel(self, job_number: int) -> None:
        """Take a job back that is not done."""


def _no_printer() -> Printer:
    raise PrinterMissing


_printer: Callable[[], Printer] = _no_printer


def use_printer(source: Callable[[], Printer]) -> None:
    """Wire where this station's printer comes from (called once, by `project`)."""
    global _printer
    _printer = source


def printer() -> Printer:
    """Give this station's printer.

    Refuses: printing.printer.missing.
    """
    return _printer()
