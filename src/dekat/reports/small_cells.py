"""Which counts of people stay closed so that nobody can be guessed from them, not even by subtracting. Pure.

A count of 1 to 4 is closed. Where it could be found again from totals, more numbers of the same sums are closed too
(complementary suppression), until the published numbers, all sums taken together, determine no closed one.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
# Elimination runs modulo a prime: as exact as fractions but for one chance in about 10^18, and without their cost.
_PRIME = (1 << 61) - 1
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """`total` is the sum of `parts`.

    Facts: `is_total_first` closes the total rather than a part: what was published before a year ended stays so.
    """

    total: Key
    parts: tuple[Key, ...]
    is_total_first: bool = False

    @property
    def members(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def closed_cells(values: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> frozenset[Key]:
    """The keys that may not be published; a key without a value counts as zero."""
    closed = {key for key, value in values.items() if 0 < value < LEAST}
    while closed:
        _close_within_each_sum(values, sums, closed)
        told = determined(closed, sums)
        if not told or not (_close_one(set(told), values, sums, closed) or _close_one(closed, values, sums, closed)):
            break
    return frozenset(closed)


def determined(closed: Iterable[Key], sums: Sequence[Sum[Key]]) -> list[Key]:
    """The closed keys whose number follows from the published ones and all sums together."""
    hidden = set(closed)
    rows: dict[Key, dict[Key, int]] = {}
    holding: dict[Key, set[Key]] = defaultdict(set)
    for one in sums:
        row: dict[Key, int] = {}
        for key in one.members:
            if key in hidden:
                row[key] = (row.get(key, 0) + (-1 if key == one.total else 1)) % _PRIME
        _eliminate({key: value for key, value in row.items() if value}, rows, holding)
    return [pivot for pivot, row in rows.items() if len(row) == 1]


def _eliminate(row: dict[Key, int], rows: dict[Key, dict[Key, int]], holding: dict[Key, set[Key]]) -> None:
    """Add an equation to those in reduced form; `holding` names, by key, the pivots whose equation holds it."""
    for pivot in [key for key in row if key in rows]:
        _subtract(row, rows[pivot], row[pivot])
    if not row:
        return
    pivot = next(iter(row))
    scale = pow(row[pivot], -1, _PRIME)
    row = {key: value * scale % _PRIME for key, value in row.items()}
    for other in list(holding[pivot]):
        before = set(rows[other])
        _subtract(rows[other], row, rows[other][pivot])
        for key in before ^ set(rows[other]):
            (holding[key].add if key in rows[other] else holding[key].discard)(other)
    rows[pivot] = row
    for key in row:
        holding[key].add(pivot)


def _subtract(row: dict[Key, int], other: Mapping[Key, int], times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - value * times) % _PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _close_within_each_sum(values: Mapping[Key, int], sums: Sequence[Sum[Key]], closed: set[Key]) -> None:
    is_settled = False
    while not is_settled:
        is_settled = True
        for one in sums:
            if _gives_away(one, values, closed) and (more := _next(one, values, closed)) is not None:
                closed.add(more)
                is_settled = False


def _gives_away(one: Sum[Key], values: Mapping[Key, int], closed: set[Key]) -> bool:
    """Whether a sum alone tells a closed number, or that all its closed ones together are fewer than five."""
    hidden = [part for part in one.parts if part in closed]
    if one.total in closed:
        return not hidden
    return len(hidden) == 1 or (len(hidden) > 1 and sum(values.get(part, 0) for part in hidden) < LEAST)


def _close_one(beside: set[Key], values: Mapping[Key, int], sums: Sequence[Sum[Key]], closed: set[Key]) -> bool:
    """Close one more number in a sum of any of these keys; False when none is left."""
    for one in sums:
        if not beside.isdisjoint(one.members) and (more := _next(one, values, closed)) is not None:
            closed.add(more)
            return True
    return False


def _next(one: Sum[Key], values: Mapping[Key, int], closed: set[Key]) -> Key | None:
    if one.is_total_first and one.total not in closed:
        return one.total
    # A zero says nothing of anybody and hides little: the smallest number that is not zero goes first.
    free = sorted(
        (part for part in one.parts if part not in closed),
        key=lambda part: (values.get(part, 0) == 0, values.get(part, 0)),
    )
    if free and values.get(free[0], 0):
        return free[0]
    if one.total not in closed:
        return one.total
    return free[0] if free else None
