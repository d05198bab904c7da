"""Pure decisions of the desk: which moves are allowed, who is next, how long somebody waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dekat.desk.states import AppointmentState, Priority, Service, TicketState

T, A = TicketState, AppointmentState
MOVES: dict[TicketState, frozenset[TicketState]] = {
    T.WAITING: frozenset({T.CALLED, T.CANCELLED}),
    T.CALLED: frozenset({T.SERVING, T.NO_SHOW, T.PARKED, T.TRANSFERRED, T.WAITING}),
    T.SERVING: frozenset({T.DONE, T.PARKED, T.TRANSFERRED}),
    T.PARKED: frozenset({T.CALLED, T.WAITING, T.NO_SHOW, T.CANCELLED}),
    T.NO_SHOW: frozenset({T.WAITING}),
    T.TRANSFERRED: frozenset({T.CALLED, T.CANCELLED}),
    T.DONE: frozenset(),
    T.CANCELLED: frozenset(),
}
# What the residents do or do not do is a fact, and a fact beats a plan: somebody whose appointment was cancelled or
# missed may still come.
APPOINTMENT_MOVES: dict[AppointmentState, frozenset[AppointmentState]] = {
    A.BOOKED: frozenset({A.RECEIVED, A.ARRIVED, A.MISSED, A.CANCELLED}),
    A.RECEIVED: frozenset({A.ARRIVED, A.MISSED, A.CANCELLED}),
    A.MISSED: frozenset({A.ARRIVED}),
    A.CANCELLED: frozenset({A.ARRIVED}),
    A.ARRIVED: frozenset(),
}
LETTERS: dict[Service, str] = {Service.RECORD: "A", Service.KK: "B", Service.COLLECT: "C", Service.OTHER: "D"}
IN_LINE = frozenset({T.WAITING, T.TRANSFERRED})
AT_COUNTER = frozenset({T.CALLED, T.SERVING})
OPEN = frozenset({T.WAITING, T.TRANSFERRED, T.CALLED, T.SERVING, T.PARKED})
# So many who go ahead are called in a row while others wait; then one of the others is. Nobody waits for ever.
MOST_AHEAD_IN_A_ROW = 2
# An appointment keeps its turn so long after its time.
GRACE = timedelta(minutes=30)
# Fewer than these served today say nothing about how long one takes.
_LEAST_SERVED = 3


@dataclass(frozen=True)
class Waiting:
    """One who waits.

    Facts: `since` is when the ticket was taken, or when its owner came back; `slot_at` the time of an appointment that
    was kept, None for others.
    """

    id: UUID
    priority: str
    since: datetime
    slot_at: datetime | None = None


def may_move(source: TicketState, to: TicketState) -> bool:
    """Whether a ticket may go from one state to another."""
    return to in MOVES[source]


def goes_ahead(one: Waiting, *, now: datetime) -> bool:
    """Whether somebody goes ahead of the others: a reason for priority, or an appointment whose time has come.

    Facts: who comes before the time of the appointment waits like everybody else until then.
    Law: uu-25-2009-29
    """
    return one.priority != Priority.NONE or (one.slot_at is not None and one.slot_at <= now)


def fair_order(waiting: Iterable[Waiting], *, ahead_in_a_row: int, now: datetime) -> list[Waiting]:
    """In which order those who wait will be called, if nobody else comes.

    Facts: `ahead_in_a_row` counts those called last who went ahead, back to the last who did not. Among those who go
    ahead, and among the others, who is entitled longer is first; after two who went ahead one of the others is called.
    """
    line = sorted(waiting, key=lambda one: (_entitled_at(one, now), one.id))
    ahead = [one for one in line if goes_ahead(one, now=now)]
    others = [one for one in line if not goes_ahead(one, now=now)]
    order, run = list[Waiting](), ahead_in_a_row
    while ahead or others:
        is_turn_of_others = bool(others) and (not ahead or run >= MOST_AHEAD_IN_A_ROW)
        order.append((others if is_turn_of_others else ahead).pop(0))
        run = 0 if is_turn_of_others else run + 1
    return order


def _entitled_at(one: Waiting, now: datetime) -> datetime:
    """Since when somebody is entitled to be called: a kept appointment not before its time."""
    if one.slot_at is None or one.slot_at > now or one.priority != Priority.NONE:
        return one.since
    return max(one.since, one.slot_at)


def run_of(called_ahead: Sequence[bool]) -> int:
    """How many went ahead in a row; the last call comes first in `called_ahead`."""
    return next((place for place, went_ahead in enumerate(called_ahead) if not went_ahead), len(called_ahead))


def mean(spans: Sequence[timedelta]) -> timedelta | None:
    """The mean of what was measured; None when nothing was."""
    return sum(spans, timedelta()) / len(spans) if spans else None


def estimated_wait(*, ahead_count: int, services: Sequence[timedelta], counter_count: int) -> timedelta | None:
    """How long somebody will wait behind so many, by how long today's services took; None when too few are known."""
    if len(services) < _LEAST_SERVED:
        return None
    took = mean(services) or timedelta()
    return took * ahead_count / max(1, counter_count)


def is_missed(*, slot_at: datetime, now: datetime) -> bool:
    """Whether an appointment's time is over."""
    return now >= slot_at + GRACE
