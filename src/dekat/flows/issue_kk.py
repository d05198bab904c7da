"""A family's KK is made from the register, signed, and sent to the station of its kecamatan."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.documents import services as documents
from dekat.documents.kinds import DocumentKind
from dekat.documents.queries import DocumentCard
from dekat.registry import queries as registry


def issue_kk(*, document_id: UUID, family_id: UUID, actor: Actor, now: datetime) -> DocumentCard:
    """Issue the KK of a family as the register says it now; the former one is superseded.

    Facts: outside a transaction.
    Again: the same `document_id` returns the first document.
    Refuses: what `documents.services.issue` and the register refuse.
    """
    intended = intend_kk(document_id=document_id, family_id=family_id, actor=actor, now=now)
    return documents.complete(document_id=intended, now=now)


def intend_kk(*, document_id: UUID, family_id: UUID, actor: Actor, now: datetime) -> UUID:
    """Write down that the KK shall be issued, inside the caller's transaction.

    Again: the same `document_id` changes nothing.
    """
    return documents.intend(
        kind=DocumentKind.FAMILY_CARD,
        subject=f"family:{family_id}",
        kecamatan=registry.family(family_id).kecamatan,
        content=registry.family_card_content(family_id),
        actor=actor,
        now=now,
        document_id=document_id,
    )
