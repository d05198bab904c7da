"""What ends with somebody who is no more in the register, and with a family that has nobody any more."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cards.services import leave_queue
from dekat.cases import services as cases
from dekat.documents import queries
from dekat.documents import services as documents
from dekat.documents.kinds import DocumentKind, RevocationReason


def end_papers_of(resident_id: UUID, *, actor: Actor, now: datetime) -> None:
    """No card is printed for the dead or for a record that ended, no application waits for one, and a KIA ends.

    Again: changes nothing.
    """
    for card_id in leave_queue(resident_id=resident_id, actor=actor, now=now):
        cases.mark_ended(document_id=card_id, actor=actor, now=now)
    withdraw(DocumentKind.CHILD_CARD, f"resident:{resident_id}", RevocationReason.OWNER_GONE, actor=actor, now=now)


def end_family_card(family_id: UUID, *, actor: Actor, now: datetime) -> None:
    """No KK outlives its family.

    Again: changes nothing.
    """
    withdraw(DocumentKind.FAMILY_CARD, f"family:{family_id}", RevocationReason.OWNER_GONE, actor=actor, now=now)


def withdraw(kind: DocumentKind, subject: str, reason: RevocationReason, *, actor: Actor, now: datetime) -> None:
    """End the valid paper of somebody or of a family, if there is one."""
    if active := queries.active_for(kind=kind, subject=subject):
        documents.revoke(document_id=active.id, reason=reason, actor=actor, now=now)
