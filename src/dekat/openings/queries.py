"""Questions: who opened what, and what is open to whom now."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.openings import rules
from dekat.openings.models import Opening
from dekat.openings.states import Outcome, Purpose
from dekat.openings.views import Act


def acts_about(people: Iterable[UUID], *, subjects: Iterable[str] = (), limit: int = 200) -> list[Act]:
    """Who opened the data of these residents, or one of these things of theirs, the newest first.

    Facts: `people` of an act are those who were asked for; `subjects` names recordings that were made out of domicile,
    where the station knew the person by an id of its own.
    """
    return _acts(Q(resident_id__in=set(people)) | Q(subject__in=set(subjects)), limit=limit)


def acts_on(subject: str, *, limit: int = 200) -> list[Act]:
    """Who opened this thing, the newest first."""
    return _acts(Q(subject=subject), limit=limit)


def refused_acts(*, limit: int = 200) -> list[Act]:
    """The attempts that were refused, the newest first."""
    return _acts(Q(outcome=Outcome.REFUSED), limit=limit)


def latest_acts(*, limit: int = 200) -> list[Act]:
    """The newest openings of anything."""
    return _acts(Q(), limit=limit)


def open_now(*, subject: str, account_id: UUID, now: datetime) -> Act | None:
    """By which act this thing is open to an officer now; None when they have to say why first."""
    found = _acts(Q(subject=subject) & _open_to(account_id, now), limit=1)
    return found[0] if found else None


def last_wish(*, account_id: UUID, now: datetime) -> tuple[Purpose, str] | None:
    """The purpose and note that an officer gave last, while what they opened by it is still open."""
    found = _acts(_open_to(account_id, now), limit=1)
    return (found[0].purpose, found[0].note) if found and found[0].purpose else None


def _open_to(account_id: UUID, now: datetime) -> Q:
    span = Q(opened_at__gt=now - rules.OPEN_FOR, opened_at__lte=now)
    return span & Q(account_id=account_id, outcome=Outcome.GRANTED)


def _acts(condition: Q, *, limit: int) -> list[Act]:
    rows = Opening.objects.filter(condition).order_by("-opened_at", "-act_id", "resident_id")
    acts: dict[UUID, list[Opening]] = {}
    for row in rows[: limit * 4]:
        acts.setdefault(row.act_id, []).append(row)
    return [_act(found) for found in list(acts.values())[:limit]]


def _act(rows: list[Opening]) -> Act:
    row = rows[0]
    return Act(
        id=row.act_id,
        subject=row.subject,
        people=tuple(one.resident_id for one in rows),
        outcome=Outcome(row.outcome),
        purpose=Purpose(row.purpose) if row.purpose else None,
        note=row.note,
        actor=Actor(row.account_id, Role(row.role) if row.role else None, row.kecamatan, row.node),
        at=row.opened_at,
    )
