"""How an application moves: one conditional update, its step and its event, for every command."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cases import rules
from dekat.cases.models import Application, ApplicationStep
from dekat.cases.queries import ApplicationCard, ApplicationUnknown, card_of
from dekat.cases.states import State
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record


class MoveForbidden(DekatError):
    """Somebody else moved the application on meanwhile."""

    code = "cases.application.move_forbidden"


def move(
    application_id: UUID,
    to: State,
    event: str,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    note: str = "",
    only_from: set[State] | None = None,
    **facts: object,
) -> ApplicationCard:
    """Bring an application to a state, with its step and its event.

    Facts: `facts` are columns that change with it.
    Again: changes nothing.
    Refuses: cases.application.unknown, cases.application.move_forbidden.
    """
    with transaction.atomic():
        row = locked(application_id)
        if row.state == to:
            return card_of(row)
        sources = [source for source in only_from or set(State) if rules.may_move(source, to)]
        if not Application.objects.filter(id=row.id, state__in=sources).update(state=to, **facts):
            raise MoveForbidden(state=State(row.state).label)
        row.refresh_from_db()
        step(row, to, event, actor, now, reason, note)
        return card_of(row)


def step(
    row: Application, state: State, event: str, actor: Actor, now: datetime, reason: str = "", note: str = ""
) -> None:
    """Write down that the application got here, and the event of it."""
    ApplicationStep.objects.create(
        application=row,
        number=row.steps.count() + 1,
        state=state,
        at=now,
        actor=actor.label,
        office=actor.office,
        reason=reason,
        note=note,
    )
    tell(row, event, reason, actor, now)


def tell(row: Application, event: str, reason: str, actor: Actor, now: datetime) -> None:
    """The event of an application, without personal data."""
    data = {"service": row.service, "channel": row.channel, "kecamatan": row.kecamatan, "reason": reason}
    record(
        name=f"cases.application.{event}",
        subject=f"application:{row.id}",
        actor=actor.label,
        data={key: value for key, value in data.items() if value},
        now=now,
    )


def locked(application_id: UUID) -> Application:
    """The row, for this transaction alone.

    Refuses: cases.application.unknown.
    """
    row = Application.objects.select_for_update().filter(id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return row


def found(application_id: UUID) -> Application:
    """The row, to be read.

    Refuses: cases.application.unknown.
    """
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise ApplicationUnknown
    return row
