"""What the station's home and the wizard say about learning."""

from django import template
from django.template import Context

from dekat.accounts.queries import accounts_of
from dekat.accounts.roles import Role
from dekat.enrolment.practice import exercise_of
from dekat.enrolment.queries import RecordingView
from dekat.faces.access import actor_of
from dekat.faces.station.learning.learner import learning_by, learning_of
from dekat.training.exercises import Exercise, exercise
from dekat.training.queries import Learning, Next

register = template.Library()


@register.simple_tag(takes_context=True)
def learning_at_work(context: Context) -> Learning | None:
    """How far the operator at work is; None for the camat, who records nothing."""
    request = context["request"]
    return learning_of(request) if actor_of(request).role == Role.OPERATOR else None


@register.simple_tag(takes_context=True)
def practices_to_watch(context: Context) -> list[str]:
    """The operators whose last step is the camat's word; nobody for anybody else."""
    actor = actor_of(context["request"])
    if actor.role != Role.DISTRICT_HEAD:
        return []
    found = accounts_of(kecamatan=actor.kecamatan, role=Role.OPERATOR)
    return [card.full_name for card in found if learning_by(card.id, card.kecamatan).next == Next.SIGN_OFF]


@register.simple_tag
def practised_with(recording: RecordingView) -> Exercise | None:
    """Who the practice is with."""
    return exercise(exercise_of(recording.id))
