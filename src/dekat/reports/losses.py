"""Days and money lost to idleness in a period, by device and party; what a device cost, and what one use of it cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dekat.duties import queries as duties
from dekat.duties.days import days_by_party, idle_runs, lost_by_party, total
from dekat.duties.turn import Answer
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.readings import queries as readings
from dekat.reports.period import Period
from dekat.reports.served import COUNTED_BY

NOTHING = Rupiah(0)
MAINTAINED = "equipment.maintenance.done"


@dataclass(frozen=True)
class DeviceCost:
    """One device in one period.

    Facts: `worn` is the depreciation of its days in the period, used or not; `lost` the part of it that passed idle;
    `maintenance` what was paid for its upkeep in the period.
    """

    answer: Answer
    worn: Rupiah
    maintenance: Rupiah
    idle_days: int
    lost: Rupiah
    use_count: int
    days_of: Mapping[str, int]
    lost_of: Mapping[str, Rupiah]

    @property
    def per_use(self) -> Rupiah | None:
        """Wear and upkeep for each recording or print; None when there was none."""
        return (self.worn + self.maintenance).share(1, self.use_count) if self.use_count else None


@dataclass(frozen=True)
class PartyLoss:
    """What passed while one party held the turn: days of devices, and money."""

    party: str
    days: int
    lost: Rupiah
    device_count: int


def device_costs(period: Period, *, now: datetime, zone: ZoneInfo) -> list[DeviceCost]:
    """Every device that stood in the period, by serial number; what was written off before it is left out."""
    since, until = period.starts_at(zone), period.as_of(now, zone)
    uses: Counter[str] = Counter()
    answers = duties.answers(as_of=until)
    kinds = {answer.serial: answer.kind for answer in answers}
    for use in readings.use_days(since=since, until=until, zone=zone):
        if (kinds.get(use.serial, ""), use.use) in COUNTED_BY:
            uses[use.serial] += use.count
    upkeep = _maintenance(since, until)
    stood = [answer for answer in answers if not (answer.is_written_off and answer.since <= since)]
    return [device_cost(answer, since, zone, uses[answer.serial], upkeep[answer.serial]) for answer in stood]


def device_cost(
    answer: Answer, since: datetime, zone: ZoneInfo, use_count: int = 0, upkeep: Rupiah = NOTHING
) -> DeviceCost:
    """What one device cost from an instant to the one of its answer."""
    runs = idle_runs(answer, zone, since=max(since, answer.history[0].start))
    lost = lost_by_party(answer, runs, zone)
    days = days_by_party(runs)
    return DeviceCost(
        answer=answer,
        worn=_worn(answer, since, zone),
        maintenance=upkeep,
        idle_days=sum(days.values()),
        lost=total(list(lost.values())),
        use_count=use_count,
        days_of=days,
        lost_of=lost,
    )


def lost_while_idle(answer: Answer, zone: ZoneInfo) -> Rupiah:
    """What a device that stands idle has lost since it last worked; nothing while it works."""
    runs = idle_runs(answer, zone, since=answer.since) if answer.is_idle else []
    return total(list(lost_by_party(answer, runs, zone).values()))


def by_party(costs: Iterable[DeviceCost]) -> list[PartyLoss]:
    """What each party let pass, the most money first."""
    days: Counter[str] = Counter()
    lost: dict[str, list[Rupiah]] = defaultdict(list)
    devices: Counter[str] = Counter()
    for cost in costs:
        for party, count in cost.days_of.items():
            days[party] += count
            devices[party] += 1
            lost[party].append(cost.lost_of[party])
    found = [PartyLoss(party, count, total(lost[party]), devices[party]) for party, count in days.items()]
    return sorted(found, key=lambda one: (-one.lost.sen, -one.days, one.party))


def _worn(answer: Answer, since: datetime, zone: ZoneInfo) -> Rupiah:
    """Straight-line depreciation of the complete days between, from delivery to the end of the useful life."""
    if answer.delivered_at is None:
        return Rupiah(0)
    begins = answer.delivered_at.astimezone(zone).date()
    first = max(since.astimezone(zone).date(), begins)
    ends = answer.since if answer.is_written_off else answer.as_of
    after = min(ends.astimezone(zone).date(), begins + timedelta(days=answer.life_days))
    return Rupiah(answer.price_sen).share(max((after - first).days, 0), answer.life_days)


def _maintenance(since: datetime, until: datetime) -> dict[str, Rupiah]:
    found: dict[str, Rupiah] = defaultdict(lambda: NOTHING)
    for event in ledger.events(names=[MAINTAINED], since=since, until=until):
        cost = event.data.get("cost_sen")
        if isinstance(cost, int):
            found[event.subject.partition(":")[2]] += Rupiah(cost)
    return found
