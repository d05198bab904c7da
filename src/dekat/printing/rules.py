"""Pure decisions of printing: allowed moves, the printer's condition, what a job's end or loss means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from dekat.printing.ports import JobPhase, JobReport, PrinterReport
from dekat.printing.states import Condition, Doubt, PrintState, Waiting

S = PrintState
MOVES: dict[PrintState, frozenset[PrintState]] = {
    S.QUEUED: frozenset({S.SENDING, S.CANCELLED}),
    S.SENDING: frozenset({S.AT_PRINTER, S.ASK}),
    S.AT_PRINTER: frozenset({S.OUT, S.ASK}),
    S.ASK: frozenset({S.OUT, S.SPOILED, S.CANCELLED}),
    S.OUT: frozenset({S.PRINTED, S.SPOILED, S.CANCELLED}),
    S.PRINTED: frozenset({S.COLLECTED, S.SPOILED}),
    S.COLLECTED: frozenset(),
    S.SPOILED: frozenset(),
    S.CANCELLED: frozenset(),
}
# A document with a sheet in one of these is not waiting for its first sheet.
LIVING = frozenset(S) - {S.SPOILED, S.CANCELLED}
# Of a document at most one sheet is in one of these; after it was collected, a further copy may be asked with a reason.
OPEN = LIVING - {S.COLLECTED}
AT_WORK = frozenset({S.QUEUED, S.SENDING, S.AT_PRINTER})

# The clock of the printer counts whole seconds, and ours may be set between two looks.
_SAME_START = timedelta(seconds=5)
# A print server may pass on what it was given only after minutes; then what it does not list will not come any more.
WATCH_FOR = timedelta(minutes=10)

_REASONS = (
    ("media-jam", Condition.PAPER_JAM),
    ("door-open", Condition.DOOR_OPEN),
    ("cover-open", Condition.DOOR_OPEN),
    ("interlock-open", Condition.DOOR_OPEN),
    ("media-empty", Condition.PAPER_OUT),
    ("media-needed", Condition.PAPER_OUT),
    ("marker-supply-empty", Condition.INK_OUT),
    ("toner-empty", Condition.INK_OUT),
)


class NextStep(Enum):
    """What to do with a job that the worker looks at."""

    SEND_DOCUMENT = auto()
    FOLLOW = auto()
    WITHDRAW_OTHERS = auto()
    OUT = auto()
    ASK = auto()


@dataclass(frozen=True)
class Decision:
    """A step, with the job that it is about or the doubt that it raises."""

    step: NextStep
    job: JobReport | None = None
    doubt: Doubt | None = None


def may_move(state: PrintState, to: PrintState) -> bool:
    """Whether a sheet may go from one state to another."""
    return to in MOVES[state]


def condition_of(report: PrinterReport) -> Condition:
    """The one thing that a person must know about the printer."""
    for start, condition in _REASONS:
        if any(reason.startswith(start) for reason in report.reasons):
            return condition
    if report.is_stopped:
        return Condition.STOPPED
    return Condition.BUSY if report.is_busy else Condition.READY


def waiting_of(job: JobReport) -> Waiting | None:
    """Why the printer does not go on with a job that has its document."""
    match job.phase:
        case JobPhase.HELD:
            return Waiting.HELD
        case JobPhase.STOPPED:
            return Waiting.STOPPED
        case _:
            return None


def started_at(report: PrinterReport, now: datetime) -> datetime:
    """When the printer was switched on, by our clock."""
    return now - timedelta(seconds=report.up_seconds)


def was_restarted(before: datetime, after: datetime) -> bool:
    """Whether two looks at the printer's start tell of two starts."""
    return abs(after - before) > _SAME_START


def after_document_left(found: Sequence[JobReport], *, was_restarted: bool) -> Decision:
    """Decide about a job whose document left this machine, and whose arrival nobody saw.

    Facts: `found` are the printer's jobs of this name. What it does not list may lie in the tray: a person looks.
    """
    for job in found:
        if not job.is_incoming and not _is_void(job):
            return Decision(NextStep.FOLLOW, job)
    for job in found:
        if not job.is_over:
            return Decision(NextStep.SEND_DOCUMENT, job)
    return Decision(NextStep.ASK, doubt=_why_gone(found, was_restarted=was_restarted))


def after_end(found: Sequence[JobReport], *, pages: int, was_restarted: bool) -> Decision:
    """Decide about a job that is over, forgotten, or whose number now belongs to another job.

    Facts: `found` are all jobs of this name. Only one pass with the right count of sheets is believed to be good.
    """
    real = [job for job in found if not _is_void(job)]
    at_work, over = [job for job in real if not job.is_over], [job for job in real if job.is_over]
    if at_work:
        is_alone = len(real) == 1 and not at_work[0].is_incoming
        return Decision(NextStep.FOLLOW if is_alone else NextStep.WITHDRAW_OTHERS, at_work[-1])
    if len(over) > 1:
        return Decision(NextStep.ASK, doubt=Doubt.MORE)
    if not over or over[0].phase != JobPhase.COMPLETED:
        return Decision(NextStep.ASK, doubt=_why_gone(found, was_restarted=was_restarted))
    done = over[0].sheets_done
    if done is not None and done != pages:
        return Decision(NextStep.ASK, doubt=Doubt.FEWER if done < pages else Doubt.MORE)
    return Decision(NextStep.OUT, over[0])


def sheets_claimed(found: Sequence[JobReport], *, pages: int) -> int:
    """How many sheets the printer says that it made of these jobs; a whole pass for each end that it did not count."""
    return sum(
        (pages if job.phase == JobPhase.COMPLETED else 0) if job.sheets_done is None else job.sheets_done
        for job in found
    )


def _is_void(job: JobReport) -> bool:
    """Taken back or broken off before any sheet."""
    return job.phase in (JobPhase.CANCELED, JobPhase.ABORTED) and (job.sheets_done == 0 or job.is_incoming)


def _why_gone(found: Sequence[JobReport], *, was_restarted: bool) -> Doubt:
    phases = {job.phase for job in found}
    if JobPhase.ABORTED in phases:
        return Doubt.ABORTED
    if JobPhase.CANCELED in phases:
        return Doubt.CANCELLED
    return Doubt.RESTARTED if was_restarted else Doubt.FORGOTTEN
