"""How far somebody is on the way to live recording, as every page that asks is told."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from dekat.faces.access import actor_of
from dekat.faces.clock import now
from dekat.training import queries
from dekat.training.queries import Learning


def learning_of(request: HttpRequest) -> Learning:
    """How far the operator at work is."""
    actor = actor_of(request)
    return learning_by(actor.account_id or UUID(int=0), actor.kecamatan)


def learning_by(operator_id: UUID, kecamatan: str) -> Learning:
    """How far any operator of a kecamatan is."""
    months = settings.ENV.competence_months
    return queries.learning(operator_id=operator_id, kecamatan=kecamatan, months=months, now=now())
