"""The life of a card as a table of moves, and the order in which cards are printed."""

from datetime import datetime

from dekat.cards.states import BlankFate, CardState

MOVES: dict[CardState, frozenset[CardState]] = {
    CardState.WAITING: frozenset({CardState.READY, CardState.ENDED}),
    CardState.READY: frozenset({CardState.PRINTED, CardState.ENDED}),
    CardState.PRINTED: frozenset({CardState.BATCHED, CardState.READY}),
    CardState.BATCHED: frozenset({CardState.SENT}),
    CardState.SENT: frozenset({CardState.ARRIVED, CardState.MISSING}),
    CardState.MISSING: frozenset({CardState.ARRIVED}),
    CardState.ARRIVED: frozenset({CardState.HANDED_OVER}),
    CardState.HANDED_OVER: frozenset(),
    CardState.ENDED: frozenset(),
}

BLANK_MOVES: dict[BlankFate, frozenset[BlankFate]] = {
    BlankFate.IN_STOCK: frozenset({BlankFate.PRINTED, BlankFate.SPOILED, BlankFate.RETURNED, BlankFate.LOST}),
    BlankFate.LOST: frozenset({BlankFate.IN_STOCK}),
    BlankFate.PRINTED: frozenset(),
    BlankFate.SPOILED: frozenset(),
    BlankFate.RETURNED: frozenset(),
}


def may_follow(before: CardState, after: CardState) -> bool:
    """Say whether the table of moves allows the step."""
    return after in MOVES[before]


def print_order(*, is_first_time: bool, is_change: bool, ready_at: datetime) -> tuple[bool, bool, datetime]:
    """The sort key of the print queue: first-time holders, lost and damaged, changed; then the longest waiting.

    Facts: the order in which the national centre allots blanks (domain 2.7).
    """
    return (not is_first_time, is_change, ready_at)
