"""What is known of a station's line at one instant."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# The centre's word for "so many stations send just now; you are next when it is your turn".
BUSY = "sync.wire.busy"


class LineState(StrEnum):
    """What the operator may know of the line."""

    NEVER_TRIED = "NEVER_TRIED"
    UP = "UP"
    DOWN = "DOWN"
    AWAY = "AWAY"
    INTERCEPTED = "INTERCEPTED"
    PORTAL = "PORTAL"
    PROXY = "PROXY"
    REFUSED = "REFUSED"
    LOCKED = "LOCKED"


@dataclass(frozen=True)
class LineStatus:
    """The line at one instant.

    Facts: `since` is when this state began; `latency_ms` one round trip; bytes since the process started; `orders` are
    the centre's words (`revoked`, `new_incarnation`); `code` is the last trouble's, empty when none; `done_count`
    packets arrived since the outbox was last empty; `up_bytes_s` is how fast bytes leave while they leave;
    `finding` is the code of what hinders the way although it is up, empty when nothing does.
    """

    state: LineState
    since: datetime
    last_contact_at: datetime | None = None
    latency_ms: int | None = None
    clock_offset_ms: int | None = None
    sent_bytes: int = 0
    received_bytes: int = 0
    orders: tuple[str, ...] = ()
    code: str = ""
    done_count: int = 0
    up_bytes_s: float | None = None
    finding: str = ""

    @property
    def is_up(self) -> bool:
        return self.state == LineState.UP


@dataclass(frozen=True)
class Probe:
    """One try to reach the centre by the lane of the small things: answered or not."""

    is_up: bool
    latency_ms: int | None


class Arrivals:
    """How many packets arrived since the outbox was last empty."""

    def __init__(self) -> None:
        self.count = 0

    def one_more(self, left_count: int) -> None:
        """One packet left the outbox; after the last one the counting begins anew."""
        self.count = self.count + 1 if left_count else 0
