"""What changed between two texts, side by side, down to the words. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words of a line; `is_changed` where the other side says something else."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Row:
    """One line of both texts; an empty side has no such line."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return self.before == self.after


def side_by_side(before: str, after: str) -> list[Row]:
    """The lines of both texts beside each other."""
    left, right = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for verb, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if verb == "equal":
            rows += [Row((Piece(line),), (Piece(line),)) for line in left[a:b]]
        else:
            rows += _changed(left[a:b], right[c:d])
    return rows


def _changed(left: Sequence[str], right: Sequence[str]) -> Iterator[Row]:
    for place in range(max(len(left), len(right))):
        if place >= len(left):
            yield Row((), (Piece(right[place], True),))
        elif place >= len(right):
            yield Row((Piece(left[place], True),), ())
        else:
            yield _row(left[place], right[place])


def _row(before: str, after: str) -> Row:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = verb != "equal"
        if a < b:
            left.append(Piece("".join(old[a:b]), is_changed))
        if c < d:
            right.append(Piece("".join(new[c:d]), is_changed))
    return Row(tuple(left), tuple(right))
