"""Somebody recorded twice chooses one domicile; the office passes the choice on; the national centre decides."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.kernel.clock import iso
from dekat.kernel.errors import DekatError
from dekat.kernel.working_time import Calendar, add_working_minutes
from dekat.ledger.services import record
from dekat.national.models import DomicileCase, Submission
from dekat.national.statuses import Domicile, Status

# How long the office may take to pass a choice on; source: decision here.
_WITHIN_HOURS = 16
OFFICE, CENTRE = "DISPENDUKCAPIL", "PUSAT"


class NotDuplicate(DekatError):
    """The recording is not held as a duplicate, so there is nothing to choose."""

    code = "national.domicile.not_duplicate"


@dataclass(frozen=True)
class DomicileCard:
    """A choice and whose turn it is: the office's until it passed the choice on, then the national centre's."""

    recording_id: UUID
    choice: Domicile
    chosen_at: datetime
    due_at: datetime
    passed_on_at: datetime | None

    @property
    def owner(self) -> str:
        return CENTRE if self.passed_on_at else OFFICE


def choose_domicile(
    *, tracking_code: str, choice: Domicile, calendar: Calendar, actor: Actor, now: datetime
) -> DomicileCard:
    """Keep which record somebody keeps, with the day by which the office passes it on.

    Again: the first choice stands.
    Refuses: national.domicile.not_duplicate.
    """
    with transaction.atomic():
        row = Submission.objects.select_for_update().filter(tracking_code=tracking_code).first()
        if row is None or row.status != Status.DUPLICATE_RECORD:
            raise NotDuplicate
        due_at = add_working_minutes(now, _WITHIN_HOURS * 60, calendar)
        fields = {"choice": choice, "chosen_at": now, "due_at": due_at}
        case, is_new = DomicileCase.objects.get_or_create(submission=row, defaults=fields)
        if is_new:
            record(
                name="national.domicile.declared",
                subject=f"recording:{row.id}",
                actor=actor.label,
                data={"choice": str(choice), "kecamatan": row.kecamatan, "owner": OFFICE, "due_at": iso(due_at)},
                now=now,
            )
        return _card(case)


def pass_on(*, recording_id: UUID, actor: Actor, now: datetime) -> None:
    """Record that the office told the national centre which record stays.

    Again: changes nothing.
    Refuses: national.domicile.not_duplicate.
    """
    with transaction.atomic():
        if not DomicileCase.objects.filter(submission=recording_id).exists():
            raise NotDuplicate
        if DomicileCase.objects.filter(submission=recording_id, passed_on_at=None).update(passed_on_at=now):
            record(
                name="national.domicile.passed_on",
                subject=f"recording:{recording_id}",
                actor=actor.label,
                data={"by": actor.office, "owner": CENTRE},
                now=now,
            )


def domicile_of(recording_id: UUID) -> DomicileCard | None:
    """The choice about a recording; None while nobody chose."""
    row = DomicileCase.objects.filter(submission=recording_id).first()
    return _card(row) if row else None


def _card(row: DomicileCase) -> DomicileCard:
    return DomicileCard(row.submission_id, Domicile(row.choice), row.chosen_at, row.due_at, row.passed_on_at)
