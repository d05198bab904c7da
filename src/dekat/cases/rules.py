"""Pure decisions about applications: allowed moves, and the clock that counts working time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dekat.cases.states import PaperState, State
from dekat.kernel.working_time import Calendar, add_working_minutes, working_minutes_between

S = State
MOVES: dict[State, frozenset[State]] = {
    S.SUBMITTED: frozenset({S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.RETURNED, S.NUMBERING, S.APPROVED}),
    S.NUMBERING: frozenset({S.APPROVED, S.IN_REVIEW}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.ISSUED, S.IN_REVIEW}),
    S.ISSUED: frozenset({S.PRINTED, S.COLLECTED, S.ENDED}),
    S.PRINTED: frozenset({S.COLLECTED, S.ISSUED, S.ENDED}),
    S.COLLECTED: frozenset(),
    S.ENDED: frozenset(),
}
# Whom everybody waits for in a state; the office's clock stands still while another is waited for.
RESIDENT, OFFICE, NATIONAL = "RESIDENT", "DISPENDUKCAPIL", "PUSAT"
PAUSES = {S.RETURNED: RESIDENT, S.NUMBERING: NATIONAL}
DONE = frozenset({S.ISSUED, S.PRINTED, S.COLLECTED, S.ENDED})


@dataclass(frozen=True)
class Step:
    """One arrival at a state, brought about by `actor`. `note` says in the reviewer's words what to do."""

    state: State
    at: datetime
    office: str
    reason: str
    note: str
    actor: str = ""


@dataclass(frozen=True)
class Clock:
    """How much of its time an application has used.

    Facts: minutes are working minutes; `due_at` is None while the clock stands still or when the work is done.
    """

    used_minutes: int
    limit_minutes: int
    paused_minutes: int
    waiting_for: str
    is_running: bool
    due_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether the office has used more than its time."""
        return self.used_minutes > self.limit_minutes

    @property
    def left_minutes(self) -> int:
        """Working minutes that remain, never below 0."""
        return max(0, self.limit_minutes - self.used_minutes)


def may_move(state: State, to: State) -> bool:
    """Whether an application may go from one state to another."""
    return to in MOVES[state]


def turn_of(state: State, kecamatan: str, *, is_made_at_office: bool = False) -> str:
    """The one party whose turn it is; empty when nothing is left to do.

    Facts: a paper is printed by the kecamatan, a card (`is_made_at_office`) by Dispendukcapil.
    """
    match state:
        case State.RETURNED | State.PRINTED:
            return RESIDENT
        case State.NUMBERING:
            return NATIONAL
        case State.ISSUED if not is_made_at_office:
            return f"KECAMATAN:{kecamatan}"
        case State.COLLECTED | State.ENDED:
            return ""
        case _:
            return OFFICE


def clock(*, steps: Sequence[Step], limit_minutes: int, calendar: Calendar, now: datetime) -> Clock:
    """Count an application's time from its steps, oldest first.

    Facts: it runs from the submission to the issue and stands still while the resident or the national centre is
    waited for.
    """
    used = paused = 0
    for step, end in zip(steps, [*(later.at for later in steps[1:]), now], strict=True):
        minutes = working_minutes_between(step.at, end, calendar)
        if step.state in PAUSES:
            paused += minutes
        elif step.state not in DONE:
            used += minutes
    state = steps[-1].state
    is_running = state not in DONE and state not in PAUSES
    return Clock(
        used_minutes=used,
        limit_minutes=limit_minutes,
        paused_minutes=paused,
        waiting_for=PAUSES.get(state, ""),
        is_running=is_running,
        due_at=_due(steps, paused, limit_minutes, calendar) if is_running else None,
    )


def _due(steps: Sequence[Step], paused: int, limit_minutes: int, calendar: Calendar) -> datetime:
    return add_working_minutes(steps[0].at, limit_minutes + paused, calendar)


def together(papers: Sequence[PaperState]) -> State | None:
    """Where an application stands when its papers stand so: as far as the slowest of them. None when it has none.

    Facts: nobody waits for a paper that ended; where all did, so did the application.
    """
    if not papers:
        return None
    order = (PaperState.ISSUED, PaperState.PRINTED, PaperState.COLLECTED, PaperState.ENDED)
    return State(min(papers, key=order.index).value)
