"""What several deeds take from the office: its days, the code of its regency, the withdrawal of a paper."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from dekat.cases.queries import ApplicationCard
from dekat.documents import ports, queries
from dekat.documents import services as documents
from dekat.documents.kinds import DocumentKind, RevocationReason
from dekat.flows.deeds.deed import Order
from dekat.kernel.errors import DekatError
from dekat.kernel.partial_date import PartialDate


class DayImpossible(DekatError):
    """The day lies ahead, or before the person's birth."""

    code = "flows.deed.day_impossible"


def reported_on(application: ApplicationCard) -> date:
    """The regency's day on which the application reached this office, by this office's clock."""
    return localdate(application.steps[0].at)


def region() -> str:
    """The four digits of the regency, as they begin the number of an akta: those of the issuer (`ID-3511`)."""
    return ports.authority().issuer.removeprefix("ID-")


def withdraw(kind: DocumentKind, subject: str, order: Order) -> None:
    """End the valid paper of somebody or of a family that is no more, if there is one."""
    if active := queries.active_for(kind=kind, subject=subject):
        reason = RevocationReason.OWNER_GONE
        documents.revoke(document_id=active.id, reason=reason, actor=order.actor, now=order.now)


def of_resident(resident_id: UUID) -> str:
    """The subject of a paper about one person."""
    return f"resident:{resident_id}"


def day_said(application: ApplicationCard, key: str, *, today: date, born_on: PartialDate | None = None) -> str:
    """The day of an answer as ISO text, not ahead and not before a birth.

    Refuses: flows.deed.day_impossible.
    """
    text = application.said(key)
    day = date.fromisoformat(text)
    if day > today or (born_on is not None and day < born_on.birthday(0) and born_on.is_whole):
        raise DayImpossible(day=day.strftime("%d-%m-%Y"))
    return text
