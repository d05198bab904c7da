"""The desk of the KIA printer at Dispendukcapil: cards to print, cards that wait for their families."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dekat.areas import queries as areas
from dekat.cases import queries as cases
from dekat.cases.catalogue import ServiceCode
from dekat.cases.states import PaperState
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.registry import queries as registry

_YIELD_CHILD_CARDS = (ServiceCode.BIRTH, ServiceCode.KIA)


@dataclass(frozen=True)
class ChildCard:
    """One child's card. Facts: children are named by their initials."""

    document_id: UUID
    code: str
    name: str
    place: str
    is_printed: bool


def child_cards(*, on: date) -> list[ChildCard]:
    """The cards that were issued and not handed over, the oldest application first."""
    return [one for paper in cases.open_papers(services=_YIELD_CHILD_CARDS) if (one := _child_card(paper, on))]


def _child_card(paper: cases.OpenPaper, on: date) -> ChildCard | None:
    document = documents.find(paper.document_id)
    if document is None or document.kind != DocumentKind.CHILD_CARD or document.status != DocumentStatus.ACTIVE:
        return None
    child = registry.masked_resident(UUID(document.subject.partition(":")[2]), on=on)
    return ChildCard(
        document_id=document.id,
        code=paper.code,
        name=child.name if child else "",
        place=areas.display_name(document.kecamatan, on),
        is_printed=paper.state == PaperState.PRINTED,
    )
