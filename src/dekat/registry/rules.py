"""Pure decisions: what a new name may be, what a family must have, which state may follow which."""

import re
from collections.abc import Iterable
from enum import StrEnum

from dekat.kernel.errors import DekatError
from dekat.registry.states import CorrectionState, ResidentState

# Permendagri 73/2022: at most 60 characters with the spaces, at least two words, letters only.
MAX_NAME_CHARS = 60
_LETTERS = re.compile(r"[A-Za-z]+( [A-Za-z]+)*")
HEAD_CODE = "1"

MOVES: dict[ResidentState, frozenset[ResidentState]] = {
    ResidentState.ACTIVE: frozenset(
        {ResidentState.BLOCKED, ResidentState.MERGED, ResidentState.DECEASED, ResidentState.MOVED}
    ),
    ResidentState.BLOCKED: frozenset({ResidentState.ACTIVE, ResidentState.MERGED, ResidentState.DECEASED}),
    ResidentState.MOVED: frozenset(),
    ResidentState.MERGED: frozenset(),
    ResidentState.DECEASED: frozenset(),
}


# What only an event of its own leads back from: an arrival, or the annulment of a record that was wrong.
WAYS_BACK: dict[str, frozenset[ResidentState]] = {
    "MoveIn": frozenset({ResidentState.MOVED}),
    "Annulment": frozenset({ResidentState.DECEASED, ResidentState.MOVED, ResidentState.MERGED}),
}
CORRECTION_MOVES: dict[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.CONFIRMED, CorrectionState.WITHDRAWN}),
    CorrectionState.CONFIRMED: frozenset(),
    CorrectionState.WITHDRAWN: frozenset(),
}


class NameTooLong(DekatError):
    """A new name has more characters than the law allows."""

    code = "registry.name.too_long"


class NameCharacters(DekatError):
    """A new name holds something that is not a letter: a digit, a full stop, an apostrophe."""

    code = "registry.name.characters"


class NameEmpty(DekatError):
    """There is no name."""

    code = "registry.name.empty"


class HeadMissing(DekatError):
    """A family has no head."""

    code = "registry.family.head_missing"


class SecondHead(DekatError):
    """A family would have two heads."""

    code = "registry.family.second_head"


class StateMayNotMove(DekatError):
    """This state cannot follow that one."""

    code = "registry.state.may_not_move"


class NameAdvice(StrEnum):
    """What to ask a resident about a lawful but unusual name."""

    ONE_WORD = "ONE_WORD"


def check_new_name(name: str) -> tuple[NameAdvice, ...]:
    """Say what is unusual in a name recorded for the first time; one word wants a statement, not a refusal.

    Facts: only for first recordings. Names already held stay as they are, whatever they look like.
    Refuses: registry.name.empty, registry.name.too_long, registry.name.characters.
    Law: permendagri-73-2022
    """
    written = " ".join(name.split())
    if not written:
        raise NameEmpty
    if len(written) > MAX_NAME_CHARS:
        raise NameTooLong(length=len(written), most=MAX_NAME_CHARS)
    if not _LETTERS.fullmatch(written):
        raise NameCharacters
    return () if " " in written else (NameAdvice.ONE_WORD,)


def check_one_head(relations: Iterable[str]) -> None:
    """Say nothing when exactly one member is the head.

    Refuses: registry.family.head_missing, registry.family.second_head.
    """
    heads = sum(relation == HEAD_CODE for relation in relations)
    if heads == 0:
        raise HeadMissing
    if heads > 1:
        raise SecondHead


def check_move(before: ResidentState, after: ResidentState) -> None:
    """Say nothing when the state may follow.

    Refuses: registry.state.may_not_move.
    """
    if after not in MOVES[before]:
        raise StateMayNotMove(before=str(before.label), wanted=str(after.label))


def check_way_back(before: ResidentState, *, by: str) -> None:
    """Say nothing when an event of this kind (a key of `WAYS_BACK`) makes somebody live here again.

    Refuses: registry.state.may_not_move.
    """
    if before not in WAYS_BACK[by]:
        raise StateMayNotMove(before=str(before.label), wanted=str(ResidentState.ACTIVE.label))
