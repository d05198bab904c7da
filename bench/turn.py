"""Whose turn it is, over a history that grows: the time must grow no faster than the events."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bench import people
from bench.result import Result
from dekat.areas.working_calendar import regency_calendar
from dekat.duties.evidence import Evidence, of_event
from dekat.duties.sample import events_by_node
from dekat.duties.turn import whose_turn

TIMES = (1, 4, 16)


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Time for each event at sixteen times the events of two sample years, against that at once."""
    history = list(_sample())
    cost = {}
    for times in TIMES:
        events = list(_denser(history, times))
        start = time.process_time()
        whose_turn(events, as_of=people.NOW, calendar=regency_calendar())
        cost[times] = (time.process_time() - start) / len(events) * 1e6
        count = len(events)
    peers = {f"µs/event at {times}×": value for times, value in cost.items()}
    yield Result(
        f"turn engine, up to {count:,} events", cost[16] / cost[1], "× the time per event", 1.3, "lower", peers
    )


def _sample() -> Iterator[Evidence]:
    for node, drafts in events_by_node(people.NOW).items():
        for draft in drafts:
            yield of_event(draft.as_event(node=node, seq=1, prev_hash=b"", recorded_at=people.NOW))


def _denser(history: list[Evidence], times: int) -> Iterator[Evidence]:
    """The same story with every reading taken so many times, a minute apart."""
    number = 0
    for fact in history:
        yield fact
        for again in range(1, times):
            number += 1
            later = fact.at + timedelta(minutes=again)
            if fact.name.startswith("readings."):
                yield replace(fact, id=UUID(int=number), at=later)
