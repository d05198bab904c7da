"""Pure decisions of printing: allowed moves, the printer's condition, what to do after a crash."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum, auto

from dekat.printing.ports import JobPhase, JobReport, PrinterReport
from dekat.printing.states import Condition, PrintState

S = PrintState
MOVES: dict[PrintState, frozenset[PrintState]] = {
    S.QUEUED: frozenset({S.SENDING, S.CANCELLED}),
    S.SENDING: frozenset({S.AT_PRINTER, S.ASK}),
    S.AT_PRINTER: frozenset({S.OUT, S.ASK}),
    S.ASK: frozenset({S.OUT, S.CANCELLED}),
    S.OUT: frozenset({S.PRINTED, S.SPOILED}),
    S.PRINTED: frozenset({S.COLLECTED, S.SPOILED}),
    S.COLLECTED: frozenset(),
    S.SPOILED: frozenset(),
    S.CANCELLED: frozenset(),
}
# The states in which a document has its one sheet; only after them may another be asked.
LIVING = frozenset(S) - {S.SPOILED, S.CANCELLED}
AT_WORK = frozenset({S.QUEUED, S.SENDING, S.AT_PRINTER})

# The clock of the printer counts whole seconds, and ours may be set between two looks.
_SAME_START = timedelta(seconds=5)
# Printers keep finished jobs for a minute or more (RFC 8011 asks for 60 s); after that silence proves nothing.
_MEMORY = timedelta(seconds=45)

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
    """What to do with a job whose sending was interrupted."""

    ADOPT = auto()
    SEND_DOCUMENT = auto()
    SEND_AGAIN = auto()
    ASK = auto()


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


def started_at(report: PrinterReport, now: datetime) -> datetime:
    """When the printer was switched on, by our clock."""
    return now - timedelta(seconds=report.up_seconds)


def after_interruption(
    *, found: Sequence[JobReport], is_same_printer: bool, drift: timedelta, silence: timedelta
) -> tuple[NextStep, JobReport | None]:
    """Decide about a job in SENDING that nobody finished.

    Facts: `found` are the printer's jobs of this name; `drift` between its start then and now; `silence` since the
    sending began. Only a printer that surely never got the job may get it again; all other doubt goes to a person.
    """
    for job in found:
        if job.phase == JobPhase.COMPLETED or (job.phase <= JobPhase.STOPPED and not job.is_incoming):
            return NextStep.ADOPT, job
    for job in found:
        if job.phase <= JobPhase.STOPPED:
            return NextStep.SEND_DOCUMENT, job
    remembers = is_same_printer and abs(drift) <= _SAME_START and timedelta(0) <= silence <= _MEMORY
    return (NextStep.SEND_AGAIN, None) if remembers and not found else (NextStep.ASK, None)
