"""Cards join the print queue: after a recording, on a birthday, or again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cards.models import Card
from dekat.cards.moving import locked, move, tell
from dekat.cards.states import CardState


def queue_card(
    *,
    recording_id: UUID,
    resident_id: UUID,
    tracking_code: str,
    kecamatan: str,
    is_first_time: bool,
    ready_at: datetime,
    actor: Actor,
    now: datetime,
    print_from: date | None = None,
) -> None:
    """Put a print-ready resident into the print queue.

    Facts: `print_from` is a pemula's 17th birthday: until then the card waits outside the queue.
    Again: the same recording is queued once.
    """
    with transaction.atomic():
        card, is_new = Card.objects.get_or_create(
            id=recording_id,
            defaults={
                "resident_id": resident_id,
                "tracking_code": tracking_code,
                "kecamatan": kecamatan,
                "is_first_time": is_first_time,
                "ready_at": ready_at,
                "print_from": print_from,
                "state": CardState.WAITING if print_from else CardState.READY,
                "state_since": now,
            },
        )
        if is_new:
            tell(card, "queued", {"kecamatan": kecamatan}, actor, now)


def queue_again(
    *,
    card_id: UUID,
    recording_id: UUID,
    resident_id: UUID,
    tracking_code: str,
    kecamatan: str,
    is_change: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """Put another card of a recorded resident into the print queue, behind the first-time holders.

    Facts: made of the same recording; `is_change` when nothing was lost and only the data changed.
    Again: the same card is queued once.
    """
    with transaction.atomic():
        card, is_new = Card.objects.get_or_create(
            id=card_id,
            defaults={
                "recording_id": recording_id,
                "resident_id": resident_id,
                "tracking_code": tracking_code,
                "kecamatan": kecamatan,
                "is_first_time": False,
                "is_change": is_change,
                "ready_at": now,
                "state": CardState.READY,
                "state_since": now,
            },
        )
        if is_new:
            tell(card, "queued", {"kecamatan": kecamatan, "recording": str(recording_id)}, actor, now)


def join_queue(*, card_id: UUID, actor: Actor, now: datetime) -> None:
    """Let a card that waited for its holder's birthday join the queue; its waiting in the queue begins now.

    Again: a card that is in the queue or beyond stays where it is.
    Refuses: cards.card.unknown.
    """
    with transaction.atomic():
        card = locked(card_id)
        if card.state != CardState.WAITING:
            return
        card.ready_at = now
        move(card, CardState.READY, now, "ready_at")
        tell(card, "released", {"kecamatan": card.kecamatan}, actor, now)


def leave_queue(*, resident_id: UUID, actor: Actor, now: datetime) -> list[UUID]:
    """Let nothing be printed for somebody who died; give the cards that ended. A printed one stays where it is.

    Again: changes nothing.
    """
    ended: list[UUID] = []
    with transaction.atomic():
        waiting = Card.objects.select_for_update().filter(
            resident_id=resident_id, state__in=[CardState.WAITING, CardState.READY]
        )
        for card in waiting.order_by("id"):
            move(card, CardState.ENDED, now)
            tell(card, "ended", {"kecamatan": card.kecamatan}, actor, now)
            ended.append(card.id)
        return ended
