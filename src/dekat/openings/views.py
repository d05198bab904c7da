"""What openings are written from and answered with."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.openings.states import Outcome, Purpose


@dataclass(frozen=True)
class Act:
    """One officer opens, or tries to open, one thing that shows the data of some residents.

    Facts: `purpose` is None where the attempt was refused before one was given; `at` is the clock of the actor's node.
    """

    id: UUID
    subject: str
    people: tuple[UUID, ...]
    outcome: Outcome
    purpose: Purpose | None
    note: str
    actor: Actor
    at: datetime
