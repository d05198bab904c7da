"""What several deeds take from the office: its days, and the code of its regency."""

from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from dekat.cases.queries import ApplicationCard
from dekat.documents import ports


def reported_on(application: ApplicationCard) -> date:
    """The regency's day on which the application reached this office, by this office's clock."""
    return localdate(application.steps[0].at)


def region() -> str:
    """The four digits of the regency, as they begin the number of an akta: those of the issuer (`ID-3511`)."""
    return ports.authority().issuer.removeprefix("ID-")


def of_resident(resident_id: UUID) -> str:
    """The subject of a paper about one person."""
    return f"resident:{resident_id}"
