"""Pure decisions about applications: allowed moves, and the clock that counts working time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dekat.cases.states import State
from dekat.kernel.working_time import Calendar, add_working_minutes, working_minutes_between

S = State
MOVES: dict[State, frozenset[State]] = {
    S.SUBMITTED: frozenset({S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.RETURNED, S.APPROVED}),
    S.RETURNED: frozenset({S.SUBMITTED}),
    S.APPROVED: frozenset({S.ISSUED, S.IN_REVIEW}),
    S.ISSUED: frozenset({S.PRINTED}),
    S.PRINTED: frozenset({S.COLLECTED, S.ISSUED}),
    S.COLLECTED: frozenset(),
}
# Whom everybody waits for in a state; only the resident's turn stops the office's clock.
RESIDENT, OFFICE = "RESIDENT", "DISPENDUKCAPIL"
DONE = frozenset({S.ISSUED, S.PRINTED, S.COLLECTED})


@dataclass(frozen=True)
class Step:
    """One arrival at a state. `note` says in the reviewer's words what to do."""

    state: State
    at: datetime
    office: str
    reason: str
    note: str


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


def turn_of(state: State, kecamatan: str) -> str:
    """The one party whose turn it is; empty when nothing is left to do."""
    match state:
        case State.RETURNED | State.PRINTED:
            return RESIDENT
        case State.ISSUED:
            return f"KECAMATAN:{kecamatan}"
        case State.COLLECTED:
            return ""
        case _:
            return OFFICE


def clock(*, steps: Sequence[Step], limit_minutes: int, calendar: Calendar, now: datetime) -> Clock:
    """Count an application's time from its steps, oldest first.

    Facts: it runs from the submission to the issue and stands still while the resident is waited for.
    """
    used = paused = 0
    for step, end in zip(steps, [*(later.at for later in steps[1:]), now], strict=True):
        minutes = working_minutes_between(step.at, end, calendar)
        if step.state == S.RETURNED:
            paused += minutes
        elif step.state not in DONE:
            used += minutes
    state = steps[-1].state
    is_running = state not in DONE and state != S.RETURNED
    return Clock(
        used_minutes=used,
        limit_minutes=limit_minutes,
        paused_minutes=paused,
        waiting_for=RESIDENT if state == S.RETURNED else "",
        is_running=is_running,
        due_at=_due(steps, paused, limit_minutes, calendar) if is_running else None,
    )


def _due(steps: Sequence[Step], paused: int, limit_minutes: int, calendar: Calendar) -> datetime:
    return add_working_minutes(steps[0].at, limit_minutes + paused, calendar)
