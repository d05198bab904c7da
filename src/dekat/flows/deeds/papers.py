"""The papers that follow a change of families."""

from uuid import UUID

from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind
from dekat.flows.deeds.deed import Paper
from dekat.registry import queries as registry
from dekat.registry.life.writing import Recorded


def family_card(family_id: UUID, *, supersedes: tuple[UUID, ...] = ()) -> Paper:
    """The KK of a family as the register says it now."""
    return Paper(
        kind=DocumentKind.FAMILY_CARD,
        subject=f"family:{family_id}",
        kecamatan=registry.family(family_id).kecamatan,
        content=registry.family_card_content(family_id),
        supersedes=supersedes,
    )


def family_cards(recorded: Recorded) -> tuple[Paper, ...]:
    """A KK for every family that lives; the first one takes the place of the KK of families that ended."""
    ended = ended_cards(recorded)
    return tuple(
        family_card(family_id, supersedes=() if number else ended)
        for number, family_id in enumerate(recorded.living_families)
    )


def ended_cards(recorded: Recorded) -> tuple[UUID, ...]:
    """The valid KK of families that have nobody any more."""
    living = set(recorded.living_families)
    subjects = [f"family:{card.family_id}" for card in recorded.cards if card.family_id not in living]
    found = [documents.active_for(kind=DocumentKind.FAMILY_CARD, subject=subject) for subject in subjects]
    return tuple(card.id for card in found if card)
