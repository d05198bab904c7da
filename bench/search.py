"""Finding a resident by a misspelt name, against an FTS5 trigram index of the same names."""

import gc
import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sqlcipher3
from django.template.loader import render_to_string
from django.urls import set_urlconf

from bench import people
from bench.result import Result
from dekat.registry import queries, search
from dekat.registry.models import Family, Resident

ASKED, ASKED_OF_A_MILLION, FIRST = 1000, 300, 20
EVERYBODY = 1_000_000


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Half and worst time of a question, and how often the meant name is among the first twenty.

    People of one name are not told apart: an operator asks for the birth day then.
    """
    _have(people.HERE_COUNT, queries.resident_count(people.HERE), folder)
    yield from _race("a resident among 60,000", folder / "60k.db", goal_ms=50, asked=ASKED)
    if is_full:
        _have(EVERYBODY, queries.resident_count(), folder)
        # A whole regency as if it were one kecamatan: what a search at the centre without a kecamatan would cost.
        Family.objects.update(kecamatan=people.HERE, village=Family.objects.filter(kecamatan=people.HERE)[0].village)
        search._kecamatan.clear()
        yield from _race("a resident among 1,000,000", folder / "all.db", goal_ms=300, asked=ASKED_OF_A_MILLION)


def _have(count: int, there: int, folder: Path) -> None:
    if there < count:
        people.import_file(people.write_file(folder / "people.csv", count=count))


def _race(what: str, path: Path, *, goal_ms: float, asked: int) -> Iterator[Result]:
    rnd = random.Random(7)
    names = _names(people.HERE)
    chosen = rnd.sample([name for name in names if " " in name], asked)
    questions = [(name, people.misspelt(name, rnd)) for name in chosen]
    before = _memory_mb()
    _by_register(questions[0][1])  # the first search reads the names
    memory = _memory_mb() - before
    ours, our_recall = _ask(questions, _by_register)
    peer, peer_recall = _ask(questions, _by_trigrams(names, path))
    told = {"ours p50": ours[0], "FTS5 trigram p50": peer[0], "FTS5 trigram p99": peer[1]}
    yield Result(f"{what}: p99", ours[1], "ms", goal_ms, "lower", told)
    yield Result(f"{what}: recall@20", our_recall, "", 0.99, "higher", {"FTS5 trigram": peer_recall})
    # Half of what a whole station may weigh is 60 MB; the names of 60,000 people may take a third of that.
    yield Result(f"{what}: memory of the names", memory, "MB", 20 if goal_ms == 50 else 400, "lower")


def _ask(questions: Sequence[tuple[str, str]], find: Callable[[str], list[str]]) -> tuple[tuple[float, float], float]:
    took, hits = [], 0
    for name, typed in questions:
        start = time.perf_counter()
        found = find(typed)
        took.append((time.perf_counter() - start) * 1000)
        hits += name in found
    took.sort()
    return (took[len(took) // 2], took[int(len(took) * 0.99)]), hits / len(questions)


def _by_register(typed: str) -> list[str]:
    """The whole answer as the page gives it while one types: found, read, drawn."""
    found = queries.find(typed, people.HERE, on=people.NOW.date(), limit=FIRST)
    set_urlconf("dekat.project.urls_station")
    render_to_string("station/search/_rows.html", {"q": typed, "found": found, "is_asked": True})
    return [row.name for row in found]


def _by_trigrams(names: Sequence[str], path: Path) -> Callable[[str], list[str]]:
    index = sqlcipher3.connect(str(path))
    index.execute("CREATE VIRTUAL TABLE names USING fts5(name, tokenize='trigram')")
    index.executemany("INSERT INTO names VALUES (?)", ((name,) for name in names))
    index.commit()

    def find(typed: str) -> list[str]:
        pieces = {typed[at : at + 3] for at in range(len(typed) - 2)}
        wanted = " OR ".join('"' + piece.replace('"', '""') + '"' for piece in sorted(pieces))
        rows = index.execute("SELECT name FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (wanted, FIRST))
        return [str(name) for (name,) in rows]

    return find


def _memory_mb() -> float:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _names(kecamatan: str) -> list[str]:
    # Adults: minors are shown by their initials and cannot be compared by name.
    rows = Resident.objects.filter(family__kecamatan=kecamatan, born_on__lt="2005").order_by("id")
    return list(rows.values_list("full_name", flat=True))
