"""Commands of closures: the Sekda closes the regency's offices on days, or opens them again, by a decree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas.working_calendar import regency_calendar
from dekat.duties.closures import DECLARED, WITHDRAWN, declared_days
from dekat.duties.evidence import may_say, of_event
from dekat.kernel.errors import DekatError
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record


class ClosureNotYours(DekatError):
    """Only the Sekda closes the offices of the regency."""

    code = "duties.closure.not_yours"


class ClosureWithoutDays(DekatError):
    """A closure names at least one day and its decree."""

    code = "duties.closure.incomplete"


class ClosureInThePast(DekatError):
    """What is over stays as it was: a deadline that passed on that day was missed."""

    code = "duties.closure.in_the_past"


@dataclass(frozen=True)
class Closure:
    """One decree about days off, as it was recorded."""

    event_id: UUID
    decree: str
    days: tuple[date, ...]
    is_withdrawn: bool
    said_at: datetime


def declare_closure(*, event_id: UUID, days: Sequence[date], decree: str, actor: Actor, now: datetime) -> None:
    """Close the offices on days from today on: no working hours run on them.

    Again: the same `event_id` is recorded once.
    Refuses: duties.closure.not_yours, duties.closure.incomplete, duties.closure.in_the_past.
    """
    _say(DECLARED, event_id, days, decree, actor, now)


def withdraw_closure(*, event_id: UUID, days: Sequence[date], decree: str, actor: Actor, now: datetime) -> None:
    """Let the offices work on these days after all.

    Again: the same `event_id` is recorded once.
    Refuses: duties.closure.not_yours, duties.closure.incomplete, duties.closure.in_the_past.
    """
    _say(WITHDRAWN, event_id, days, decree, actor, now)


def closed_days(zone: ZoneInfo) -> frozenset[date]:
    """The days that are closed by decree, as the log says now."""
    return declared_days((of_event(event) for event in _said()), zone)


def closures() -> list[Closure]:
    """Every decree about days off, newest first."""
    found = [
        Closure(
            event_id=event.id,
            decree=str(event.data.get("decree", "")),
            days=tuple(date.fromisoformat(str(day)) for day in _listed(event.data.get("days"))),
            is_withdrawn=event.name == WITHDRAWN,
            said_at=event.occurred_at,
        )
        for event in _said()
    ]
    return found[::-1]


def _said() -> list[SignedEvent]:
    return [event for event in ledger.events(names=[DECLARED, WITHDRAWN]) if may_say(event)]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _say(name: str, event_id: UUID, days: Sequence[date], decree: str, actor: Actor, now: datetime) -> None:
    if actor.office != "SEKDA":
        raise ClosureNotYours
    if not days or not decree.strip():
        raise ClosureWithoutDays
    if min(days) < now.astimezone(regency_calendar().zone).date():
        raise ClosureInThePast(day=min(days).isoformat())
    data = {"by": actor.office, "decree": decree.strip(), "days": [day.isoformat() for day in sorted(set(days))]}
    with transaction.atomic():
        record(name=name, subject="regency", actor=actor.label, data=data, now=now, event_id=event_id)
