"""What the turn engine answers: for each device one state, and while it is idle one party that must act. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dekat.duties.chain import Standing


class State(StrEnum):
    """Whether machines showed the device at work; nobody has the turn of one that was written off."""

    IN_USE = "IN_USE"
    IDLE = "IDLE"
    WRITTEN_OFF = "WRITTEN_OFF"


@dataclass(frozen=True)
class Stint:
    """A span of a device's life: idle with exactly one party holding the turn, or in use, or written off.

    Facts: `end` is exclusive; the last stint ends at the instant of the question. Empty texts unless idle. `how` the
    turn came to the party is a word of `holder.How`, `act` the event that passed it or set the deadline.
    """

    start: datetime
    end: datetime
    state: State
    party: str = ""
    desk: str = ""
    code: str = ""
    link: str = ""
    rule_id: str = ""
    via: str = ""
    due_at: datetime | None = None
    cause: tuple[UUID, ...] = ()
    missed: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    how: str = ""
    act: UUID | None = None


@dataclass(frozen=True)
class Answer:
    """Whose turn it is for one device at one instant, and why.

    Facts: `asset_user` is the office in whose books it stands (pengguna barang), `kecamatan` its holder; `standings`
    say how each link of its chain stood, `rules_from` which rulebook spoke.
    """

    serial: str
    kind: str
    kecamatan: str
    as_of: datetime
    state: State
    since: datetime
    last_used_at: datetime | None
    party: str
    desk: str
    held_since: datetime
    code: str
    link: str
    via: str
    due_at: datetime | None
    missed: tuple[str, ...]
    rule_id: str
    law: str
    cleared_by: tuple[str, ...]
    evidence: tuple[UUID, ...]
    history: tuple[Stint, ...]
    delivered_at: datetime | None
    price_sen: int
    contract: str
    model: str
    life_days: int
    asset_user: str = ""
    causes: tuple[str, ...] = ()
    standings: tuple[tuple[str, Standing], ...] = ()
    rules_from: date = date.min

    @property
    def is_idle(self) -> bool:
        return self.state is State.IDLE

    @property
    def is_in_use(self) -> bool:
        return self.state is State.IN_USE

    @property
    def is_written_off(self) -> bool:
        return self.state is State.WRITTEN_OFF

    @property
    def is_overdue(self) -> bool:
        """Whether the present holder let the deadline pass (only the last desk can; others lose the turn)."""
        return self.due_at is not None and self.due_at <= self.as_of

    @property
    def idle_for(self) -> timedelta:
        return self.as_of - self.since if self.is_idle else timedelta()
