"""A hundred thousand drawn events of a population: births, deaths, marriages, moves, a part of them impossible."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.make.life import Years

from bench import people
from bench.result import Result
from dekat.registry.invariants import broken

FULL, SHORT, SEED, EVERY = 100_000, 4_000, 5, 2_000


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Broken invariants of the register, all asked again and again; each event was told twice."""
    people.be_the_centre()
    years, found, count = Years(SEED, families=2_000), Counter[str](), FULL if is_full else SHORT
    began = time.monotonic()
    for number, _ in enumerate(years.live(count), 1):
        if number % EVERY == 0:
            found.update({key: len(ids) for key, ids in broken().items()})
    peers = {"carried out": float(years.counts.total()), "refused": float(years.refusals.total())}
    yield Result(f"{count:,} life events: broken invariants", found.total(), "", 0, "lower", peers)
    yield Result("life events: duration", time.monotonic() - began, "s", 3600, "lower")
