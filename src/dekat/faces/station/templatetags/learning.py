"""What the station's home and the wizard say about learning."""

from django import template
from django.template import Context

from dekat.accounts.roles import Role
from dekat.enrolment.practice import exercise_of
from dekat.enrolment.queries import RecordingView
from dekat.faces.access import actor_of
from dekat.faces.station.learning.views import learning_of
from dekat.training.exercises import Exercise, exercise
from dekat.training.queries import Learning

register = template.Library()


@register.simple_tag(takes_context=True)
def learning_at_work(context: Context) -> Learning | None:
    """How far the operator at work is; None for the camat, who records nothing."""
    request = context["request"]
    return learning_of(request) if actor_of(request).role == Role.OPERATOR else None


@register.simple_tag
def practised_with(recording: RecordingView) -> Exercise | None:
    """Who the practice is with."""
    return exercise(exercise_of(recording.id))
