"""Where a resident can be recorded, or a document printed, today: what devices and stations showed themselves.

Nobody is sent to a dead machine: a set that was used last week and is broken, diverted, without ribbon or silent today
does not serve today, whatever the turn engine says of the week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.accounts import queries as accounts
from dekat.areas import distances
from dekat.areas import queries as areas
from dekat.areas.working_calendar import regency_calendar
from dekat.duties import queries as duties
from dekat.duties.chain import Unmet
from dekat.duties.rulebook import rulebook
from dekat.duties.turn import Answer, State
from dekat.ledger import queries as ledger
from dekat.readings.kinds import OPENED, PROBED, USED

RECORD, PRINT = "RECORDER", "KK_PRINTER"
_RECENT = timedelta(days=14)
# How far a station's clock may be ahead.
_AHEAD = timedelta(minutes=5)
# A recording needs no line; a document must have arrived before it is printed.
_NEEDED = frozenset({"handed_over", "own_use", "operator", "competent", "power", "fault_free", "consumables", "opened"})
_NEEDED_TO_PRINT = _NEEDED | {"local_network", "centre"}


@dataclass(frozen=True)
class Place:
    """One kecamatan with a set of the kind that was asked for.

    Facts: `is_used` says that people are served there; `is_ready` that only people are missing; neither that its set
    `serial` does not serve today, for the reason `code`. `heard_at` is its station's last sign of life in two weeks,
    `metres` the straight line from where somebody asked.
    """

    name: str
    serial: str
    is_used: bool
    is_ready: bool
    heard_at: datetime | None
    kecamatan: str = ""
    code: str = ""
    party: str = ""
    metres: int | None = None

    @property
    def is_serving(self) -> bool:
        return self.is_used or self.is_ready

    @property
    def km(self) -> int | None:
        return None if self.metres is None else max(1, round(self.metres / 1000))


def places(*, now: datetime, kind: str = RECORD, near: str = "") -> list[Place]:
    """Every kecamatan with a set of a kind: those that serve today first, the nearest of them first.

    Facts: `near` is the kecamatan of the one who asks; without it those in use come first, then by name.
    """
    heard = _last_heard(now)
    today = now.astimezone(regency_calendar().zone).date()
    best: dict[str, Place] = {}
    for answer in duties.answers(as_of=now):
        if answer.kind == kind and answer.kecamatan and not answer.is_written_off:
            name = areas.display_name(answer.kecamatan, today)
            place = _place(answer, name, heard.get(answer.kecamatan), near)
            best[answer.kecamatan] = min(best.get(answer.kecamatan, place), place, key=_order)
    return sorted(best.values(), key=_order)


def serving(found: Sequence[Place], *, beside: str = "", most: int = 3) -> list[Place]:
    """The first places that serve today, without the one beside which somebody stands."""
    return [place for place in found if place.is_serving and place.kecamatan != beside][:most]


def at(found: Sequence[Place], kecamatan: str) -> Place | None:
    """The place of a kecamatan; None where no such set stands."""
    return next((place for place in found if place.kecamatan == kecamatan), None)


def obstacle(answer: Answer) -> str:
    """Why a set does not serve today; empty when it does, or when only people are missing."""
    if answer.state is State.IDLE:
        return "" if answer.link == "demand" else answer.code
    needed = _NEEDED_TO_PRINT if answer.kind == PRINT else _NEEDED
    for link, standing in answer.standings:
        if link in needed and isinstance(standing, Unmet):
            return rulebook(answer.as_of.date()).rules[standing.rule_id].code
    return ""


def _place(answer: Answer, name: str, heard_at: datetime | None, near: str) -> Place:
    code = obstacle(answer)
    is_in_use = answer.state is State.IN_USE and not code
    return Place(
        name=name,
        serial=answer.serial,
        is_used=is_in_use,
        is_ready=not is_in_use and not code,
        heard_at=heard_at,
        kecamatan=answer.kecamatan,
        code=code,
        party=answer.party if code else "",
        metres=_metres(near, answer.kecamatan),
    )


def _metres(near: str, kecamatan: str) -> int | None:
    if near not in distances.centres() or kecamatan not in distances.centres():
        return None
    return distances.metres_between(near, kecamatan)


def _order(place: Place) -> tuple[bool, int, bool, bool, str, str]:
    return (not place.is_serving, place.metres or 0, not place.is_used, not place.is_ready, place.name, place.serial)


def _last_heard(now: datetime) -> dict[str, datetime]:
    """By kecamatan: when its own station last said something about itself."""
    told = ledger.last_told(names=[OPENED, PROBED, USED])
    return {
        station.kecamatan: told[station.name]
        for station in accounts.stations()
        if station.name in told and now - _RECENT <= told[station.name] <= now + _AHEAD
    }
