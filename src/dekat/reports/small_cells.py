"""Which counts of people stay closed so that nobody can be guessed from them, not even by subtracting. Pure.

A count of 1 to 4 is closed. Where it could be found again from a total, a second number of the same sum is closed too
(complementary suppression), until no sum of published numbers gives a closed one.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """`total` is the sum of `parts`.

    Facts: `is_total_first` closes the total rather than a part: what was published before a year ended stays so.
    """

    total: Key
    parts: tuple[Key, ...]
    is_total_first: bool = False


def closed_cells(values: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> frozenset[Key]:
    """The keys that may not be published; a key without a value counts as zero."""
    closed = {key for key, value in values.items() if 0 < value < LEAST}
    is_settled = not closed
    while not is_settled:
        is_settled = True
        for one in sums:
            if (more := _needed(one, values, closed)) is not None:
                closed.add(more)
                is_settled = False
    return frozenset(closed)


def _needed(one: Sum[Key], values: Mapping[Key, int], closed: set[Key]) -> Key | None:
    """Which number must be closed too; None when the sum gives nothing away."""
    hidden = [part for part in one.parts if part in closed]
    if one.total in closed:
        if hidden:
            return None
    elif not hidden or (len(hidden) > 1 and sum(values.get(part, 0) for part in hidden) >= LEAST):
        return None
    return _next(one, values, closed)


def _next(one: Sum[Key], values: Mapping[Key, int], closed: set[Key]) -> Key | None:
    if one.is_total_first and one.total not in closed:
        return one.total
    free = [part for part in one.parts if part not in closed]
    # A zero says nothing of anybody and hides little: the smallest number that is not zero goes first.
    free.sort(key=lambda part: (values.get(part, 0) == 0, values.get(part, 0)))
    if free and (values.get(free[0], 0) or one.total in closed):
        return free[0]
    return one.total if one.total not in closed else None
