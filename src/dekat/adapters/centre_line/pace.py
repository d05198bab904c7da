"""How soon to try again: at once where the line broke, spread out where the centre is away. Pure: its clock is given.

Knocking costs bytes of somebody's quota: after two minutes one lane knocks for all and rests between its tries, after
half an hour for most of the time.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# Up to here every lane knocks for itself: on a line that is up for ten seconds each round trip counts.
SHORT_OUTAGE_S = 120.0
LONG_OUTAGE_S = 1800.0
CEILING_S = 300.0
_AFTER_A_BREAK_S = 0.5


class Trouble(StrEnum):
    """What kept a round from ending well."""

    LINK = "LINK"
    STRANGER = "STRANGER"
    CENTRE = "CENTRE"
    REFUSED = "REFUSED"
    FAULT = "FAULT"


# The centre said no, signed, or this program has a fault: asking again at once would change nothing.
_FIRST_S = {Trouble.CENTRE: 5.0, Trouble.REFUSED: 10.0, Trouble.FAULT: 10.0}


@dataclass(frozen=True)
class Knocking:
    """How to try for a connection: for so long, and then so long a rest."""

    patience_s: float
    rest_s: float


class Pace:
    """One lane's patience; `spread` gives a number between two, at random."""

    def __init__(self, *, patience_s: float, spread: Callable[[float, float], float] = random.uniform) -> None:
        self._patience_s, self._spread = patience_s, spread
        self._failed_since_s: float | None = None
        self._count = 0

    def worked(self) -> None:
        """A round ended well: the next trouble is a new one."""
        self._failed_since_s, self._count = None, 0

    def outage_s(self, now_s: float) -> float:
        """For how long nothing has worked."""
        return 0.0 if self._failed_since_s is None else now_s - self._failed_since_s

    def after(self, trouble: Trouble, now_s: float, *, retry_after_s: int | None = None) -> float:
        """The rest before the next round.

        Facts: after trouble with the line none but a breath; after the centre's own trouble a random part of a span
        that doubles up to five minutes, so that thousands of stations do not come back in the same second; where the
        centre said when, then, and a little later.
        """
        if self._failed_since_s is None:
            self._failed_since_s = now_s
        self._count += 1
        if trouble in (Trouble.LINK, Trouble.STRANGER):
            rest_s = max(_AFTER_A_BREAK_S, self.knocking(now_s).rest_s)
            return max(rest_s, 5.0) if trouble is Trouble.STRANGER else rest_s
        if retry_after_s is not None:
            return retry_after_s + self._spread(0.0, max(1.0, min(5.0, retry_after_s / 4)))
        ceiling_s = min(CEILING_S, _FIRST_S[trouble] * 2 ** min(self._count - 1, 10))
        least_s = ceiling_s / 2 if trouble is not Trouble.CENTRE else 0.0
        return self._spread(least_s, ceiling_s)

    def knocking(self, now_s: float) -> Knocking:
        """How to knock after so long an outage."""
        outage_s = self.outage_s(now_s)
        if outage_s < SHORT_OUTAGE_S:
            return Knocking(self._patience_s, 0.0)
        if outage_s < LONG_OUTAGE_S:
            return Knocking(min(5.0, self._patience_s), 5.0)
        return Knocking(min(8.0, self._patience_s), 22.0)
