"""What the reviewer sees: the queue with its clocks, and one application with the old and the new value."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dekat.accounts.roles import Role
from dekat.areas import queries as areas
from dekat.cases import queries as cases
from dekat.cases.catalogue import Change, change
from dekat.cases.queries import ApplicationCard
from dekat.cases.rules import Clock
from dekat.cases.states import State
from dekat.kernel.working_time import Calendar
from dekat.registry import queries as registry
from dekat.registry.views import ResidentView

OPEN = (State.APPROVED, State.SUBMITTED, State.IN_REVIEW, State.NUMBERING, State.RETURNED)


@dataclass(frozen=True, repr=False)
class QueueLine:
    """One application in the queue with its clock."""

    application: ApplicationCard
    clock: Clock
    place: str


@dataclass(frozen=True, repr=False)
class Dossier:
    """One application beside the register.

    Facts: `owner` and `before` are empty when both numbers name nobody together.
    """

    application: ApplicationCard
    clock: Clock
    place: str
    change: Change | None
    owner: str
    head_name: str
    address: str
    before: str
    after: str
    attachments: list[UUID]


def queue(*, calendar: Calendar, now: datetime) -> list[QueueLine]:
    """The open applications: the head's signature first, then by age."""
    lines = [_line(card, calendar, now) for card in cases.queue(states=OPEN)]
    return sorted(lines, key=lambda line: (OPEN.index(line.application.state), line.application.submitted_at))


def waiting_for(role: str) -> int:
    """How many applications wait for an officer of this role."""
    is_head = role == Role.REGISTRY_HEAD
    return cases.count(states=[State.APPROVED] if is_head else [State.SUBMITTED, State.IN_REVIEW])


def dossier(application_id: UUID, *, calendar: Calendar, now: datetime) -> Dossier:
    """One application with everything its decision needs.

    Refuses: cases.application.unknown.
    """
    line = _line(cases.application(application_id), calendar, now)
    card = line.application
    asked = change(str(card.answers["element"])) if "element" in card.answers else None
    resident = registry.resident(card.resident_id) if card.resident_id else None
    family = registry.family(card.family_id) if card.family_id else None
    return Dossier(
        application=card,
        clock=line.clock,
        place=line.place,
        change=asked,
        owner=resident.printed_name if resident else "",
        head_name=family.head_name if family else "",
        address=family.address if family else "",
        before=_value(resident, asked) if resident and asked else "",
        after=_label(asked, str(card.answers["new_value"])) if asked else "",
        attachments=cases.attachments(card.id),
    )


def _line(card: ApplicationCard, calendar: Calendar, now: datetime) -> QueueLine:
    today = now.astimezone(calendar.zone).date()
    place = areas.display_name(card.kecamatan, today) if card.kecamatan else ""
    return QueueLine(card, card.clock(calendar=calendar, now=now), place)


def _value(resident: ResidentView, asked: Change) -> str:
    # Each element is a field of the resident of the same name.
    return str(getattr(resident, asked.element.lower()))


def _label(asked: Change, value: str) -> str:
    return registry.label(asked.values, value) if asked.values else value
