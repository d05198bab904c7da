"""What a hearing will speak about, filled from the log; and what a site visit saw beside what machines measured."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.areas.working_calendar import regency_calendar, regency_day
from dekat.duties import queries as duties
from dekat.duties.days import total
from dekat.duties.hearings import Finding, Found, HearingCard, VisitCard, hearings
from dekat.duties.obligations import Source, State
from dekat.duties.queries import QuestionCard
from dekat.duties.turn import Answer
from dekat.equipment import queries as equipment
from dekat.equipment.finding import disputes
from dekat.equipment.kinds import Metric
from dekat.equipment.queries import ClaimCard
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.reports.losses import lost_while_idle
from dekat.reports.obligations import Duty, all_duties
from dekat.reports.parties import party_name, places

MONTHS = 3


@dataclass(frozen=True)
class Claimed:
    """What somebody asserted beside what is counted."""

    claim: ClaimCard
    by: str
    counted: int

    @property
    def is_money(self) -> bool:
        """Whether both figures are whole rupiah, not pieces."""
        return self.claim.metric == Metric.TOTAL_PRICE


@dataclass(frozen=True)
class MonthlyUse:
    """How often the devices of a kecamatan worked in each of the last months, by signed captures and prints."""

    place: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Agenda:
    """What is open at one instant between the called parties; `others` counts the turns of those not called."""

    as_of: datetime
    turns: tuple[Duty, ...]
    overdue: tuple[Duty, ...]
    running: tuple[Duty, ...]
    questions: tuple[QuestionCard, ...]
    claims: tuple[Claimed, ...]
    former: HearingCard | None
    former_results: tuple[Duty, ...]
    results: tuple[Duty, ...]
    others: int
    names: dict[str, str]


def agenda(card: HearingCard, *, now: datetime) -> Agenda:
    """The agenda of a hearing: as it stood when it was held, or as it stands now."""
    as_of = card.held_at or now
    names, found = places(regency_day(as_of)), all_duties(now=as_of)
    called = [duty for duty in found if duty.concerns(card.parties) and not duty.is_over]
    former = next((one for one in hearings() if one.held_at and one.at < card.at and one.id != card.id), None)
    # What became of resolutions is always told as of today.
    today = found if as_of == now else all_duties(now=now)
    told_apart = {card.id, former.id if former else ""} - {""}
    by_word = [duty for duty in called if duty.card and duty.card.hearing not in told_apart]
    return Agenda(
        as_of=as_of,
        turns=tuple(duty for duty in called if duty.source is Source.RULE),
        overdue=tuple(duty for duty in by_word if duty.state is State.MISSED),
        running=tuple(duty for duty in by_word if duty.state is not State.MISSED),
        questions=tuple(one for one in duties.questions(is_open=True) if one.asked_at <= as_of),
        claims=tuple(Claimed(one.claim, party_name(one.claim.by, names), one.counted) for one in disputes()),
        former=former,
        former_results=decided_at(former.id, today) if former else (),
        results=decided_at(card.id, today),
        others=sum(duty.source is Source.RULE and not duty.concerns(card.parties) for duty in found),
        names=names,
    )


def decided_at(hearing_id: str, found: list[Duty]) -> tuple[Duty, ...]:
    """The obligations that a hearing decided."""
    return tuple(duty for duty in found if duty.card and duty.card.hearing == hearing_id)


def months_before(now: datetime) -> list[date]:
    """The first days of the last months, the present one included, and of the next one."""
    today = now.astimezone(regency_calendar().zone).date()
    count = today.year * 12 + today.month - MONTHS
    return [date((count + ahead) // 12, (count + ahead) % 12 + 1, 1) for ahead in range(MONTHS + 1)]


def monthly_use(*, now: datetime) -> list[MonthlyUse]:
    """Captures and prints of each kecamatan by month."""
    zone, firsts = regency_calendar().zone, months_before(now)
    where = {device.serial: device.kecamatan for device in equipment.devices()}
    since = datetime.combine(firsts[0], datetime.min.time(), zone)
    days = readings.use_days(since=since, until=now, zone=zone)
    found = []
    for code, name in places(regency_day(now)).items():
        counts = [0] * MONTHS
        for one in days:
            if where.get(one.serial) == code:
                counts[sum(one.day >= first for first in firsts[1:MONTHS])] += one.count
        found.append(MonthlyUse(name, tuple(counts)))
    return found


def idle_cost(agenda: Agenda) -> Rupiah:
    """What the idle devices of the agenda lost since they stand idle."""
    zone = regency_calendar().zone
    serials = {duty.serial for duty in (*agenda.turns, *agenda.overdue, *agenda.running)}
    answers = [one for one in duties.answers(as_of=agenda.as_of) if one.serial in serials]
    return total([lost_while_idle(answer, zone) for answer in answers])


@dataclass(frozen=True)
class Seen:
    """One device: what the visitors found, and what the system held at that hour."""

    finding: Finding
    answer: Answer | None
    party: str
    used_that_day: int

    @property
    def agrees(self) -> bool | None:
        """Whether both say the same; None where the system knows no such device."""
        if self.answer is None:
            return None
        return (self.finding.state is Found.WORKING) is not self.answer.is_idle


def seen(card: VisitCard, names: dict[str, str]) -> list[Seen]:
    """Each finding beside what was measured."""
    zone = regency_calendar().zone
    day = card.at.astimezone(zone).date()
    since = datetime.combine(day, datetime.min.time(), zone)
    answers = {one.serial: one for one in duties.answers(as_of=card.at)}
    found = []
    for finding in card.findings:
        answer = answers.get(finding.serial)
        uses = readings.use_days(since=since, until=since + timedelta(days=1), zone=zone, serial=finding.serial)
        party = party_name(answer.party, names) if answer and answer.party else ""
        found.append(Seen(finding, answer, party, sum(use.count for use in uses)))
    return found
