"""Which counts of residents the public may see: whole months, quarters and years, decided for a whole year at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dekat.areas.distances import TOWN
from dekat.reports.period import Kind, Period, read_period
from dekat.reports.served import Service, served
from dekat.reports.small_cells import Sum, closed_cells

# The sums that pages show: every service together, every kecamatan, and every kecamatan but the town's own.
ALL_SERVICES, EVERYWHERE, OUTSIDE_TOWN = "", "", "-"
# What is counted, where, and in which month, quarter or year.
Key = tuple[str, str, str]


def closed_in(period: Period, *, places: Sequence[str], now: datetime, zone: ZoneInfo) -> frozenset[Key]:
    """The counts of the period's year that stay closed.

    Facts: decided for the year as a whole, so that no month can be found from a quarter and the other months.
    """
    year = read_period(str(period.first.year))
    return closed(served(year, now=now, zone=zone).by_month(), places=places, year=year)


def may_be_told(period: Period, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether counts of residents may be told at all: of whole months that are over, never of chosen days."""
    return period.kind is not Kind.CUSTOM and period.is_over(now, zone)


def closed(counts: Mapping[tuple[Service, str, date], int], *, places: Sequence[str], year: Period) -> frozenset[Key]:
    """The keys of the year's counts that stay closed."""
    return _closed(tuple(sorted(counts.items())), tuple(places), year)


@lru_cache(maxsize=8)
def _closed(
    counts: tuple[tuple[tuple[Service, str, date], int], ...], places: tuple[str, ...], year: Period
) -> frozenset[Key]:
    values: Counter[Key] = Counter()
    for (service, place, month), count in counts:
        for what in (service.value, ALL_SERVICES):
            for where in (place, EVERYWHERE, *(() if place == TOWN else (OUTSIDE_TOWN,))):
                for when in _spans(month):
                    values[what, where, when] += count
    return closed_cells(values, _sums(places, year))


def _spans(month: date) -> tuple[str, str, str]:
    return f"{month:%Y-%m}", f"{month.year}-K{(month.month + 2) // 3}", str(month.year)


@lru_cache(maxsize=8)
def _sums(places: tuple[str, ...], year: Period) -> list[Sum[Key]]:
    whats = [ALL_SERVICES, *(service.value for service in Service)]
    months = [f"{month.first:%Y-%m}" for month in year.months()]
    quarters = [f"{year.first.year}-K{number}" for number in range(1, 5)]
    outside = [place for place in places if place != TOWN]
    sums: list[Sum[Key]] = []
    for when in (*months, *quarters, year.key):
        sums += [
            Sum((ALL_SERVICES, where, when), tuple((what, where, when) for what in whats[1:]))
            for where in (*places, OUTSIDE_TOWN, EVERYWHERE)
        ]
        for what in whats:
            sums.append(Sum((what, OUTSIDE_TOWN, when), tuple((what, place, when) for place in outside)))
            sums.append(Sum((what, EVERYWHERE, when), ((what, OUTSIDE_TOWN, when), (what, TOWN, when))))
    for what in whats:
        for where in (*places, OUTSIDE_TOWN, EVERYWHERE):
            for number, quarter in enumerate(quarters):
                parts = tuple((what, where, month) for month in months[number * 3 : number * 3 + 3])
                sums.append(Sum((what, where, quarter), parts, is_total_first=True))
            parts = tuple((what, where, quarter) for quarter in quarters)
            sums.append(Sum((what, where, year.key), parts, is_total_first=True))
    return sums
