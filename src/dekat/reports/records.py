"""Everything known of one person, family or paper: the present facts and how they came about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from dekat.cases import queries as cases
from dekat.cases.of_people import applications_about
from dekat.cases.queries import ApplicationCard
from dekat.documents import queries as documents
from dekat.documents.queries import DocumentCard
from dekat.kernel.nik import mask
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.printing import queries as printing
from dekat.printing.queries import PrintCard
from dekat.registry import queries as registry
from dekat.registry.history import ChangedElement, changed_elements, everybody_of, families_of, version_causes
from dekat.registry.states import ChangeCause, ResidentState, VersionReason
from dekat.registry.views import CardVersion, FamilyView, ResidentView
from dekat.reports.comparison import CardChange, card_change
from dekat.reports.officers import officer_name

LIFE_EVENT = "registry.life_event.recorded"
_SIGNED = ("cases.application.issued", LIFE_EVENT)


@dataclass(frozen=True, repr=False)
class Change:
    """One element before and after, the application behind it (None: data of the national centre), and who signed."""

    what: ChangedElement
    application: ApplicationCard | None
    signed_by: str


@dataclass(frozen=True)
class LifeEvent:
    """What happened in somebody's life, as the register recorded it."""

    reason: VersionReason
    at: datetime
    application: ApplicationCard | None
    event_id: UUID


@dataclass(frozen=True, repr=False)
class Version:
    """One version of a family's card and what differs from the one before it (None: it is the first one held)."""

    card: CardVersion
    change: CardChange | None


@dataclass(frozen=True, repr=False)
class PersonRecord:
    """One resident with their history, the newest first; `goes_on_as` is the record that a merged one leads to."""

    resident: ResidentView
    goes_on_as: UUID | None
    changes: list[Change]
    life: list[LifeEvent]
    applications: list[ApplicationCard]
    papers: list[DocumentCard]


@dataclass(frozen=True, repr=False)
class FamilyRecord:
    """One family with its members now and its history, the newest first."""

    family: FamilyView
    members: list[ResidentView]
    versions: list[Version]
    applications: list[ApplicationCard]
    papers: list[DocumentCard]


@dataclass(frozen=True, repr=False)
class PaperRecord:
    """One paper: whose it is, who asked for it, what replaced it, what became of its sheets."""

    paper: DocumentCard
    family_id: UUID | None
    resident_id: UUID | None
    application: ApplicationCard | None
    successor: DocumentCard | None
    sheets: list[PrintCard]


def person_record(resident_id: UUID) -> PersonRecord:
    """One resident in full; the face asked for a purpose first.

    Refuses: registry.resident.unknown.
    """
    resident = registry.resident(resident_id)
    changed = changed_elements(resident_id)
    families = families_of(resident_id, present=resident.family_id)
    causes = {one.cause_id for one in changed if one.cause is ChangeCause.APPLICATION}
    causes |= {cause for family in families for cause in version_causes(family)}
    applications = {one.id: one for one in applications_about(people=[resident_id], ids=causes)}
    events = [
        event for cause in sorted(causes) for event in ledger.events(names=_SIGNED, subject=f"application:{cause}")
    ]
    signed = {event.subject: officer_name(event.actor) for event in events}
    return PersonRecord(
        resident=resident,
        goes_on_as=registry.goes_on_as(resident_id) if resident.state is ResidentState.MERGED else None,
        changes=[
            Change(_with_numbers(one), applications.get(one.cause_id), signed.get(f"application:{one.cause_id}", ""))
            for one in changed
        ],
        life=_life(events, resident_id, applications),
        applications=[one for one in applications.values() if one.resident_id == resident_id],
        papers=_papers(f"resident:{resident_id}", *(f"family:{family}" for family in families)),
    )


def family_record(family_id: UUID) -> FamilyRecord:
    """One family in full; the face asked for a purpose first.

    Refuses: registry.family.unknown.
    """
    family = registry.family(family_id)
    cards = registry.card_versions(family_id)
    befores: Sequence[CardVersion | None] = [None, *cards]
    return FamilyRecord(
        family=family,
        members=registry.members(family_id),
        versions=[
            Version(card, card_change(before.content, card.content) if before else None)
            for before, card in reversed(list(zip(befores, cards, strict=False)))
        ],
        applications=applications_about(families=[family_id]),
        papers=_papers(f"family:{family_id}"),
    )


def paper_record(document_id: UUID) -> PaperRecord:
    """One paper in full; the face asked for a purpose first.

    Refuses: documents.document.unknown.
    """
    paper = documents.document(document_id)
    kind, owner = _owner(paper)
    return PaperRecord(
        paper=paper,
        family_id=owner if kind == "family" else None,
        resident_id=owner if kind == "resident" else None,
        application=cases.of_document(document_id),
        successor=documents.find(paper.superseded_by) if paper.superseded_by else None,
        sheets=printing.sheets_of(document_id),
    )


def people_of_paper(document_id: UUID) -> tuple[UUID, ...]:
    """The residents whose data a paper shows; empty for papers about things.

    Refuses: documents.document.unknown.
    """
    match _owner(documents.document(document_id)):
        case "resident", UUID() as resident_id:
            return (resident_id,)
        case "family", UUID() as family_id:
            return people_of_family(family_id)
        case _:
            asked = cases.of_document(document_id)
            return (asked.resident_id,) if asked and asked.resident_id else ()


def people_of_family(family_id: UUID) -> tuple[UUID, ...]:
    """The members of a family, also the former ones: its history shows them too. Empty where nobody is known."""
    return tuple(sorted(everybody_of(family_id)))


def _owner(paper: DocumentCard) -> tuple[str, UUID | None]:
    """Whose a paper is; `resident:<id>:<application>` tells several of one person apart."""
    kind, owner_id = paper.subject.split(":")[:2]
    return kind, UUID(owner_id) if kind in ("family", "resident") else None


def _life(
    events: Iterable[SignedEvent], resident_id: UUID, applications: dict[UUID, ApplicationCard]
) -> list[LifeEvent]:
    found = []
    for event in events:
        people = event.data.get("people")
        if event.name == LIFE_EVENT and isinstance(people, list) and str(resident_id) in people:
            application = applications.get(UUID(event.subject.partition(":")[2]))
            found.append(LifeEvent(VersionReason(str(event.data["kind"])), event.occurred_at, application, event.id))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _with_numbers(one: ChangedElement) -> ChangedElement:
    """Families by their masked number instead of their id."""
    if one.element != "FAMILY":
        return one
    return replace(one, before=_card_no(one.before), after=_card_no(one.after))


def _card_no(family_id: str) -> str:
    try:
        return mask(registry.family(UUID(family_id)).family_card_no) if family_id else ""
    except registry.FamilyUnknown:
        return ""


def _papers(*owners: str) -> list[DocumentCard]:
    found = [card for owner in owners for card in documents.of_owner(owner)]
    return sorted(found, key=lambda card: (card.issued_at, str(card.id)), reverse=True)
