"""A child's card is printed at Dispendukcapil on card stock and given to the family there; its application follows.

Law: permendagri-109-2019, art. 12 and 21 (KTP-el and KIA keep their cards)
"""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cases import services as cases
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind, DocumentStatus
from dekat.kernel.errors import DekatError


class NotOfThisOffice(DekatError):
    """This paper is none that the office prints and hands over itself, or a newer one took its place."""

    code = "flows.hand_over.not_of_this_office"


class ReceiverMissing(DekatError):
    """Nobody signed for the card."""

    code = "flows.hand_over.receiver_missing"


def note_printed(*, document_id: UUID, actor: Actor, now: datetime) -> None:
    """A good card came out of the printer and waits for its family.

    Again: changes nothing.
    Refuses: documents.document.unknown, flows.hand_over.not_of_this_office.
    """
    _check(document_id)
    cases.mark_printed(document_id=document_id, actor=actor, now=now)


def hand_over(*, document_id: UUID, receiver: str, actor: Actor, now: datetime) -> None:
    """The family has the card; who signed is noted on the application.

    Again: changes nothing but the name.
    Refuses: documents.document.unknown, flows.hand_over.not_of_this_office, flows.hand_over.receiver_missing.
    """
    _check(document_id)
    name = " ".join(receiver.split())
    if not name:
        raise ReceiverMissing
    cases.mark_collected(document_id=document_id, receiver=name, actor=actor, now=now)


def _check(document_id: UUID) -> None:
    document = documents.document(document_id)
    if document.kind != DocumentKind.CHILD_CARD or document.status != DocumentStatus.ACTIVE:
        raise NotOfThisOffice
