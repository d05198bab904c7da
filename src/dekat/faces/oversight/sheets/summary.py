"""The four figures of the first page and the months behind them; counts of residents are of whole months."""

from dataclasses import dataclass

from dekat.faces.oversight.figures import Cell
from dekat.faces.oversight.period_words import in_words
from dekat.faces.oversight.scope import Scope
from dekat.reports.open_counts import ALL_SERVICES, EVERYWHERE, OUTSIDE_TOWN
from dekat.reports.period import Period, last_month
from dekat.reports.served import Service
from dekat.reports.trips import avoided, unserved
from dekat.reports.usage import Usage, read_usage

MONTHS = 12


@dataclass(frozen=True)
class Summary:
    """What residents did not have to travel for in the newest whole month, and what they still must."""

    month: str
    recorded: Cell
    recorded_before: Cell
    trips: Cell
    metres: Cell
    unserved: int
    months: tuple[tuple[str, Cell], ...]


def summary(scope: Scope) -> Summary:
    """The figures of the newest whole month; recordings of a year of months."""
    month = last_month(scope.now.astimezone(scope.zone).date())
    months = [month]
    while len(months) < MONTHS:
        months.insert(0, months[0].before)
    found = read_usage(months[0], months[-1], now=scope.now, zone=scope.zone)
    saved = avoided(found.served.within(month), list(scope.names))
    trips, metres = sum(one.trips for one in saved), sum(one.metres or 0 for one in saved)
    return Summary(
        month=in_words(month),
        recorded=_recorded(found, scope, month),
        recorded_before=_recorded(found, scope, month.before),
        trips=scope.people(trips, (ALL_SERVICES, OUTSIDE_TOWN), span=month),
        metres=scope.people(metres, (ALL_SERVICES, OUTSIDE_TOWN), span=month),
        unserved=unserved(kecamatan=list(scope.names), at=scope.now),
        months=tuple((in_words(one), _recorded(found, scope, one)) for one in months),
    )


def _recorded(found: Usage, scope: Scope, month: Period) -> Cell:
    return scope.people(found.count(Service.RECORDED, month), (Service.RECORDED, EVERYWHERE), span=month)
