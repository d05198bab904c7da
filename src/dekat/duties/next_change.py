"""Until when an answer stands if nothing new is said. Pure.

Too early costs one more reckoning; too late would be wrong. So every instant at which a clock could move a turn counts,
whether it does or not, and no answer outlives its day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from dekat.duties.answer import Answer
from dekat.duties.evidence import Evidence
from dekat.duties.rulebook import Rulebook, rulebooks
from dekat.duties.turn import TICK
from dekat.kernel.clock import as_utc
from dekat.kernel.working_time import Calendar, add_working_minutes
from dekat.readings.kinds import OPENED, USED

# The engine counts what happens at the very instant of the question: an instant strikes a tick before it.
_MARGIN = 2 * TICK


@dataclass(frozen=True)
class Clocks:
    """What facts about one subject say of later instants: when the last of them happened, and every one they name."""

    last_at: datetime
    named: tuple[datetime, ...]
    windows: Mapping[str, datetime]


def clocks_of(facts: Sequence[Evidence], *, calendar: Calendar) -> Clocks:
    """The clocks that these facts (at least one) start."""
    return Clocks(
        last_at=max(fact.at for fact in facts),
        named=tuple(sorted(set(_named(facts, calendar)))),
        windows={fact.name: fact.at for fact in facts if fact.name in (USED, OPENED)},
    )


def next_change(
    answer: Answer | None, clocks: Sequence[Clocks], *, as_of: datetime, book: Rulebook, calendar: Calendar
) -> datetime:
    """The first instant after `as_of` at which the answer may be another one (exclusive).

    Facts: `calendar` knows the closures that were declared.
    """
    if any(one.last_at > as_of for one in clocks):
        # Of what came later not everything is kept, so an answer that looks back stands for its instant only.
        return as_of + TICK
    moments = [_midnight(as_of, calendar), *_rules_change(calendar)]
    if answer and answer.due_at:
        moments.append(answer.due_at)
    for one in clocks:
        moments.extend(_window_ends(one.windows, book, calendar))
        # Sorted, so the first that lies ahead is enough.
        moments.extend(one.named[bisect_right(one.named, as_of + _MARGIN) :][:1])
    ahead = [moment - _MARGIN for moment in moments if moment - _MARGIN > as_of]
    return min(ahead, default=as_of + TICK)


def moved(answer: Answer, as_of: datetime) -> Answer:
    """The same answer a while later: the span that runs ends at the question, all else stands."""
    last = replace(answer.history[-1], end=as_of)
    return replace(answer, as_of=as_of, history=(*answer.history[:-1], last))


def _midnight(as_of: datetime, calendar: Calendar) -> datetime:
    day = as_of.astimezone(calendar.zone).date() + timedelta(days=1)
    return as_utc(datetime.combine(day, time(), calendar.zone))


def _rules_change(calendar: Calendar) -> Iterator[datetime]:
    return (as_utc(datetime.combine(book.valid_from, time(), calendar.zone)) for book in rulebooks())


def _window_ends(last: Mapping[str, datetime], book: Rulebook, calendar: Calendar) -> Iterator[datetime]:
    hours = {USED: book.use_window_working_hours, OPENED: book.opened_window_working_hours}
    return (add_working_minutes(at, hours[name] * 60, calendar) for name, at in last.items())


def _named(facts: Iterable[Evidence], calendar: Calendar) -> Iterator[datetime]:
    """Every instant and day that the data of a fact names: a deadline, the end of a proof."""
    for fact in facts:
        for value in fact.data.values():
            moment = _instant(value, calendar) if isinstance(value, str) and value[4:5] == "-" else None
            if moment:
                yield moment


def _instant(text: str, calendar: Calendar) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return as_utc(found if found.tzinfo else found.replace(tzinfo=calendar.zone))
    except (ValueError, OverflowError):
        return None
