"""Which events can change an answer at all. Pure.

Years of a device are mostly uses, and years of a kecamatan mostly readings of its line, each saying what the one before
said. Of one subject's day only its edges matter (`of_day`); of many such days only enough to show that no window of the
rulebook was outlived between them (`bridged`). The answer from what is left is the answer from everything: a law in
`tests/property`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from dekat.duties.evidence import Evidence
from dekat.duties.known import services_of
from dekat.duties.life import is_silence
from dekat.readings.kinds import OPENED, PROBED, SELF_TESTED, TEST_MISSED, USED

# A test of a device is no use of it: the engine does not read them.
UNREAD = frozenset({SELF_TESTED, TEST_MISSED})


def of_day(facts: Sequence[Evidence]) -> list[Evidence]:
    """Of one subject's facts of one day, in order, those that can change an answer.

    Facts: a day is shorter than every window of the rulebook, so between its edges nothing can run out.
    """
    facts = [fact for fact in facts if fact.name not in UNREAD]
    openings = [fact for fact in facts if fact.name == OPENED]
    is_up: dict[tuple[str, str], bool] = {}
    kept = []
    for place, fact in enumerate(facts):
        if fact.name == USED and _is_between_uses(facts, place):
            continue
        if fact.name == OPENED and fact is not openings[0] and fact is not openings[-1]:
            continue
        if fact.name == PROBED and not _changes(fact, is_up):
            continue
        kept.append(fact)
    return kept


def bridged(facts: Sequence[Evidence], *, use_ends: Callable[[datetime], datetime], opened_ends: Callable[[datetime], datetime]) -> list[Evidence]:
    """Of one subject's facts, in order, those that can change an answer under a rulebook.

    Facts: `use_ends` and `opened_ends` tell when the window after a use or an opening ends.
    """
    windows = {USED: use_ends, OPENED: opened_ends}
    following = _following(facts)
    ends: dict[str, datetime] = {}
    is_up: dict[tuple[str, str], bool] = {}
    kept = []
    for place, fact in enumerate(facts):
        if fact.name == PROBED and not _changes(fact, is_up):
            continue
        if fact.name in windows:
            after = following[place]
            is_free = fact.name == OPENED or _is_between_uses(facts, place)
            if is_free and after and fact.name in ends and after <= ends[fact.name]:
                continue
            ends[fact.name] = windows[fact.name](fact.at)
        kept.append(fact)
    return kept


def _following(facts: Sequence[Evidence]) -> list[datetime | None]:
    """For each fact the time of the next one of its name."""
    seen: dict[str, datetime] = {}
    found: list[datetime | None] = []
    for fact in reversed(facts):
        found.append(seen.get(fact.name))
        seen[fact.name] = fact.at
    return found[::-1]


def _is_between_uses(facts: Sequence[Evidence], place: int) -> bool:
    """Whether the neighbours on both sides are uses too: the first use after another event is itself a change."""
    return 0 < place < len(facts) - 1 and facts[place - 1].name == facts[place + 1].name == USED


def _changes(probe: Evidence, is_up: dict[tuple[str, str], bool]) -> bool:
    """Whether a probe says something new of its path, for any service that it speaks for."""
    if is_silence(probe):
        return False
    said = dict.fromkeys(((probe.text("path"), service) for service in services_of(probe)), probe.data.get("is_up") is True)
    changes = any(is_up.get(line) is not now_up for line, now_up in said.items())
    is_up.update(said)
    return changes


def in_order(facts: Iterable[Evidence]) -> list[Evidence]:
    """By time, then by id, as the engine reads them."""
    return sorted(facts, key=lambda fact: (fact.at, fact.id))
