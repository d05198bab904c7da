"""The applications that somebody, or their family, ever made."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from dekat.cases.models import Application
from dekat.cases.queries import ApplicationCard, card_of


def applications_about(
    *, people: Iterable[UUID] = (), families: Iterable[UUID] = (), ids: Iterable[UUID] = ()
) -> list[ApplicationCard]:
    """The applications of these residents or families, or with these ids, the newest first."""
    wanted = Q(resident_id__in=set(people)) | Q(family_id__in=set(families)) | Q(id__in=set(ids))
    rows = Application.objects.filter(wanted).order_by("-submitted_at", "-id").prefetch_related("steps", "papers")
    return [card_of(row) for row in rows]
