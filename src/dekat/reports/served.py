"""Whom the kecamatan served instead of the town: signed captures, print counters and cards handed over there."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from dekat.duties import queries as duties
from dekat.ledger import queries as ledger
from dekat.readings import queries as readings
from dekat.reports.period import Period
from dekat.reports.whereabouts import Whereabouts, whereabouts

HANDED_OVER = "cards.card.handed_over"


class Service(StrEnum):
    """What is counted: each is one trip to town that a resident did not make."""

    RECORDED = "RECORDED"
    PRINTED = "PRINTED"
    CARD_COLLECTED = "CARD_COLLECTED"


# Which device's counter counts which service; other devices of a set sign the same recording and count nothing.
COUNTED_BY = {("RECORDER", "CAPTURE"): Service.RECORDED, ("KK_PRINTER", "PRINT"): Service.PRINTED}
Counts = Mapping[tuple[Service, str, date], int]


@dataclass(frozen=True)
class Served:
    """Counts by service, kecamatan and day."""

    counts: Counts

    def of(self, service: Service | None = None, *, kecamatan: str = "", days: Period | None = None) -> int:
        """The sum for a service (or all), a kecamatan (or all) and a span (or the whole)."""
        return sum(
            count
            for (found, place, day), count in self.counts.items()
            if (service is None or found is service)
            and (not kecamatan or place == kecamatan)
            and (days is None or days.first <= day < days.after)
        )

    def within(self, days: Period) -> "Served":
        """Only what was served in a span."""
        return Served({key: count for key, count in self.counts.items() if days.first <= key[2] < days.after})

    def by_place(self) -> dict[tuple[Service, str], int]:
        """Sums by service and kecamatan."""
        found: Counter[tuple[Service, str]] = Counter()
        for (service, place, _), count in self.counts.items():
            found[service, place] += count
        return dict(found)

    def by_month(self) -> dict[tuple[Service, str, date], int]:
        """Sums by service, kecamatan and the first day of the month."""
        found: dict[tuple[Service, str, date], int] = defaultdict(int)
        for (service, place, day), count in self.counts.items():
            found[service, place, day.replace(day=1)] += count
        return dict(found)


@dataclass(frozen=True)
class Material:
    """What a span is counted from: uses by day, each device's kind and places, cards that stations handed over."""

    days: Sequence[readings.UseDay]
    kinds: Mapping[str, str]
    places: Whereabouts
    cards: Counts

    @cached_property
    def served(self) -> Served:
        return Served({**count(self.days, self.kinds, self.places), **self.cards})


def read_material(period: Period, *, now: datetime, zone: ZoneInfo) -> Material:
    """Read a span once, up to now."""
    since, until = period.starts_at(zone), period.as_of(now, zone)
    return Material(
        days=readings.use_days(since=since, until=until, zone=zone),
        kinds={answer.serial: answer.kind for answer in duties.answers(as_of=now)},
        places=whereabouts(zone),
        cards=_cards(since, until, zone),
    )


def served(period: Period, *, now: datetime, zone: ZoneInfo) -> Served:
    """Everything that was served in kecamatan in the period, up to now."""
    return read_material(period, now=now, zone=zone).served


def count(days: Iterable[readings.UseDay], kinds: Mapping[str, str], places: Whereabouts) -> Counts:
    """The uses of registered devices, at the kecamatan that held them that day."""
    found: dict[tuple[Service, str, date], int] = defaultdict(int)
    for used in days:
        service = COUNTED_BY.get((kinds.get(used.serial, ""), used.use))
        place = places.on(used.serial, used.day)
        if service and place:
            found[service, place, used.day] += used.count
    return found


def _cards(since: datetime, until: datetime, zone: ZoneInfo) -> Counts:
    """Cards that a station handed over; the office's own counter saves nobody a trip."""
    told = ledger.counts_by_day(name=HANDED_OVER, since=since, until=until, zone=zone)
    split = ((node.partition("-"), day, handed) for (node, day), handed in told.items())
    return {
        (Service.CARD_COLLECTED, place, day): handed for (kind, _, place), day, handed in split if kind == "station"
    }
