"""What the instruction pages and the station's home show."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from dekat.duties import queries as duties
from dekat.duties.files import InstructionFile, held
from dekat.duties.queries import InstructionCard, Receipt
from dekat.faces.access import actor_of
from dekat.faces.instruction_words import ROLE_WORDS, SERVICE_WORDS
from dekat.faces.ui.markdown import markdown

register = template.Library()
register.filter("markdown", markdown)


@register.filter
def instruction_text(card: InstructionCard) -> SafeString:
    """The text with its pictures in their places; a picture that has not come yet is its words."""
    return markdown(card.body, {one.name: address for one in card.pictures if (address := file_address(one))})


@register.filter
def unplaced(card: InstructionCard) -> list[InstructionFile]:
    """The pictures that the text does not call by name; they come after it, so that none is lost."""
    return [one for one in card.pictures if f"({one.name})" not in card.body]


@register.filter
def file_address(file: InstructionFile | str) -> str:
    """Where its bytes are read; empty while they are still on their way to this machine, or where there is no file."""
    return reverse("instruction-file", args=[file.sha256]) if not isinstance(file, str) and held([file]) else ""


@register.filter
def role_words(role: str) -> str:
    """A role as pages say it."""
    return str(ROLE_WORDS.get(role, role))


@register.filter
def words_of_roles(roles: Iterable[str]) -> str:
    """Roles as pages list them."""
    return ", ".join(role_words(role) for role in roles)


@register.filter
def words_of_services(services: Iterable[str]) -> str:
    """Services as pages list them."""
    return ", ".join(str(SERVICE_WORDS.get(service, service)) for service in services)


@register.filter
def role_at(receipt: Receipt, role: str) -> datetime | None:
    """When the first officer of a role acknowledged."""
    at = {"OPERATOR": receipt.operator_at, "DISTRICT_HEAD": receipt.head_at, "SECTION_HEAD": receipt.section_at}
    return at[role]


@register.filter
def at(values: dict[str, str], key: str) -> str:
    """The value of a key, the key itself where there is none."""
    return values.get(key, key)


@register.simple_tag(takes_context=True)
def waiting_instructions(context: Context) -> list[InstructionCard]:
    """The instructions that wait for the officer at work, oldest first."""
    request = context["request"]
    if not settings.IS_STATION or not request.user.is_authenticated:
        return []
    actor = actor_of(request)
    return duties.unread(kecamatan=actor.kecamatan, actor=actor.label, role=str(actor.role))


@register.simple_tag(takes_context=True)
def lacks_operator(context: Context) -> bool:
    """Whether nobody is on duty to operate the devices of the officer's kecamatan."""
    return not duties.operators(actor_of(context["request"]).kecamatan)
