"""The events behind one figure, so that anybody who may can count it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dekat.duties import queries as duties
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings.kinds import USED
from dekat.reports.losses import MAINTAINED
from dekat.reports.period import Period
from dekat.reports.served import COUNTED_BY, HANDED_OVER, Service
from dekat.reports.trips import recorded_elsewhere
from dekat.reports.whereabouts import whereabouts

# What figures of applications count: those made in town, and those that still wait for their paper.
WENT, MUST, ELSEWHERE, UPKEEP = "WENT", "MUST", "ELSEWHERE", "UPKEEP"
TRACED = (*(service.value for service in Service), WENT, MUST, ELSEWHERE, UPKEEP)


@dataclass(frozen=True)
class Traced:
    """One event and how much it adds to the figure."""

    event: SignedEvent
    count: int


def events_behind(
    what: str, period: Period, *, kecamatan: str = "", serial: str = "", now: datetime, zone: ZoneInfo
) -> list[Traced]:
    """Every event that a figure counts, oldest first; the counts add up to the figure."""
    since, until = period.starts_at(zone), period.as_of(now, zone)
    if what == Service.CARD_COLLECTED:
        events = ledger.events(names=[HANDED_OVER], since=since, until=until)
        here = f"station-{kecamatan}" if kecamatan else "station-"
        return [Traced(event, 1) for event in events if event.speaker.startswith(here)]
    if what in (WENT, MUST):
        return [Traced(event, 1) for event in _applications(what, since, until, kecamatan)]
    if what == ELSEWHERE:
        return [Traced(event, 1) for event in _elsewhere(since, until, kecamatan)]
    if what == UPKEEP:
        found = ledger.events(names=[MAINTAINED], subject=f"device:{serial}", since=since, until=until)
        return [Traced(event, 1) for event in found]
    return list(_uses(what, since, until, kecamatan, serial, zone))


def _uses(what: str, since: datetime, until: datetime, kecamatan: str, serial: str, zone: ZoneInfo) -> Iterator[Traced]:
    kinds = {answer.serial: answer.kind for answer in duties.answers(as_of=until)}
    places = whereabouts(zone)
    subject = f"device:{serial}" if serial else None
    for event in ledger.events(names=[USED], subject=subject, since=since, until=until):
        device = event.subject.partition(":")[2]
        place = places.on(device, event.occurred_at.astimezone(zone).date())
        service = COUNTED_BY.get((kinds.get(device, ""), str(event.data.get("use"))))
        is_meant = service is not None and what in ("", service.value)
        if is_meant and (serial or (place and kecamatan in ("", place))):
            yield Traced(event, int(str(event.data["count"])))


def _applications(what: str, since: datetime, until: datetime, kecamatan: str) -> list[SignedEvent]:
    asked = ledger.events(names=["cases.application.submitted"], since=since, until=until)
    done = {event.subject for event in ledger.events(names=["cases.application.collected"], since=since, until=until)}
    return [
        event
        for event in asked
        if kecamatan in ("", event.data.get("kecamatan", ""))
        and (event.data.get("channel") == "OFFICE") is (what == WENT)
        and (what == WENT or event.subject not in done)
    ]


def _elsewhere(since: datetime, until: datetime, kecamatan: str) -> list[SignedEvent]:
    wanted = {
        f"recording:{recording}"
        for recording, home in recorded_elsewhere(since=since, until=until)
        if kecamatan in ("", home)
    }
    sealed = ledger.events(names=["enrolment.recording.sealed"], until=until)
    return [event for event in sealed if event.subject in wanted]
