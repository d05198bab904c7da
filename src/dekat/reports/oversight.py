"""The regency at a glance: which devices work, which stand idle, whose turn it is, what it costs."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.days import cost_per_day, idle_days, idle_runs, lost_by_party, total
from dekat.duties.turn import Answer
from dekat.equipment import queries as equipment
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.readings.queries import Used
from dekat.reports.parties import party_name, places

PERIOD_DAYS, WEEKS, TOWN = 30, 12, "35.11.11"


@dataclass(frozen=True)
class Line:
    """One device with everything a list says of it."""

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
    use_count: int
    used_percent: int
    weeks: tuple[int, ...]

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
    capture_count: int
    capture_count_before: int
    trips_avoided: int
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
        order = {"bad": 0, "warn": 1, "ok": 2}
        return sorted(self.idle, key=lambda line: (order[line.urgency], -line.idle_days, line.serial))

    @property
    def without(self) -> list[tuple[str, str]]:
        """The kecamatan that have no device of the kind: code and name."""
        having = {line.kecamatan for line in self.lines}
        return [(code, name) for code, name in self.names.items() if code not in having]

    @property
    def by_party(self) -> list[tuple[str, int]]:
        """How many turns each party holds now, most first."""
        return Counter(line.party for line in self.idle).most_common()


def overview(*, now: datetime, kind: str = "RECORDER") -> Overview:
    """Everything the summary page says, counted from the evidence."""
    names = places(now.date())
    span = timedelta(days=PERIOD_DAYS)
    uses = readings.uses(since=now - timedelta(weeks=WEEKS), until=now)
    by_serial: dict[str, list[Used]] = defaultdict(list)
    for use in uses:
        by_serial[use.serial].append(use)
    lines = tuple(
        line(answer, names, by_serial[answer.serial], now)
        for answer in duties.answers(as_of=now)
        if answer.kind == kind and not answer.is_written_off
    )
    place_of = {found.serial: found.kecamatan for found in lines}
    captures = [use for use in uses if use.serial in place_of]
    recent = [use for use in captures if use.at >= now - span]
    claims = [claim.value for claim in equipment.claims() if claim.kind == kind]
    return Overview(
        as_of=now,
        since=(now - span).astimezone(regency_calendar().zone).date(),
        lines=lines,
        names=names,
        capture_count=sum(use.count for use in recent),
        capture_count_before=sum(use.count for use in captures if now - 2 * span <= use.at < now - span),
        trips_avoided=sum(use.count for use in recent if place_of[use.serial] != TOWN),
        lost=total([found.lost for found in lines]),
        price=Rupiah(sum(found.answer.price_sen for found in lines)),
        counted=equipment.counted(kind),
        claimed=claims[-1] if claims else None,
    )


def open_turns(*, now: datetime) -> int:
    """How many recorders stand idle, each with somebody's turn."""
    return sum(answer.is_idle for answer in duties.answers(as_of=now) if answer.kind == "RECORDER")


def line(answer: Answer, names: dict[str, str], uses: list[Used], now: datetime) -> Line:
    """What a list says of one device."""
    zone = regency_calendar().zone
    runs = idle_runs(answer, zone, since=answer.since) if answer.is_idle else []
    due = answer.due_at.astimezone(zone).date() if answer.due_at else None
    return Line(
        serial=answer.serial,
        kind=answer.kind,
        kecamatan=answer.kecamatan,
        place=names.get(answer.kecamatan, answer.kecamatan) or "Gudang Dispendukcapil",
        answer=answer,
        party=party_name(answer.party, names) if answer.party else "",
        is_idle=answer.is_idle,
        idle_days=idle_days(answer, zone),
        days_left=(due - now.astimezone(zone).date()).days if due else None,
        lost=total(list(lost_by_party(answer, runs, zone).values())),
        per_day=cost_per_day(answer),
        use_count=sum(use.count for use in uses if use.at >= now - timedelta(days=PERIOD_DAYS)),
        used_percent=_used_percent(uses, now),
        weeks=_weeks(uses, now),
    )


def _used_percent(uses: list[Used], now: datetime) -> int:
    """Working days of the period on which the device was used, in percent; today counts once it was used."""
    calendar = regency_calendar()
    today = now.astimezone(calendar.zone).date()
    used = {use.at.astimezone(calendar.zone).date() for use in uses}
    days = [today - timedelta(days=back) for back in range(PERIOD_DAYS + 1)]
    working = {day for day in days if calendar.is_working_day(day) and (day != today or day in used)}
    return len(used & working) * 100 // len(working) if working else 0


def _weeks(uses: list[Used], now: datetime) -> tuple[int, ...]:
    counts = [0] * WEEKS
    for use in uses:
        back = (now - use.at) // timedelta(weeks=1)
        if 0 <= back < WEEKS:
            counts[WEEKS - 1 - back] += use.count
    return tuple(counts)
