"""What a probe says, and when a device is due for its self-test.

Idleness itself breaks devices; a missed week is the earliest warning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dekat.kernel.canonical import Json
from dekat.readings.kinds import End, Path

_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """Where a device stands with its self-test.

    Facts: `due_at` is when the next test is due; `is_due` from that day on; `is_missed` a day later.
    """

    due_at: datetime
    is_due: bool
    is_missed: bool


def due(*, tested_at: datetime | None, first_seen_at: datetime, every: timedelta, now: datetime) -> Due:
    """When the next test is due: one period after the last, or at once for a device that was never tested.

    Facts: a device that was never tested is not called missed before a whole period since it was first seen.
    """
    if tested_at is None:
        return Due(first_seen_at, True, now - first_seen_at >= every + _GRACE)
    due_at = tested_at + every
    return Due(due_at, now >= due_at, now >= due_at + _GRACE)


def is_silence(probe: Mapping[str, Json]) -> bool:
    """Whether a probe only says that the centre did not hear a station: closed for the night, or cut off."""
    return probe.get("is_up") is not True and (probe.get("seen_from"), probe.get("path")) == (End.CENTRE, Path.CENTRE)
