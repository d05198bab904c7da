"""When somebody may be told, when a text is tried again, when it is given up. Pure; the calendar is given."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from dekat.kernel.clock import as_utc
from dekat.kernel.working_time import Calendar

# Source of these figures: decision here (ADR 0030).
# A second text within a quarter of an hour waits and takes with it whatever came meanwhile.
GAP = timedelta(minutes=15)
# Nobody is told today of what happened long before the first contact was known.
TOO_OLD = timedelta(days=7)
MOST_ATTEMPTS = 8
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Quiet:
    """Hours of the day in which nobody is disturbed; equal ends mean none. They may pass midnight."""

    begins: time
    ends: time

    def holds(self, instant: datetime, zone: ZoneInfo) -> bool:
        """Whether an instant lies in them."""
        at = as_utc(instant).astimezone(zone).time()
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def retry_at(*, dispatch_id: UUID, attempts: int, now: datetime) -> datetime | None:
    """When a failed text is tried again: twice the wait each time, an hour at most; None gives it up.

    Facts: `attempts` counts those made. The wait is spread by a fifth either way by the text's own id, so that texts
    which failed together do not come back together.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait = min(_LONGEST_WAIT, _FIRST_WAIT * (1 << (attempts - 1)))
    spread = sha256(f"{dispatch_id} {attempts}".encode()).digest()[0] / 255
    return now + wait * (0.8 + 0.4 * spread)


def is_digest_due(*, now: datetime, last_at: datetime | None, calendar: Calendar) -> bool:
    """Whether the morning's digest goes out: on a working day, once the office opened, once a day."""
    span = calendar.span(as_utc(now).astimezone(calendar.zone).date())
    return span is not None and now >= span[0] and (last_at is None or last_at < span[0])
