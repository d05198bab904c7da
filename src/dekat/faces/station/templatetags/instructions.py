"""What the instruction pages and the station's home show."""

from django import template
from django.conf import settings
from django.template import Context

from dekat.duties import queries as duties
from dekat.duties.queries import InstructionCard
from dekat.faces.access import actor_of
from dekat.faces.ui.markdown import markdown

register = template.Library()
register.filter("markdown", markdown)


@register.simple_tag(takes_context=True)
def waiting_instructions(context: Context) -> list[InstructionCard]:
    """The instructions that the officer at work has not acknowledged yet, oldest first."""
    request = context["request"]
    if not settings.IS_STATION or not request.user.is_authenticated:
        return []
    actor = actor_of(request)
    return duties.unread(kecamatan=actor.kecamatan, actor=actor.label)


@register.simple_tag(takes_context=True)
def lacks_operator(context: Context) -> bool:
    """Whether nobody is on duty to operate the devices of the officer's kecamatan."""
    return not duties.operators(actor_of(context["request"]).kecamatan)
