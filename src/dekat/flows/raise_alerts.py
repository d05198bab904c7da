"""Find what somebody must be told: turns, deadlines, questions, instructions, hand-overs, stocks, silence.

Every fact has a key of its own, so each round may find everything again. What stopped being true before anybody was
told is let go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dekat.accounts import queries as accounts
from dekat.alerts import services as alerts
from dekat.alerts.services import NewAlert
from dekat.alerts.states import Kind
from dekat.areas.working_calendar import regency_calendar
from dekat.cards import blanks
from dekat.duties import queries as duties
from dekat.duties.days import idle_days
from dekat.duties.turn import Answer
from dekat.equipment import consumables
from dekat.kernel.canonical import Json
from dekat.kernel.working_time import Calendar, working_minutes_between
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings.kinds import OPENED, PROBED, USED

# Source of these figures: decision here (ADR 0030).
_LOOK_BACK = timedelta(days=14)
_OPEN_TOO_LONG_HOURS, _SILENT_TOO_LONG_HOURS = 24, 16
_BLANK_DAYS = 10
_OFFICE = "DISPENDUKCAPIL"
# What may stop being true while its text waits; the others are facts that stay.
_PASSING = (Kind.TURN, Kind.NEAR, Kind.HANDOVER, Kind.SILENT, Kind.BLANKS)
_EVENTS = (
    "duties.question.asked",
    "duties.question.answered",
    "duties.instruction.issued",
    "equipment.consumable.ran_out",
)


@dataclass(frozen=True)
class Round:
    """One look at everything. `hours` is how many working hours before a deadline its holder is reminded."""

    now: datetime
    hours: int
    calendar: Calendar

    @property
    def since(self) -> datetime:
        return self.now - _LOOK_BACK


def raise_alerts(*, hours: int, now: datetime) -> int:
    """Raise whatever is to be told and was not; give how many facts were new.

    Again: a fact known is not raised again.
    """
    this = Round(now, hours, regency_calendar())
    found = [*_turns(this), *_said(this), *_handovers(this), *_blanks(this), *_shelves(this), *_silent(this)]
    new_count, begun = 0, set[tuple[str, str, str]]()
    for one in found:
        desk = (one.serial, one.party, one.desk)
        # A turn that comes with a near deadline is one fact: its text names the deadline.
        is_new = alerts.raise_alert(new=one, is_over=one.kind == Kind.NEAR and desk in begun, now=now)
        if is_new and one.kind in (Kind.TURN, Kind.MISSED):
            begun.add(desk)
        new_count += is_new
    alerts.drop_stale(kinds=_PASSING, open_ids={one.id for one in found}, now=now)
    return new_count


def _turns(this: Round) -> Iterator[NewAlert]:
    for answer in duties.answers(as_of=this.now):
        if not answer.is_idle or not answer.party:
            continue
        yield from _turn(answer, this)
        if answer.due_at and this.now < answer.due_at:
            left = working_minutes_between(this.now, answer.due_at, this.calendar)
            had = working_minutes_between(answer.held_since, answer.due_at, this.calendar)
            if left <= this.hours * 60 < had:
                yield _of(answer, Kind.NEAR, f"{answer.serial}/{answer.due_at.isoformat()}", this)


def _turn(answer: Answer, this: Round) -> Iterator[NewAlert]:
    """To the holder; after a missed deadline to the one who let it pass as well.

    A line that comes and goes within a day is one fact: the key holds the day, not the instant.
    """
    day = _day(answer.held_since, this)
    key = f"{answer.serial}/{answer.rule_id}/{answer.via}/{day}"
    before = answer.history[-2] if len(answer.history) > 1 else None
    if answer.via != "ESCALATION" or before is None or not before.party:
        yield _of(answer, Kind.TURN, key, this)
        return
    yield _of(answer, Kind.MISSED, key, this, late=before.party)
    yield _of(answer, Kind.LOST, key, this, party=before.party, desk=before.desk, now_with=answer.party)


def _of(
    answer: Answer, kind: Kind, key: str, this: Round, *, party: str = "", desk: str = "", **facts: Json
) -> NewAlert:
    return NewAlert(
        key=key,
        kind=kind,
        party=party or answer.party,
        desk=desk if party else answer.desk,
        serial=answer.serial,
        kecamatan=answer.kecamatan,
        due_at=answer.due_at,
        facts={
            "device": answer.kind,
            "code": answer.code,
            "via": answer.via,
            "idle_days": idle_days(answer, this.calendar.zone),
            **facts,
        },
    )


def _said(this: Round) -> Iterator[NewAlert]:
    for event in ledger.events(names=_EVENTS, since=this.since, until=this.now):
        code = event.subject.partition(":")[2]
        match event.name:
            case "duties.question.asked":
                yield _about(event, Kind.ASKED, str(event.data["to"]), kecamatan=code)
            case "duties.question.answered":
                yield _about(event, Kind.ANSWERED, f"KECAMATAN:{code}", kecamatan=code)
            case "equipment.consumable.ran_out":
                yield _about(event, Kind.SUPPLIES, _OFFICE, serial=code, item=str(event.data["item"]))
            case _:
                to = event.data.get("to")
                for kecamatan in to if isinstance(to, list) else []:
                    for desk in ("OPERATOR", "DISTRICT_HEAD"):
                        yield _about(
                            event, Kind.INSTRUCTION, f"KECAMATAN:{kecamatan}", desk,
                            kecamatan=str(kecamatan), title=str(event.data["title"]),
                        )  # fmt: skip


def _about(
    event: SignedEvent, kind: Kind, party: str, desk: str = "", *, serial: str = "", kecamatan: str = "", **facts: Json
) -> NewAlert:
    return NewAlert(str(event.id), kind, party, desk, serial, kecamatan, None, facts)


def _handovers(this: Round) -> Iterator[NewAlert]:
    """Hand-overs that were offered and neither accepted nor declined for three working days: the giver must ask."""
    names = [f"equipment.handover.{verb}" for verb in ("offered", "accepted", "declined")]
    ended, offered = set[tuple[str, str]](), list[SignedEvent]()
    for event in ledger.events(names=names, until=this.now):
        if event.name.endswith(".offered"):
            offered.append(event)
        else:
            # Two offices may use one number: a device is part of the name of its hand-over.
            ended.add((event.subject, str(event.data.get("bast"))))
    for event in offered:
        age = working_minutes_between(event.occurred_at, this.now, this.calendar)
        if (event.subject, str(event.data.get("bast"))) not in ended and age > _OPEN_TOO_LONG_HOURS * 60:
            serial, bast = event.subject.partition(":")[2], str(event.data.get("bast"))
            yield NewAlert(bast, Kind.HANDOVER, str(event.data["by"]), serial=serial, facts={"bast": bast})


def _blanks(this: Round) -> Iterator[NewAlert]:
    """Card blanks that will not last ten days at the measured pace, or are gone; told once a week."""
    stock = blanks.blank_forecast(now=this.now)
    is_enough = stock.in_stock > 0 and (stock.days_left is None or stock.days_left > _BLANK_DAYS)
    if is_enough or not blanks.blank_balance().received:
        return
    facts: dict[str, Json] = {"left": stock.in_stock, "days": stock.days_left or 0}
    yield NewAlert(_week(this), Kind.BLANKS, _OFFICE, "REGISTRY_HEAD", facts=facts)


def _shelves(this: Round) -> Iterator[NewAlert]:
    """What a kecamatan's shelf will not hold for ten days by its own counts and the machine's prints; once a week."""
    if not ledger.events(names=[consumables.COUNTED], until=this.now, limit=1):
        return
    places = sorted({station.kecamatan for station in accounts.stations() if station.kecamatan})
    for shelf in consumables.shelves(places, now=this.now):
        if shelf.forecast.days_left is not None and shelf.forecast.days_left <= _BLANK_DAYS:
            facts: dict[str, Json] = {"item": str(shelf.item), "days": shelf.forecast.days_left}
            key = f"{shelf.kecamatan}/{shelf.item}/{_week(this)}"
            yield NewAlert(key, Kind.SUPPLIES, _OFFICE, kecamatan=shelf.kecamatan, facts=facts)


def _week(this: Round) -> str:
    year, week, _ = _day(this.now, this).isocalendar()
    return f"{year}-{week}"


def _silent(this: Round) -> Iterator[NewAlert]:
    """Stations that said nothing for two working days: their camat and the office are told."""
    heard = ledger.last_told(names=[OPENED, PROBED, USED])
    for station in accounts.stations():
        last_at = heard.get(station.name)
        # Silent for two weeks and more: the turn engine has long said whose turn that is.
        if last_at is None or last_at < this.since:
            continue
        if working_minutes_between(last_at, this.now, this.calendar) <= _SILENT_TOO_LONG_HOURS * 60:
            continue
        key, facts = f"{station.kecamatan}/{last_at.isoformat()}", {"since": last_at.isoformat()}
        for party, desk in ((f"KECAMATAN:{station.kecamatan}", "DISTRICT_HEAD"), (_OFFICE, "REGISTRY_HEAD")):
            yield NewAlert(key, Kind.SILENT, party, desk, kecamatan=station.kecamatan, facts=dict(facts))


def _day(instant: datetime, this: Round) -> date:
    return instant.astimezone(this.calendar.zone).date()
