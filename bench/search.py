"""Finding a resident by a misspelt name, against an FTS5 trigram index of the same names."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sqlcipher3

from bench import people
from bench.result import Result
from dekat.registry import queries
from dekat.registry.models import Resident

ASKED, FIRST = 300, 20


def measure(folder: Path, *, is_full: bool) -> Iterator[Result]:
    """Half and worst time of a question, and how often the meant name is among the first twenty.

    People of one name are not told apart: an operator asks for the birth day then.
    """
    if queries.resident_count(people.HERE) < people.HERE_COUNT:
        people.import_file(people.write_file(folder / "people.csv", count=people.HERE_COUNT))
    yield from _race("a resident among 60,000", _names(people.HERE), folder / "60k.db", goal_ms=50)
    if is_full:
        # A whole regency as if it were one kecamatan: what a search at the centre without a kecamatan would cost.
        Resident.objects.update(family_id=Resident.objects.filter(family__kecamatan=people.HERE)[0].family_id)
        yield from _race("a resident among all", _names(people.HERE), folder / "all.db", goal_ms=300)


def _race(what: str, names: Sequence[str], path: Path, *, goal_ms: float) -> Iterator[Result]:
    rnd = random.Random(7)
    asked = rnd.sample([name for name in names if " " in name], ASKED)
    questions = [(name, people.misspelt(name, rnd)) for name in asked]
    ours, our_recall = _ask(questions, _by_register)
    peer, peer_recall = _ask(questions, _by_trigrams(names, path))
    told = {"ours p50": ours[0], "FTS5 trigram p50": peer[0], "FTS5 trigram p99": peer[1]}
    yield Result(f"{what}: p99", ours[1], "ms", goal_ms, "lower", told)
    yield Result(f"{what}: recall@20", our_recall, "", 0.99, "higher", {"FTS5 trigram": peer_recall})


def _ask(questions: Sequence[tuple[str, str]], find: Callable[[str], list[str]]) -> tuple[tuple[float, float], float]:
    find(questions[0][1])  # the first search loads the names
    took, hits = [], 0
    for name, typed in questions:
        start = time.perf_counter()
        found = find(typed)
        took.append((time.perf_counter() - start) * 1000)
        hits += name in found
    took.sort()
    return (took[len(took) // 2], took[int(len(took) * 0.99)]), hits / len(questions)


def _by_register(typed: str) -> list[str]:
    return [row.name for row in queries.find(typed, people.HERE, on=people.NOW.date(), limit=FIRST)]


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


def _names(kecamatan: str) -> list[str]:
    # Adults: minors are shown by their initials and cannot be compared by name.
    rows = Resident.objects.filter(family__kecamatan=kecamatan, born_on__lt="2005").order_by("id")
    return list(rows.values_list("full_name", flat=True))
