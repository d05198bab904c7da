"""The virtual printer's inside: its jobs, its tray, and what a person or bad luck can do to it."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from pikepdf import Pdf, PdfError

from dekat.printing.ports import JobPhase

# What keeps it from printing, and the reason that it gives (RFC 8011, 5.4.12).
_BLOCKS = {
    "paper-out": "media-empty-error",
    "jam": "media-jam-error",
    "door-open": "door-open-error",
    "stopped": "paused",
}
SWITCHES = (*_BLOCKS, "hold", "power-off")


class Mishap(Enum):
    """What goes wrong with the next sheet."""

    MISSING_AND_TOLD = auto()
    MISSING_AND_UNTOLD = auto()
    TWICE = auto()


@dataclass
class VirtualJob:
    """One job as the printer remembers it until it is switched off."""

    number: int
    name: str
    phase: JobPhase = JobPhase.HELD
    is_incoming: bool = True
    sheets: int = 0
    passed: int = 0
    sheets_done: int = 0
    document: bytes = b""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.phase >= JobPhase.CANCELED


class Mechanism:
    """Takes jobs and prints them sheet by sheet; a whole one becomes `<job name>.<number>.pdf` in `spool`.

    Facts: a file named after one of `SWITCHES` in the folder `control` puts the printer into that state; `url` is its
    IPP address; `clock` counts seconds; `tray` counts the sheets that ever came out of each file, by its SHA-256. One
    that `keeps_jobs` prints what was left, from its first page, after it was switched off and on.
    """

    def __init__(
        self,
        *,
        spool: Path,
        control: Path,
        serial: str,
        seconds_per_sheet: float,
        keeps_jobs: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.spool, self.control, self.serial, self.keeps_jobs = spool, control, serial, keeps_jobs
        self.uuid = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'dekat/virtual-printer/{serial}')}"
        self.url = ""
        self.jobs: dict[int, VirtualJob] = {}
        self.tray: Counter[str] = Counter()
        self.mishaps: list[Mishap] = []
        self.lock = threading.Lock()
        self._seconds_per_sheet, self._clock = seconds_per_sheet, clock
        self._started = self._sheet_began = clock()
        self._next_number, self._was_off = 1, False
        for folder in (spool, control):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def up_seconds(self) -> int:
        """Seconds since its last start, at least 1 as IPP wants."""
        return max(1, int(self._clock() - self._started))

    def restart(self) -> None:
        """Switch it off and on: it forgets every job, or begins what was left anew, and counts jobs from 1 again."""
        with self.lock:
            left = [job for job in self.jobs.values() if not job.is_over and not job.is_incoming]
            self.jobs.clear()
            self._started, self._next_number = self._clock(), 1
            for old in left if self.keeps_jobs else ():
                self.take(self.new_job(old.name), old.document)

    def is_set(self, switch: str) -> bool:
        """Whether a person put the printer into this state."""
        return (self.control / switch).exists()

    def set(self, switch: str, *, on: bool) -> None:
        """Put the printer into one of `SWITCHES`, or out of it."""
        if on:
            (self.control / switch).touch()
        else:
            (self.control / switch).unlink(missing_ok=True)

    def reasons(self) -> list[str]:
        """Why it does not print."""
        return [reason for switch, reason in _BLOCKS.items() if self.is_set(switch)]

    def new_job(self, name: str) -> VirtualJob:
        """Open a job; the caller holds the lock."""
        job = VirtualJob(number=self._next_number, name=name)
        self.jobs[job.number] = job
        self._next_number += 1
        return job

    def take(self, job: VirtualJob, document: bytes) -> None:
        """Give an open job its document; the caller holds the lock."""
        job.document, job.is_incoming, job.sheets = document, False, _page_count(document)
        job.phase = JobPhase.HELD if self.is_set("hold") else JobPhase.PENDING

    def phase_of(self, job: VirtualJob) -> JobPhase:
        """How a job is: one that is being printed stops when the printer does."""
        return JobPhase.STOPPED if job.phase == JobPhase.PROCESSING and self.reasons() else job.phase

    def end(self, number: int, phase: JobPhase) -> None:
        """End a job at the panel (CANCELED) or by a fault of its own (ABORTED)."""
        with self.lock:
            if (job := self.jobs.get(number)) and not job.is_over:
                job.phase = phase

    def forget(self, number: int) -> None:
        """Know nothing of a job any more."""
        with self.lock:
            self.jobs.pop(number, None)

    def printed(self) -> list[Path]:
        """The whole documents that lie in the output tray, oldest first."""
        return sorted(self.spool.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)

    def print_forever(self, over: threading.Event) -> None:
        """Print whatever waits until `over` is set."""
        while not over.wait(0.02):
            self.turn()

    def turn(self) -> None:
        """Do what is due now: start, release, or bring out one sheet."""
        is_off = self.is_set("power-off")
        if is_off and not self._was_off:
            self.restart()
        self._was_off = is_off
        if is_off or self.reasons():
            return
        with self.lock:
            if not self.is_set("hold"):
                self._release()
            self._work()

    def _release(self) -> None:
        for job in self.jobs.values():
            if job.phase == JobPhase.HELD and not job.is_incoming:
                job.phase = JobPhase.PENDING

    def _work(self) -> None:
        job = next((job for job in self.jobs.values() if job.phase == JobPhase.PROCESSING), None)
        if job is None:
            job = next((job for job in self.jobs.values() if job.phase == JobPhase.PENDING), None)
            if job is not None:
                job.phase, self._sheet_began = JobPhase.PROCESSING, self._clock()
        elif self._clock() - self._sheet_began >= self._seconds_per_sheet:
            self._sheet_began = self._clock()
            self._bring_out(job)

    def _bring_out(self, job: VirtualJob) -> None:
        mishap = self.mishaps.pop() if self.mishaps else None
        is_missing = mishap in (Mishap.MISSING_AND_TOLD, Mishap.MISSING_AND_UNTOLD)
        self.tray[sha256(job.document).hexdigest()] += 0 if is_missing else 2 if mishap is Mishap.TWICE else 1
        job.sheets_done += mishap is not Mishap.MISSING_AND_TOLD
        job.passed += 1
        if job.passed < job.sheets:
            return
        draft = self.spool / f".{job.name}.{job.number}"
        draft.write_bytes(job.document)
        draft.rename(self.spool / f"{job.name}.{job.number}.pdf")
        job.phase, job.document = JobPhase.COMPLETED, b""


def _page_count(document: bytes) -> int:
    try:
        with Pdf.open(BytesIO(document)) as pdf:
            return len(pdf.pages)
    except PdfError:
        return 1
