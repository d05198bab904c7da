"""One device: the answer, who held the turn day by day with the money, the register's card, the evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.areas.working_calendar import regency_calendar, regency_day
from dekat.duties import queries as duties
from dekat.duties.days import Run, days_by_party, idle_runs, lost_by_party
from dekat.duties.explain import Explanation, Pass, explain
from dekat.equipment import queries as equipment
from dekat.equipment.queries import ContractCard, DeviceCard
from dekat.kernel.rupiah import Rupiah
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.reports.oversight import Line, line
from dekat.reports.parties import party_name, places

SHOWN_PASSES = 8


@dataclass(frozen=True)
class PartyShare:
    """Days and money of one party."""

    party: str
    name: str
    days: int
    lost: Rupiah
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class DevicePage:
    """Everything about one device at one instant. `runs` are its present idle days (or the last ones)."""

    line: Line
    device: DeviceCard | None
    contract: ContractCard | None
    runs: tuple[Run, ...]
    shares: tuple[PartyShare, ...]
    evidence: tuple[SignedEvent, ...]
    why: Explanation
    events: Mapping[UUID, SignedEvent]
    names: dict[str, str]

    @property
    def passes(self) -> tuple[Pass, ...]:
        """How the turn went since the device last worked: the newest passes, newest first."""
        return tuple(reversed(self.why.recent[-SHOWN_PASSES:]))

    @property
    def hidden_passes(self) -> int:
        return len(self.why.recent) - len(self.passes)


def device_page(serial: str, *, now: datetime) -> DevicePage | None:
    """The page of a device; None when no device has this serial number."""
    answer = duties.answer(serial, as_of=now)
    if answer is None:
        return None
    zone, names = regency_calendar().zone, places(regency_day(now))
    runs = idle_runs(answer, zone, since=answer.since) if answer.is_idle else idle_runs(answer, zone)
    days, lost = days_by_party(runs), lost_by_party(answer, runs, zone)
    card = equipment.device(serial)
    shares = [
        PartyShare(
            party=party,
            name=party_name(party, names),
            days=count,
            lost=lost.get(party, Rupiah(0)),
            runs=tuple(run for run in runs if run.party == party),
        )
        for party, count in sorted(days.items(), key=lambda pair: -pair[1])
    ]
    why = explain(answer)
    contract = equipment.contract(answer.contract)
    shown = dict.fromkeys((*answer.evidence, *((contract.event_id,) if contract else ())))
    named = (*shown, *(event for link in why.links for event in link.events), *_acts(why))
    events = {event.id: event for event in ledger.by_ids(list(dict.fromkeys(named)))}
    evidence = {event_id: events[event_id] for event_id in shown if event_id in events}
    evidence |= {event.id: event for event in _open_questions(answer.kecamatan)}
    return DevicePage(
        line=line(answer, names, [], now),
        device=card,
        contract=contract,
        runs=tuple(runs),
        shares=tuple(shares),
        evidence=tuple(sorted(evidence.values(), key=lambda event: event.occurred_at, reverse=True)),
        why=why,
        events=events,
        names=names,
    )


def _acts(why: Explanation) -> list[UUID]:
    return [one.act for one in why.recent if one.act]


def _open_questions(kecamatan: str) -> list[SignedEvent]:
    """What the kecamatan asked and nobody answered."""
    subject = f"kecamatan:{kecamatan}"
    answers = ledger.events(names=["duties.question.answered"], subject=subject)
    answered = {event.data.get("question") for event in answers}
    asked = ledger.events(names=["duties.question.asked"], subject=subject)
    return [event for event in asked if event.data.get("question") not in answered]
