"""What the wizard's templates ask for on every step."""

from django import template
from django.template import Context

from dekat.faces.station.recording import comfort as comforts
from dekat.faces.station.recording.comfort import Comfort
from dekat.faces.ui.words import seconds

register = template.Library()
register.simple_tag(comforts.madurese, name="madurese")
register.filter("seconds", seconds)


@register.simple_tag(takes_context=True)
def comfort(context: Context) -> Comfort:
    """Which of the switches are on."""
    return comforts.comfort_of(context["request"])
