"""Who held the turn, day by day: whole days and money for each party, adding up exactly. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dekat.duties.turn import Answer, State, Stint
from dekat.kernel.clock import as_utc
from dekat.kernel.rupiah import Rupiah


@dataclass(frozen=True)
class Run:
    """Neighbouring days with the same holder, for a bar or a table row. `last_day` is inside the run."""

    party: str
    desk: str
    code: str
    via: str
    first_day: date
    last_day: date
    due_at: datetime | None

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def idle_runs(answer: Answer, zone: ZoneInfo, *, since: datetime | None = None) -> list[Run]:
    """The idle days of a device, each given to whoever held the turn when the day ended.

    Facts: complete days only, from `since` (default: the purchase) to the day before the answer's; days in use are
    left out.
    """
    first = (since or answer.history[0].start).astimezone(zone).date()
    until = answer.as_of.astimezone(zone).date()
    runs: list[Run] = []
    place = 0
    for offset in range((until - first).days):
        day = first + timedelta(days=offset)
        ends = as_utc(datetime.combine(day + timedelta(days=1), time(), zone))
        while place + 1 < len(answer.history) and answer.history[place + 1].start < ends:
            place += 1
        _add(runs, answer.history[place], day)
    return runs


def days_by_party(runs: Sequence[Run]) -> dict[str, int]:
    """Days for each party; their sum is the number of idle days."""
    found: dict[str, int] = {}
    for run in runs:
        found[run.party] = found.get(run.party, 0) + run.days
    return found


def idle_days(answer: Answer, zone: ZoneInfo) -> int:
    """Calendar days since the device was last at work; 0 while in use."""
    if not answer.is_idle:
        return 0
    return (answer.as_of.astimezone(zone).date() - answer.since.astimezone(zone).date()).days


def cost_per_day(answer: Answer) -> Rupiah:
    """What a day of idleness loses: price by useful life, straight line."""
    return Rupiah(answer.price_sen).share(1, answer.life_days)


def lost_by_party(answer: Answer, runs: Sequence[Run], zone: ZoneInfo) -> dict[str, Rupiah]:
    """Depreciation of the idle days for each party; days before delivery and after the useful life cost nothing.

    Facts: the parts add up to the whole: each is what the sum grows by when its party's days are added.
    """
    counted: dict[str, int] = {}
    for run in runs:
        counted[run.party] = counted.get(run.party, 0) + _valued_days(answer, run, zone)
    lost, days, before = {}, 0, Rupiah(0)
    for party, own in counted.items():
        days += own
        after = Rupiah(answer.price_sen).share(days, answer.life_days)
        lost[party], before = Rupiah(after.sen - before.sen), after
    return lost


def lost_in(answer: Answer, run: Run, zone: ZoneInfo) -> Rupiah:
    """Depreciation of one run of days."""
    return Rupiah(answer.price_sen).share(_valued_days(answer, run, zone), answer.life_days)


def _valued_days(answer: Answer, run: Run, zone: ZoneInfo) -> int:
    if answer.delivered_at is None:
        return 0
    begins = answer.delivered_at.astimezone(zone).date()
    ends = begins + timedelta(days=answer.life_days)
    first, after = max(run.first_day, begins), min(run.last_day + timedelta(days=1), ends)
    return max((after - first).days, 0)


def total(amounts: Sequence[Rupiah]) -> Rupiah:
    """The sum of amounts."""
    return Rupiah(sum(amount.sen for amount in amounts))


def _add(runs: list[Run], stint: Stint, day: date) -> None:
    if stint.state is not State.IDLE:
        return
    last = runs[-1] if runs else None
    same = last and (last.party, last.desk, last.code, last.via) == (stint.party, stint.desk, stint.code, stint.via)
    if last and same and last.last_day == day - timedelta(days=1):
        runs[-1] = Run(last.party, last.desk, last.code, last.via, last.first_day, day, stint.due_at)
    else:
        runs.append(Run(stint.party, stint.desk, stint.code, stint.via, day, day, stint.due_at))
