"""How many days a stock lasts, from measured use only; where nothing was measured, nothing is said. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

# A rate from less than a week says more about the week than about the rate.
LEAST_DAYS = 7


@dataclass(frozen=True)
class Count:
    """So many pieces lay on the shelf."""

    count: int
    at: datetime


@dataclass(frozen=True)
class Use:
    """So many prints (or captures) were counted by the machine."""

    count: int
    at: datetime


@dataclass(frozen=True)
class Forecast:
    """What is left and how long it lasts; None where it was never measured.

    Facts: `per_piece` is how many prints one piece gave, from counts in this place; `per_day` prints a day.
    """

    left: int | None
    per_day: float | None
    per_piece: float | None
    days_left: int | None


def of_shelf(
    *, counts: Sequence[Count], uses: Sequence[Use], now: datetime, window: timedelta, known_yield: float | None = None
) -> Forecast:
    """What a shelf still holds: the last count less what was printed since.

    Facts: `counts` and `uses` oldest first; `known_yield` is what one piece gives where that is no matter of measuring
    (a sheet of paper: one print).
    """
    per_day = rate(uses=uses, now=now, window=window)
    if not counts:
        return Forecast(None, per_day, None, None)
    per_piece = _yield(counts, uses) or known_yield
    last = counts[-1]
    if per_piece is None:
        return Forecast(last.count, per_day, None, None)
    since = sum(use.count for use in uses if use.at >= last.at)
    left = max(0, last.count - round(since / per_piece))
    return Forecast(left, per_day, per_piece, int(left * per_piece / per_day) if per_day else None)


def rate(*, uses: Sequence[Use], now: datetime, window: timedelta) -> float | None:
    """Prints a day in the window before now; None when the first is younger than a week, or there was none."""
    inside = [use for use in uses if now - window <= use.at <= now]
    if not inside:
        return None
    days = ceil(min(window, now - min(use.at for use in uses)) / timedelta(days=1))
    return sum(use.count for use in inside) / days if days >= LEAST_DAYS else None


def _yield(counts: Sequence[Count], uses: Sequence[Use]) -> float | None:
    """Prints for each piece, from every span between two counts in which pieces went and prints were counted."""
    pieces = prints = 0
    for before, after in pairwise(counts):
        gone = before.count - after.count
        if gone > 0:
            pieces += gone
            prints += sum(use.count for use in uses if before.at <= use.at < after.at)
    return prints / pieces if pieces and prints else None
