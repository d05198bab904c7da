"""The virtual printer's inside: its jobs, its tray, and the states a person can put it in."""

import threading
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from dekat.printing.ports import JobPhase

STATES = ("paper-out", "stopped", "power-off")


@dataclass
class VirtualJob:
    """One job as the printer remembers it until it is switched off."""

    number: int
    name: str
    phase: JobPhase = JobPhase.HELD
    is_incoming: bool = True
    sheets_done: int = 0
    document: bytes = b""

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.phase >= JobPhase.CANCELED


class Mechanism:
    """Takes jobs and prints them one after another into `spool`, as `<job name>.<number>.pdf`.

    Facts: a file named after a state in the folder `control` puts the printer into it; `url` is its IPP address.
    """

    def __init__(self, *, spool: Path, control: Path, serial: str, seconds_per_job: float) -> None:
        self.spool, self.control, self.serial = spool, control, serial
        self.uuid = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'dekat/virtual-printer/{serial}')}"
        self.url = ""
        self.jobs: dict[int, VirtualJob] = {}
        self.lock = threading.Lock()
        self._seconds_per_job = seconds_per_job
        self._started = time.monotonic()
        self._next_number = 1
        for folder in (spool, control):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def up_seconds(self) -> int:
        """Seconds since its last start, at least 1 as IPP wants."""
        return max(1, int(time.monotonic() - self._started))

    def restart(self) -> None:
        """Switch it off and on: it forgets every job."""
        with self.lock:
            self.jobs.clear()
            self._started = time.monotonic()

    def is_set(self, state: str) -> bool:
        """Whether a person put the printer into this state."""
        return (self.control / state).exists()

    def set(self, state: str, *, on: bool) -> None:
        """Put the printer into one of `STATES`, or out of it."""
        if on:
            (self.control / state).touch()
        else:
            (self.control / state).unlink(missing_ok=True)

    def new_job(self, name: str) -> VirtualJob:
        """Open a job; the caller holds the lock."""
        job = VirtualJob(number=self._next_number, name=name)
        self.jobs[job.number] = job
        self._next_number += 1
        return job

    def printed(self) -> list[Path]:
        """What lies in the output tray, oldest first."""
        return sorted(self.spool.glob("*.pdf"), key=lambda path: path.stat().st_mtime_ns)

    def print_forever(self, over: threading.Event) -> None:
        """Print whatever waits until `over` is set."""
        was_off = False
        while not over.wait(0.02):
            is_off = self.is_set("power-off")
            if is_off and not was_off:
                self.restart()
            was_off = is_off
            if not any(self.is_set(state) for state in STATES):
                self._print_next(over)

    def _print_next(self, over: threading.Event) -> None:
        with self.lock:
            job = next((job for job in self.jobs.values() if job.phase == JobPhase.PENDING), None)
            if job is None:
                return
            job.phase = JobPhase.PROCESSING
        over.wait(self._seconds_per_job)
        with self.lock:
            if self.jobs.get(job.number) is not job or job.is_over:
                return
            draft = self.spool / f".{job.name}.{job.number}"
            draft.write_bytes(job.document)
            draft.rename(self.spool / f"{job.name}.{job.number}.pdf")
            job.phase, job.sheets_done, job.document = JobPhase.COMPLETED, 1, b""
