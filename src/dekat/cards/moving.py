"""One card moves on: found and locked, the move allowed by the table, the event beside it."""

from datetime import datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.cards.models import Card
from dekat.cards.rules import may_follow
from dekat.cards.states import CardState
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record


class CardUnknown(DekatError):
    """No card of this id is known here."""

    code = "cards.card.unknown"


class CardMayNotMove(DekatError):
    """The card is not at the place from which this step starts."""

    code = "cards.card.may_not_move"


def locked(card_id: UUID) -> Card:
    """The card's row, locked.

    Refuses: cards.card.unknown.
    """
    card = Card.objects.select_for_update().filter(id=card_id).first()
    if card is None:
        raise CardUnknown
    return card


def check_move(card: Card, after: CardState) -> None:
    """Say nothing when the card may go there.

    Refuses: cards.card.may_not_move.
    """
    if not may_follow(CardState(card.state), after):
        raise CardMayNotMove(state=CardState(card.state).label, wanted=after.label)


def move(card: Card, after: CardState, now: datetime, *changed: str) -> None:
    """Write the move and the changed columns.

    Refuses: cards.card.may_not_move.
    """
    check_move(card, after)
    card.state, card.state_since = after, now
    card.save(update_fields=["state", "state_since", *changed])


def tell(card: Card, what: str, data: dict[str, Json], actor: Actor, now: datetime) -> None:
    """Append the event; a first card is spoken of by its recording, a later one by itself."""
    subject = f"card:{card.id}" if card.recording_id else f"recording:{card.id}"
    record(name=f"cards.card.{what}", subject=subject, actor=actor.label, data=data, now=now)
