"""The regency at a glance: which devices work, which stand idle, whose turn it is, what it costs."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.areas.working_calendar import regency_calendar, regency_day
from dekat.duties import queries as duties
from dekat.duties.days import cost_per_day, idle_days, total
from dekat.duties.turn import Answer
from dekat.equipment import queries as equipment
from dekat.equipment.kinds import Metric
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.readings.queries import UseDay
from dekat.reports.losses import lost_while_idle
from dekat.reports.parties import STORE, party_name, places

PERIOD_DAYS, WEEKS = 30, 12
_ORDER = {"bad": 0, "warn": 1, "ok": 2}


@dataclass(frozen=True)
class Line:
    """One device with everything a list says of it.

    Facts: `used_days` of `working_days` in the last 30 days; `weeks` are the days of use in each of the last 12 weeks.
    No count of residents is here: a list is open to anybody.
    """

    serial: str
    kind: str
    kecamatan: str
    place: str
    answer: Answer
    party: str
    is_idle: bool
    idle_days: int
    days_left: int | None
    lost: Rupiah
    per_day: Rupiah
    used_days: int
    working_days: int
    weeks: tuple[int, ...]

    @property
    def used_percent(self) -> int:
        return self.used_days * 100 // self.working_days if self.working_days else 0

    @property
    def missed(self) -> tuple[str, ...]:
        """The parties that let a deadline of this turn pass, each once."""
        return tuple(dict.fromkeys(self.answer.missed))

    @property
    def urgency(self) -> str:
        """`bad` when the deadline passed or the turn rose, `warn` within three days, else `ok`."""
        if self.answer.missed or (self.days_left is not None and self.days_left < 0):
            return "bad"
        return "warn" if self.days_left is not None and self.days_left <= 3 else "ok"


@dataclass(frozen=True)
class Overview:
    """The regency's answer at one instant, for one kind of device."""

    as_of: datetime
    since: date
    lines: tuple[Line, ...]
    names: dict[str, str]
    lost: Rupiah
    price: Rupiah
    counted: int
    claimed: int | None

    @property
    def idle(self) -> list[Line]:
        return [line for line in self.lines if line.is_idle]

    @property
    def working(self) -> list[Line]:
        return [line for line in self.lines if not line.is_idle]

    @property
    def rank(self) -> list[Line]:
        """Idle devices, the most urgent first."""
        return sorted(self.idle, key=lambda line: (_ORDER[line.urgency], -line.idle_days, line.serial))

    @property
    def without(self) -> list[tuple[str, str]]:
        """The kecamatan that have no device of the kind: code and name."""
        having = {line.kecamatan for line in self.lines}
        return [(code, name) for code, name in self.names.items() if code not in having]

    @property
    def by_party(self) -> list[tuple[str, int]]:
        """How many turns each party holds now, most first."""
        return Counter(line.party for line in self.idle).most_common()


def overview(*, now: datetime, kind: str = "RECORDER", kecamatan: str = "") -> Overview:
    """Everything a list of devices says, counted from the evidence; of one kecamatan or all."""
    names, zone = places(regency_day(now)), regency_calendar().zone
    by_serial: dict[str, list[UseDay]] = defaultdict(list)
    for use in readings.use_days(since=now - timedelta(weeks=WEEKS), until=now, zone=zone):
        by_serial[use.serial].append(use)
    lines = tuple(
        line(answer, names, by_serial[answer.serial], now)
        for answer in duties.answers(as_of=now)
        if answer.kind == kind and not answer.is_written_off and kecamatan in ("", answer.kecamatan)
    )
    said = [claim for claim in equipment.claims() if claim.metric == Metric.DEVICES_HANDED_OVER]
    claims = [claim.value for claim in said if claim.kind == kind]
    return Overview(
        as_of=now,
        since=(now - timedelta(days=PERIOD_DAYS)).astimezone(zone).date(),
        lines=lines,
        names=names,
        lost=total([found.lost for found in lines]),
        price=Rupiah(sum(found.answer.price_sen for found in lines)),
        counted=equipment.counted(kind),
        claimed=claims[-1] if claims else None,
    )


def line(answer: Answer, names: dict[str, str], uses: Sequence[UseDay], now: datetime) -> Line:
    """What a list says of one device."""
    zone = regency_calendar().zone
    due = answer.due_at.astimezone(zone).date() if answer.due_at else None
    today, used = now.astimezone(zone).date(), {use.day for use in uses}
    working = _working_days(today, used)
    return Line(
        serial=answer.serial,
        kind=answer.kind,
        kecamatan=answer.kecamatan,
        place=names.get(answer.kecamatan, answer.kecamatan) or STORE,
        answer=answer,
        party=party_name(answer.party, names) if answer.party else "",
        is_idle=answer.is_idle,
        idle_days=idle_days(answer, zone),
        days_left=(due - today).days if due else None,
        lost=lost_while_idle(answer, zone),
        per_day=cost_per_day(answer),
        used_days=len(used & working),
        working_days=len(working),
        weeks=_weeks(today, used),
    )


def _working_days(today: date, used: set[date]) -> set[date]:
    """The working days of the period; today counts once it was used."""
    days = [today - timedelta(days=back) for back in range(PERIOD_DAYS + 1)]
    return {day for day in days if regency_calendar().is_working_day(day) and (day != today or day in used)}


def _weeks(today: date, used: set[date]) -> tuple[int, ...]:
    back = Counter((today - day).days // 7 for day in used)
    return tuple(back[WEEKS - 1 - place] for place in range(WEEKS))
