"""Where a resident can be served today: which stations were heard from, by the machines' own events."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.accounts import queries as accounts
from dekat.areas import queries as areas
from dekat.kernel.working_time import Calendar
from dekat.ledger import queries as ledger
from dekat.readings.kinds import OPENED, PROBED, USED

_RECENT = timedelta(days=14)


@dataclass(frozen=True)
class Place:
    """One kecamatan with a station. `heard_at` is its last sign of life in two weeks; None: silent."""

    code: str
    name: str
    heard_at: datetime | None
    is_serving: bool


def places(*, calendar: Calendar, now: datetime) -> list[Place]:
    """Every kecamatan with a station: those that serve today first, then by name."""
    today = now.astimezone(calendar.zone).date()
    last_heard: dict[str, datetime] = {}
    for event in ledger.events(names=[OPENED, PROBED, USED], since=now - _RECENT, until=now + timedelta(minutes=5)):
        last_heard[event.node] = max(event.occurred_at, last_heard.get(event.node, event.occurred_at))
    found = []
    for station in accounts.stations():
        heard_at = last_heard.get(station.name)
        is_serving = heard_at is not None and heard_at.astimezone(calendar.zone).date() == today
        name = areas.display_name(station.kecamatan, today)
        found.append(Place(station.kecamatan, name, heard_at, is_serving))
    return sorted(found, key=lambda place: (not place.is_serving, place.name))
