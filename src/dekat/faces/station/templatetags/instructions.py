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
    cards = duties.instructions(kecamatan=actor.kecamatan)
    return [
        card
        for card in reversed(cards)
        if card.published_at and not duties.is_acknowledged(card=card, kecamatan=actor.kecamatan, actor=actor.label)
    ]
