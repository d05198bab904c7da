"""Where a card is, told to whoever waits for it: a first card to its kecamatan, a later one to its application."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cards import queries
from dekat.cards.states import CardState
from dekat.cases import services as cases
from dekat.flows.follow_recording import publish_status


def tell_of_card(*, card_id: UUID, actor: Actor, now: datetime) -> None:
    """Move on what follows a card, in the caller's transaction.

    Facts: only at the centre; an application stands at PRINTED once its card arrived at the kecamatan.
    Again: changes nothing.
    """
    card = queries.card(card_id)
    if card is None:
        return
    if not card.is_again:
        publish_status(recording_id=card.recording_id, now=now)
    elif card.state == CardState.ARRIVED:
        cases.mark_printed(document_id=card.id, actor=actor, now=now)
    elif card.state == CardState.HANDED_OVER:
        cases.mark_collected(document_id=card.id, actor=actor, now=now)
