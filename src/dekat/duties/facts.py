"""The facts that can change an answer, kept beside the log and caught up as it grows.

Late news is nothing special here: whatever was said about a day makes that day be read from the log again. So the order
in which events arrive leaves no trace, and the whole can be made again at any time (docs/adr/0024).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db import transaction

from dekat.areas.working_calendar import regency_calendar
from dekat.duties import thinning
from dekat.duties.evidence import SCHEMA_FILE, Evidence, kinds, may_say, of_event
from dekat.duties.kept_models import Fact, KeptAnswer, Stamp, new_mark
from dekat.duties.next_change import Clocks, clocks_of
from dekat.duties.rulebook import FOLDER, rulebooks
from dekat.kernel.canonical import canonical_json
from dekat.kernel.working_time import add_working_minutes
from dekat.ledger import following
from dekat.ledger import queries as ledger
from dekat.readings.kinds import OPENED, PROBED, USED

KIND = "turns"
# Raised when `thinning.of_day` or the shape of a kept fact changes: then all facts are read from the log again.
_FORM = 1
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)
_BULK = 2000
_COLUMNS = ("subject", "at_us", "event", "name", "actor", "recorded_us", "data")
Row = tuple[str, int, str, str, str, int, str]


@cache
def names() -> list[str]:
    """The events that the engine reads."""
    return [name for name in kinds() if name not in thinning.UNREAD]


def catch_up() -> None:
    """Read what was said since; everything when nothing was kept yet, or when the log is not the one that was read."""
    reader = _reader()
    new = following.unread(reader)
    if not new:
        return
    if any(one.is_rewritten for one in new) or not following.has_read(reader):
        forget()
        new = following.unread(reader)
    days: dict[str, set[date]] = defaultdict(set)
    for subject, at in following.touched(new, names=names()):
        days[subject].add(at.date())
    for subject in sorted(days):
        _read_again(subject, sorted(days[subject]))
    following.have_read(reader, new)


def forget() -> None:
    """Throw away everything that was made of the log; the next question makes it again."""
    with transaction.atomic():
        following.forget(KIND)
        KeptAnswer.objects.all().delete()
        Fact.objects.all().delete()
        Stamp.objects.all().delete()
    _told_before.clear()


def stamps() -> dict[str, int]:
    """The subjects of which facts are kept, each with the mark of its present facts."""
    return dict(Stamp.objects.values_list("subject", "mark"))


@dataclass(frozen=True)
class Told:
    """What is kept of one subject under one mark, read once: its facts in order, and the clocks that they start."""

    mark: int
    facts: Sequence[Evidence]
    clocks: Clocks


# Of each subject the facts that this process read last. A mark never comes again, so what stands here under the
# present mark is what the store says.
_told_before: dict[str, Told] = {}


def of_subjects(subjects: Iterable[str], marks: Mapping[str, int]) -> dict[str, Told]:
    """The facts of these subjects that matter today, with all clocks that they start; who has none is left out.

    Facts: `marks` are the stamps, read before; only what has another mark is read from the store.
    """
    wanted = set(subjects)
    known = {subject: told for subject in wanted if (told := _told_before.get(subject))}
    found = {subject: told for subject, told in known.items() if told.mark == marks.get(subject)}
    rows = (
        Fact.objects.filter(subject__in=wanted - found.keys(), matters=True)
        .order_by("subject", "at_us", "event")
        .values_list(*_COLUMNS)
    )
    for subject, lines in groupby(rows.iterator(chunk_size=5000), key=itemgetter(0)):
        facts = [_evidence(row) for row in lines]
        found[subject] = Told(marks.get(subject, 0), facts, clocks_of(facts, calendar=regency_calendar()))
    _told_before.update(found)
    return found


def as_of_then(subject: str, told: Told, *, as_of: datetime) -> Sequence[Evidence]:
    """The facts that matter as of an instant, and all that are known of later ones, in order.

    Facts: with the last use and the last opening before the instant, whose place later ones took as of today.
    """
    if told.clocks.last_at <= as_of:
        return told.facts
    later = {fact.name for fact in told.facts if fact.at > as_of}
    last = [_last(subject, name, as_of) for name in (USED, OPENED) if name in later]
    return thinning.in_order({fact.id: fact for fact in (*told.facts, *(one for one in last if one))}.values())


def _last(subject: str, name: str, as_of: datetime) -> Evidence | None:
    events = ledger.backwards(name=name, subject=subject, until=as_of)
    return next((of_event(event) for event in events if may_say(event)), None)


@lru_cache(maxsize=1)
def _reader() -> str:
    made_by = [SCHEMA_FILE.read_bytes(), *(file.read_bytes() for file in sorted(FOLDER.glob("*.json")))]
    return f"{KIND}/{_FORM}.{sha256(b''.join(made_by) + regency_calendar().digest()).hexdigest()[:16]}"


def _read_again(subject: str, days: Sequence[date]) -> None:
    """Make the kept facts of these days what the log says now."""
    with transaction.atomic():
        Stamp.objects.get_or_create(subject=subject)
        # Behind the lock nobody else reads this subject, so the later reader of the log also writes later.
        stamp = Stamp.objects.select_for_update().get(subject=subject)
        has_changed = [_replace(subject, first, after) for first, after in _spans(days)]
        if any(has_changed):
            _mark_what_matters(subject)
            Stamp.objects.filter(subject=stamp.subject).update(mark=new_mark())


def _replace(subject: str, first: date, after: date) -> bool:
    """Keep anew what the log says of a span of days; give whether that is something else than before."""
    kept = Fact.objects.filter(subject=subject, day__gte=first, day__lt=after)
    told = groupby(_told(subject, _start(first), _start(after)), key=lambda fact: fact.at.date())
    fresh = [_row(fact) for _, facts in told for fact in thinning.of_day(thinning.in_order(facts))]
    if set(kept.values_list("event", flat=True)) == {row.event for row in fresh}:
        return False
    kept.delete()
    Fact.objects.bulk_create(fresh, batch_size=_BULK)
    return True


def _mark_what_matters(subject: str) -> None:
    rows = list(
        Fact.objects.filter(subject=subject)
        .order_by("at_us", "event")
        .values_list("id", "name", "at_us", "state", "matters")
    )
    kept = set(thinning.bridged([thinning.Point(*row[1:4]) for row in rows], ends=_windows()))
    for wanted in (True, False):
        wrong = [row[0] for place, row in enumerate(rows) if (place in kept) is wanted and row[4] is not wanted]
        for start in range(0, len(wrong), _BULK):
            Fact.objects.filter(id__in=wrong[start : start + _BULK]).update(matters=wanted)


def _windows() -> dict[str, Callable[[int], int]]:
    """When the window after a use or an opening ends at the earliest: under any rulebook, without declared closures."""
    calendar, books = replace(regency_calendar(), declared=frozenset()), rulebooks()

    def window(hours: int) -> Callable[[int], int]:
        return lambda at_us: _us(add_working_minutes(_instant(at_us), hours * 60, calendar))

    return {
        USED: window(min(book.use_window_working_hours for book in books)),
        OPENED: window(min(book.opened_window_working_hours for book in books)),
    }


def _told(subject: str, since: datetime, until: datetime) -> Iterator[Evidence]:
    events = ledger.stream(names=names(), subject=subject, since=since, until=until)
    return (of_event(event) for event in events if may_say(event))


def _spans(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Neighbouring days as spans (end exclusive); a gap of a week is read over rather than asked twice."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > 7 * _DAY:
            yield first, last + _DAY
            first = day
        last = day
    yield first, last + _DAY


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _row(fact: Evidence) -> Fact:
    # The figures of an hour are for the pages about lines; no answer reads them.
    data = {key: value for key, value in fact.data.items() if not (fact.name == PROBED and key == "hour")}
    return Fact(
        subject=fact.subject,
        day=fact.at.date(),
        at_us=_us(fact.at),
        event=fact.id.hex,
        name=fact.name,
        actor=fact.actor,
        recorded_us=_us(fact.known_at),
        state=thinning.state_of(fact),
        data=canonical_json(data).decode(),
    )


def _evidence(row: Row) -> Evidence:
    subject, at_us, event, name, actor, recorded_us, data = row
    return Evidence(UUID(hex=event), name, subject, actor, _instant(at_us), json.loads(data), _instant(recorded_us))


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)


def _us(at: datetime) -> int:
    return (at - _EPOCH) // _TICK
