"""Where a resident can be recorded: what the devices and stations showed themselves, not what anybody reported."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.accounts import queries as accounts
from dekat.areas import queries as areas
from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.turn import Answer
from dekat.ledger import queries as ledger
from dekat.readings.kinds import OPENED, PROBED, USED

_RECENT = timedelta(days=14)
# How far a station's clock may be ahead.
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Place:
    """One kecamatan with a recorder.

    Facts: `is_used` says that people are recorded there; `is_ready` that only people are missing; neither that its
    recorder `serial` stands idle for another reason. `heard_at` is its station's last sign of life in two weeks.
    """

    name: str
    serial: str
    is_used: bool
    is_ready: bool
    heard_at: datetime | None
    kecamatan: str = ""

    @property
    def is_serving(self) -> bool:
        return self.is_used or self.is_ready


def places(*, now: datetime) -> list[Place]:
    """Every kecamatan with a recorder: those in use first, then those that are ready, then by name."""
    heard = _last_heard(now)
    today = now.astimezone(regency_calendar().zone).date()
    best: dict[str, Place] = {}
    for answer in duties.answers(as_of=now):
        if answer.kind == "RECORDER" and answer.kecamatan and not answer.is_written_off:
            place = _place(answer, areas.display_name(answer.kecamatan, today), heard.get(answer.kecamatan))
            best[answer.kecamatan] = min(best.get(answer.kecamatan, place), place, key=_order)
    return sorted(best.values(), key=_order)


def _place(answer: Answer, name: str, heard_at: datetime | None) -> Place:
    is_used = answer.is_in_use
    return Place(name, answer.serial, is_used, not is_used and answer.link == "demand", heard_at, answer.kecamatan)


def _order(place: Place) -> tuple[bool, bool, str, str]:
    return (not place.is_used, not place.is_ready, place.name, place.serial)


def _last_heard(now: datetime) -> dict[str, datetime]:
    """By kecamatan: when its own station last said something about itself."""
    told = ledger.last_told(names=[OPENED, PROBED, USED])
    return {
        station.kecamatan: told[station.name]
        for station in accounts.stations()
        if station.name in told and now - _RECENT <= told[station.name] <= now + _AHEAD
    }
