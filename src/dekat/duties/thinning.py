"""Which events can change an answer at all. Pure.

Years of a device are mostly uses, and years of a kecamatan mostly readings of its line, each saying what the one before
said. Of one subject's day only its edges matter (`of_day`); of many such days only enough to show that no window of the
rulebook was outlived between them (`bridged`). The answer from what is left is the answer from everything: a law in
`tests/property`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from sys import maxsize
from typing import NamedTuple

from dekat.duties.evidence import Evidence
from dekat.duties.known import services_of
from dekat.duties.life import is_silence
from dekat.readings.kinds import OPENED, PROBED, SELF_TESTED, TEST_MISSED, USED

# A test of a device is no use of it: the engine does not read them.
UNREAD = frozenset({SELF_TESTED, TEST_MISSED})
UP = "+"


def of_day(facts: Sequence[Evidence]) -> list[Evidence]:
    """Of one subject's facts of one day, in order, those that can change an answer.

    Facts: a day is shorter than every window of the rulebook, so between its edges nothing can run out.
    """
    facts = [fact for fact in facts if fact.name not in UNREAD]
    openings = [fact for fact in facts if fact.name == OPENED]
    is_up: dict[str, bool] = {}
    kept = []
    for place, fact in enumerate(facts):
        if fact.name == USED and _is_between_uses(facts, place):
            continue
        if fact.name == OPENED and fact is not openings[0] and fact is not openings[-1]:
            continue
        if fact.name == PROBED and (is_silence(fact) or not _changes(state_of(fact), is_up)):
            continue
        kept.append(fact)
    return kept


class Point(NamedTuple):
    """A fact as far as `bridged` looks at it: when it happened, and for a probe what it says of which lines."""

    name: str
    at_us: int
    state: str


def state_of(fact: Evidence) -> str:
    """What a probe says of which lines, as one text; empty for other facts."""
    if fact.name != PROBED:
        return ""
    is_up = fact.data.get("is_up") is True
    return " ".join([UP if is_up else "-", *(f"{fact.text('path')}/{service}" for service in services_of(fact))])


def bridged(points: Sequence[Point], *, ends: Mapping[str, Callable[[int], int]]) -> list[int]:
    """The places of the facts that can change an answer under a rulebook, of one subject's facts in order.

    Facts: `ends` tells for uses and for openings when the window after one ends.
    """
    following = _following(points)
    covered: dict[str, int] = {}
    is_up: dict[str, bool] = {}
    kept = []
    for place, (name, at_us, state) in enumerate(points):
        if name == PROBED and not _changes(state, is_up):
            continue
        if name in ends:
            is_free = name == OPENED or _is_between_uses(points, place)
            if is_free and following[place] <= covered.get(name, 0):
                continue
            covered[name] = ends[name](at_us)
        kept.append(place)
    return kept


def _following(points: Sequence[Point]) -> list[int]:
    """For each point the time of the next one of its name; the end of time for the last."""
    seen: dict[str, int] = {}
    found = []
    for point in reversed(points):
        found.append(seen.get(point[0], maxsize))
        seen[point[0]] = point[1]
    return found[::-1]


def _is_between_uses(facts: Sequence[Evidence] | Sequence[Point], place: int) -> bool:
    """Whether the neighbours on both sides are uses too: the first use after another event is itself a change."""
    return 0 < place < len(facts) - 1 and facts[place - 1].name == facts[place + 1].name == USED


def _changes(state: str, is_up: dict[str, bool]) -> bool:
    """Whether a probe says something new of its path, for any service that it speaks for."""
    sign, *lines = state.split(" ")
    now_up = sign == UP
    changes = any(is_up.get(line) is not now_up for line in lines)
    is_up.update(dict.fromkeys(lines, now_up))
    return changes


def in_order(facts: Iterable[Evidence]) -> list[Evidence]:
    """By time, then by id, as the engine reads them."""
    return sorted(facts, key=lambda fact: (fact.at, fact.id))
