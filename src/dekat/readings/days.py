"""Readings summed by day beside the log, so that a page of months reads some hundred rows and not all events.

A day about which anything new was said, however late, is counted again from the log; see `ledger.following`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import CharField
from django.db.models.functions import Cast

from dekat.areas.working_calendar import regency_calendar
from dekat.kernel.clock import as_utc
from dekat.ledger import following
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.readings.kinds import PROBED, USED
from dekat.readings.models import ReadingDay
from dekat.readings.rules import is_silence

KIND = "readings"
_FORM = 1
_NAMES = (USED, PROBED)
_SUM = ("subject", "day", "part", "count", "up_count", "silent_count")
_DAY = timedelta(days=1)


def catch_up() -> None:
    """Count again each day of which something new was said; everything when nothing was counted yet."""
    reader = f"{KIND}/{_FORM}.{_zone().key}"[:40]
    new = following.unread(reader)
    if not new:
        return
    if any(one.is_rewritten for one in new) or not following.has_read(reader):
        forget()
        new = following.unread(reader)
    days: dict[str, set[date]] = defaultdict(set)
    for subject, at in following.touched(new, names=_NAMES):
        days[subject].add(at.astimezone(_zone()).date())
    for subject in sorted(days):
        for first, after in spans(sorted(days[subject])):
            _count_again(subject, first, after)
    following.have_read(reader, new)


class Sum(NamedTuple):
    """What one day of a subject's readings adds up to; see `ReadingDay`."""

    subject: str
    day: date
    part: str
    total: int
    up_count: int
    silent_count: int


def rows(*, name: str, since: datetime, until: datetime, zone: ZoneInfo, subject: str | None = None) -> Iterator[Sum]:
    """The sums of a span (end exclusive) by day of this zone; what is no whole day of ours is counted from the log."""
    return (Sum._make(row) for row in _read(name, since, until, zone, subject, _SUM))


def last_ids(*, name: str, since: datetime, until: datetime, zone: ZoneInfo) -> list[UUID]:
    """The last reading of each subject and part in a span (end exclusive), by subject and part."""
    last: dict[tuple[str, str], tuple[datetime, UUID]] = {}
    for subject, part, at, event in _read(name, since, until, zone, None, ("subject", "part", "last_at", "last")):
        last[subject, part] = max((at, event), last.get((subject, part), (at, event)))
    return [event for _, (_, event) in sorted(last.items())]


def _read(
    name: str, since: datetime, until: datetime, zone: ZoneInfo, subject: str | None, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    catch_up()
    first, after = _first_whole_day(since, zone), until.astimezone(zone).date()
    if zone.key != _zone().key or first >= after:
        first, after = date.min, date.min
        counted = [*_counted(name, since, until, zone, subject)]
    else:
        edges = ((since, start_of(first, zone)), (start_of(after, zone), until))
        counted = [row for begins, ends in edges for row in _counted(name, begins, ends, zone, subject)]
    kept = ReadingDay.objects.filter(name=name, day__gte=first, day__lt=after)
    if subject:
        kept = kept.filter(subject=subject)
    # A year has thousands of rows of the same few days: each day is read as a text, and made a day once.
    asked = [Cast("day", CharField()) if column == "day" else column for column in columns]
    place = columns.index("day") if "day" in columns else None
    for row in kept.values_list(*asked):
        yield row if place is None else (*row[:place], _day(row[place]), *row[place + 1 :])
    yield from (tuple(getattr(row, column) for column in columns) for row in counted)


@lru_cache(maxsize=4000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _first_whole_day(since: datetime, zone: ZoneInfo) -> date:
    day = since.astimezone(zone).date()
    return day if start_of(day, zone) >= since else day + _DAY


def _counted(name: str, since: datetime, until: datetime, zone: ZoneInfo, subject: str | None) -> Iterator[ReadingDay]:
    """The same sums, counted now."""
    parts: dict[tuple[str, date], list[SignedEvent]] = defaultdict(list)
    if since < until:
        for event in ledger.stream(names=[name], subject=subject, since=since, until=until):
            parts[event.subject, event.occurred_at.astimezone(zone).date()].append(event)
    for (found, day), events in sorted(parts.items()):
        yield from sums(found, day, events)


def forget() -> None:
    """Throw the sums away; the next question counts again."""
    with transaction.atomic():
        following.forget(KIND)
        ReadingDay.objects.all().delete()


def spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Neighbouring days as spans (end exclusive); a gap of a week is read over rather than asked twice."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > 7 * _DAY:
            yield first, last + _DAY
            first = day
        last = day
    yield first, last + _DAY


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day."""
    return as_utc(datetime.combine(day, time(), zone))


def sums(subject: str, day: date, events: Iterable[SignedEvent]) -> list[ReadingDay]:
    """What one subject's readings of one day add up to, by the use, or by path and end."""
    parts: dict[tuple[str, str], ReadingDay] = {}
    for event in sorted(events, key=lambda event: (event.occurred_at, event.id)):
        data = event.data
        path = f"{data.get('path')}/{data.get('seen_from', 'STATION')}"
        part = str(data.get("use")) if event.name == USED else path
        row = parts.setdefault((event.name, part), ReadingDay(subject=subject, day=day, name=event.name, part=part))
        _add(row, event)
    return list(parts.values())


def _add(row: ReadingDay, event: SignedEvent) -> None:
    row.last_at, row.last = event.occurred_at, event.id
    if event.name == USED:
        count = event.data.get("count")
        row.count += count if isinstance(count, int) else 0
    elif event.data.get("is_up") is True:
        row.count, row.up_count = row.count + 1, row.up_count + 1
    elif is_silence(event.data):
        row.silent_count += 1
    else:
        row.count += 1


def _count_again(subject: str, first: date, after: date) -> None:
    zone = _zone()
    with transaction.atomic():
        # Every reader takes its turn at the first row of the table of marks, so the later count is the one that stays.
        following.wait_for_turn(KIND)
        told = ledger.stream(names=_NAMES, subject=subject, since=start_of(first, zone), until=start_of(after, zone))
        days = groupby(told, key=lambda event: event.occurred_at.astimezone(zone).date())
        fresh = [row for day, events in days for row in sums(subject, day, events)]
        ReadingDay.objects.filter(subject=subject, day__gte=first, day__lt=after).delete()
        ReadingDay.objects.bulk_create(fresh, batch_size=2000)


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo:
    return regency_calendar().zone
