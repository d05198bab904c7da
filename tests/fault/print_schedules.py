"""Randomised days of a print desk: paper runs out, power fails, answers come late, twice or never, the printer forgets,
lies, stops or is restarted, our worker is killed. Each seed replays alone.

`python -m tests.fault.print_days --count 100 --seed 7` prints totals as JSON; `--count 1 --seed N` replays one.
The operator does what the pages say and counts what lies in the tray. At the end of each day every document must have
one good print, and every sheet that ever came out must be written down as good or written off.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

from django.db import transaction
from pikepdf import Pdf

from dekat.adapters.ipp.client import IppPrinter
from dekat.adapters.ipp.encoding import decode
from dekat.adapters.ipp.virtual_answers import answer
from dekat.adapters.ipp.virtual_mechanism import Mechanism, Mishap
from dekat.printing import ports, queries, rules, services
from dekat.printing.ports import JobPhase, PrinterUnreachable
from dekat.printing.states import Collector, Condition, PrintState, SpoilReason, Waiting
from dekat.printing.worker import PrintWorker
from tests.make import printing
from tests.make.accounts import OPERATOR

PLACE, JOBS, BUSY_TURNS, MOST_TURNS, QUIET_S = "35.11.15", 10, 120, 900, 11 * 60
OPEN_STATES = frozenset({*rules.AT_WORK, PrintState.ASK, PrintState.OUT})
# What the page tells the operator to do for each condition, as a switch of the printer.
CURES = {
    Condition.PAPER_OUT: "paper-out",
    Condition.PAPER_JAM: "jam",
    Condition.DOOR_OPEN: "door-open",
    Condition.STOPPED: "stopped",
    Condition.UNREACHABLE: "power-off",
}
_LINE = ("question lost", "answer lost", "question twice", "question late", "answer stale", "die before", "die after")


class Killed(BaseException):
    """The station's worker died here."""


class TroubledLine:
    """Carries questions to the printer in this process, as badly as the dice say."""

    def __init__(self, printer: Mechanism, rng: random.Random, tried: Counter[str]) -> None:
        self._printer, self._rng, self._tried = printer, rng, tried
        self._late: list[tuple[int, bytes]] = []
        self._last = b""
        self.share = 0.0

    def __call__(self, question: bytes) -> bytes:
        trouble = self._rng.choice(_LINE) if self._rng.random() < self.share else ""
        self._tried[trouble] += bool(trouble)
        if self._printer.is_set("power-off") or trouble == "question lost":
            raise PrinterUnreachable
        if trouble == "die before":
            raise Killed
        if trouble == "question late":
            self._late.append((self._rng.randint(1, 100), question))
            raise PrinterUnreachable
        if trouble == "question twice":
            self._answer(question)
        stale, said = self._last, self._answer(question)
        if trouble == "die after":
            raise Killed
        if trouble == "answer lost":
            raise PrinterUnreachable
        return stale if trouble == "answer stale" and stale else said

    def turn(self) -> None:
        """Deliver what was late; what was under way when the printer was switched off never comes."""
        if self._printer.is_set("power-off"):
            self._late.clear()
        self._late = [(left - 1, question) for left, question in self._late]
        for left, question in self._late:
            if left == 0:
                self._answer(question)
        self._late = [one for one in self._late if one[0] > 0]

    def _answer(self, question: bytes) -> bytes:
        self._last = answer(self._printer, decode(question))
        return self._last


class Day:
    """One schedule: `live` it, then `judge` it."""

    def __init__(self, seed: int, folder: Path, now: datetime) -> None:
        self._rng = random.Random(f"print day {seed}")
        self._began, self._seconds = now + timedelta(days=seed), 0
        self.tried: Counter[str] = Counter()
        self._printer = Mechanism(
            spool=folder / f"spool-{seed}",
            control=folder / f"control-{seed}",
            serial=f"PRN-{seed}",
            seconds_per_sheet=2,
            keeps_jobs=self._rng.random() < 0.5,
            clock=lambda: float(self._seconds),
        )
        self._line = TroubledLine(self._printer, self._rng, self.tried)
        self._worker = PrintWorker(clock=self._now)
        self._seen: Counter[UUID] = Counter()
        self._taken: Counter[str] = Counter()
        self._digests: dict[UUID, str] = {}

    def live(self) -> None:
        """Ask for papers while everything goes wrong, then let it calm down until nothing is open."""
        client = IppPrinter("ipp://127.0.0.1/ipp/print", carry=self._line)
        ports.use_printer(lambda: client)
        self._line.share = self._rng.choice((0.02, 0.1, 0.3))
        for turn in range(MOST_TURNS):
            if turn < BUSY_TURNS:
                if turn % (BUSY_TURNS // JOBS) == 0:
                    self._new_document()
                if self._rng.random() < 0.12:
                    self._strike()
            elif turn == BUSY_TURNS:
                self._line.share = 0.0
            self._turn()
            if turn > BUSY_TURNS and not self._is_open():
                break
        self._seconds += QUIET_S
        for _ in range(10):
            self._turn()

    def judge(self) -> list[str]:
        """What was lost, and what came out without being written down."""
        return [fault for document in self._digests for fault in self._judge(document)]

    def _judge(self, document: UUID) -> list[str]:
        sheets = queries.sheets_of(document)
        good = sum(one.pages for one in sheets if one.state in (PrintState.PRINTED, PrintState.COLLECTED))
        written_off = sum(one.spoiled_sheets + one.double_sheets for one in sheets)
        out = self._printer.tray[self._digests[document]]
        states = [str(one.state) for one in sheets]
        faults = []
        if good != sheets[0].pages or out < good + written_off:
            faults.append(f"lost: {states}, {good} good, {written_off} written off, {out} came out")
        if out > good + written_off:
            faults.append(f"double: {states}, {good} good, {written_off} written off, {out} came out")
        return faults

    def _turn(self) -> None:
        self._seconds += 1
        self._line.turn()
        self._printer.turn()
        try:
            self._worker.run_once()
        except Killed:
            self._worker = PrintWorker(clock=self._now)
        if self._rng.random() < 0.3:
            self._operate()

    def _strike(self) -> None:
        """Bad luck at the printer."""
        jobs, number = self._printer.jobs, self._rng.choice([*self._printer.jobs, 0])
        strokes: dict[str, Callable[[], None]] = {
            **{switch: lambda switch=switch: self._printer.set(switch, on=True) for switch in CURES.values()},
            "hold": lambda: self._printer.set("hold", on=True),
            "restart": self._printer.restart,
            "forget": lambda: self._printer.forget(number) if number and jobs[number].is_over else None,
            "cancel": lambda: self._printer.end(number, JobPhase.CANCELED),
            "abort": lambda: self._printer.end(number, JobPhase.ABORTED),
            **{mishap.name.lower(): lambda mishap=mishap: self._printer.mishaps.append(mishap) for mishap in Mishap},
        }
        name = self._rng.choice(sorted(strokes))
        self.tried[name] += 1
        strokes[name]()

    def _operate(self) -> None:
        """One look of the operator at the page and at the tray."""
        seen = queries.printer_seen()
        if seen and (switch := CURES.get(seen.condition)) and self._rng.random() < 0.5:
            self._printer.set(switch, on=False)
        mine = [job for job in queries.jobs(PLACE) if job.document_id in self._digests]
        if any(job.waiting == Waiting.HELD for job in mine) or self._rng.random() < 0.02:
            self._printer.set("hold", on=False)
        impatience = 0.02 if seen and seen.condition in (Condition.READY, Condition.BUSY) else 0.3
        about = {"actor": OPERATOR, "now": self._now()}
        for late in queries.late_sheets(PLACE):
            services.account_late(print_id=late.id, sheets=self._take(late), **about)
        for job in mine:
            match job.state:
                case PrintState.AT_PRINTER | PrintState.SENDING if self._rng.random() < impatience:
                    services.leave_alone(print_id=job.id, **about)
                case PrintState.ASK:
                    self._take(job)
                    services.count_sheets(print_id=job.id, sheets=self._seen[job.id], **about)
                case PrintState.OUT:
                    self._check(job)
                case PrintState.PRINTED if self._rng.random() < 0.1:
                    services.hand_over(print_id=job.id, collector=Collector.SELF, receiver_name="Contoh", **about)
        for document in self._waiting():
            self._ask(document)

    def _check(self, job: queries.PrintCard) -> None:
        about = {"print_id": job.id, "actor": OPERATOR, "now": self._now()}
        self._take(job)
        if self._seen[job.id] != job.pages + job.double_sheets:
            services.count_sheets(sheets=self._seen[job.id], **about)
        elif self._rng.random() < 0.1:
            services.spoil(reason=self._rng.choice(list(SpoilReason)), **about)
        else:
            services.confirm_printed(**about)

    def _take(self, job: queries.PrintCard) -> int:
        """Take what lies there of this document; how many sheets."""
        digest = self._digests[job.document_id]
        lying = self._printer.tray[digest] - self._taken[digest]
        self._taken[digest] += lying
        self._seen[job.id] += lying
        return lying

    def _new_document(self) -> None:
        document_id, pages, content = self._new_id(), self._rng.choice((1, 1, 2, 3)), BytesIO()
        with Pdf.new() as pdf:
            for _ in range(pages):
                pdf.add_blank_page()
            pdf.docinfo["/Title"] = str(document_id)
            pdf.save(content)
        document = printing.held_document(
            self._now(), kecamatan=PLACE, content=content.getvalue(), page_count=pages, document_id=document_id
        )
        self._digests[document] = sha256(content.getvalue()).hexdigest()
        self._ask(document)

    def _ask(self, document: UUID) -> None:
        services.ask_print(
            print_id=self._new_id(), document_id=document, kecamatan=PLACE, actor=OPERATOR, now=self._now()
        )
        self.tried["jobs"] += 1

    def _is_open(self) -> bool:
        return any(job.document_id in self._digests for job in self._open()) or bool(self._waiting())

    def _open(self) -> list[queries.PrintCard]:
        return [*queries.jobs(PLACE, states=OPEN_STATES), *queries.late_sheets(PLACE)]

    def _waiting(self) -> list[UUID]:
        return [one.id for one in queries.waiting_documents(PLACE) if one.id in self._digests]

    def _new_id(self) -> UUID:
        return UUID(int=self._rng.getrandbits(128))

    def _now(self) -> datetime:
        return self._began + timedelta(seconds=self._seconds)


def run(count: int, *, seed: int, folder: Path, now: datetime) -> dict[str, object]:
    """Live that many days; what was lost or came out unnoticed, by seed."""
    broken, tried, start = [], Counter[str](), time.monotonic()
    for number in range(seed, seed + count):
        day = Day(number, folder, now)
        with transaction.atomic():  # a thousand fsyncs a day would say nothing more
            day.live()
            broken += [f"seed {number}: {fault}" for fault in day.judge()]
        tried += day.tried
    return {"count": count, "broken": broken, "tried": dict(tried), "seconds": time.monotonic() - start}
