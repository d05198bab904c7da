"""Whether an officer has shown that they can do a task, by which proof, and until when."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.kernel.clock import from_iso
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent

RECORD, PRINT = "RECORD", "PRINT"
PROVED_BY_QUIZ = frozenset({PRINT})
"""Tasks for which a passed quiz is enough; recording a resident is shown before somebody's eyes."""
REMIND = timedelta(days=30)


class Stage(StrEnum):
    """What a competence rests on."""

    QUIZ = "QUIZ"
    OBSERVED = "OBSERVED"


class Standing(StrEnum):
    """What a competence is worth now."""

    NONE = "NONE"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    EXPIRING = "EXPIRING"
    VALID = "VALID"

    @property
    def is_open(self) -> bool:
        """Whether the officer may do the task."""
        return self in (Standing.EXPIRING, Standing.VALID)


@dataclass(frozen=True)
class Competence:
    """The last proof of one officer for one task.

    Facts: `valid_until` is exclusive; a proof that names none holds the months of the setting from its own day.
    """

    reference: UUID
    is_passed: bool
    recorded_at: datetime
    valid_until: datetime

    def standing(self, *, now: datetime) -> Standing:
        """What it is worth at an instant."""
        if not self.is_passed:
            return Standing.FAILED
        if now >= self.valid_until:
            return Standing.EXPIRED
        return Standing.EXPIRING if now >= self.valid_until - REMIND else Standing.VALID


def competence(*, kecamatan: str, operator: UUID, task: str, months: int) -> Competence | None:
    """The officer's last proof of a task in a kecamatan; None when there never was one."""
    proofs = _proofs(kecamatan, str(operator), task)
    if not proofs:
        return None
    last = proofs[-1]
    said = last.data.get("valid_until")
    until = from_iso(said) if isinstance(said, str) else months_later(last.occurred_at, months)
    return Competence(last.id, last.data.get("is_passed") is True, last.occurred_at, until)


def standing_of(*, kecamatan: str, operator: UUID, task: str, months: int, now: datetime) -> Standing:
    """What the officer's last proof of a task is worth now."""
    found = competence(kecamatan=kecamatan, operator=operator, task=task, months=months)
    return found.standing(now=now) if found else Standing.NONE


def competence_reference(*, actor: Actor, task: str, months: int, now: datetime) -> str | None:
    """The event that lets the officer do a task now; None when there is none, it was failed, or it has expired."""
    if actor.account_id is None:
        return None
    found = competence(kecamatan=actor.kecamatan, operator=actor.account_id, task=task, months=months)
    return str(found.reference) if found and found.standing(now=now).is_open else None


def months_later(at: datetime, months: int) -> datetime:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def _proofs(kecamatan: str, operator: str, task: str) -> Sequence[SignedEvent]:
    found = ledger.events(names=["duties.competence.recorded"], subject=f"kecamatan:{kecamatan}")
    return [event for event in found if (event.data.get("operator"), event.data.get("task")) == (operator, task)]
