"""A metered line: so many bytes a day; then packets and big files wait for the next day, messages go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True)
class Budget:
    """What a line may carry in a day of the regency's zone.

    Facts: `limit_bytes` 0 means no limit; `spent` gives the bytes that passed since an instant.
    """

    limit_bytes: int
    zone: tzinfo
    clock: Callable[[], datetime]
    spent: Callable[[datetime], int]

    def may_spend(self) -> bool:
        """Whether packets may go now."""
        return self.paused_until() is None

    def paused_until(self) -> datetime | None:
        """When packets go on, once the day's bytes are used up; None while there are some left."""
        if not self.limit_bytes:
            return None
        midnight = self.clock().astimezone(self.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        if self.spent(midnight) < self.limit_bytes:
            return None
        return midnight + timedelta(days=1)
