"""Commands: cards are printed in order, packed, sent, counted and handed over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.cards.blanks import BlankNotInStock as BlankNotInStock
from dekat.cards.blanks import receive_blanks as receive_blanks
from dekat.cards.blanks import spoil_blank as spoil_blank
from dekat.cards.blanks import use_blank, write_off_card
from dekat.cards.feed import BatchUnknown as BatchUnknown
from dekat.cards.models import Batch, Card
from dekat.cards.moving import CardMayNotMove as CardMayNotMove
from dekat.cards.moving import CardUnknown as CardUnknown
from dekat.cards.moving import check_move, locked, move, tell
from dekat.cards.queries import queue_position
from dekat.cards.queueing import join_queue as join_queue
from dekat.cards.queueing import leave_queue as leave_queue
from dekat.cards.queueing import queue_again as queue_again
from dekat.cards.queueing import queue_card as queue_card
from dekat.cards.states import BlankFate, CardFault, CardState, JumpReason, OldCard
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.services import record


class QueueJumped(DekatError):
    """Others have waited longer; a card is printed before theirs only for a reason that the log keeps."""

    code = "cards.card.queue_jumped"


class BatchEmpty(DekatError):
    """A batch needs at least one printed card of its kecamatan."""

    code = "cards.batch.empty"


class OldCardNotSaid(DekatError):
    """Of a card that is not the first, it must be said what became of the former one."""

    code = "cards.card.old_card_not_said"


class IdentityNotChecked(DekatError):
    """A card is handed over only after the officer says how the resident's identity was checked."""

    code = "cards.card.identity_not_checked"


def note_printed(
    *, card_id: UUID, blank_serial: str, actor: Actor, now: datetime, jumped_for: JumpReason | None = None
) -> None:
    """Record that the card came out of the printer on this blank.

    Facts: a card that is not the first of the queue needs `jumped_for`; the log keeps it with how many it passed.
    Refuses: cards.card.unknown, cards.card.may_not_move, cards.blank.not_in_stock, cards.card.queue_jumped.
    """
    with transaction.atomic():
        card = locked(card_id)
        check_move(card, CardState.PRINTED)
        passed = (queue_position(card_id) or 1) - 1
        if passed and jumped_for is None:
            raise QueueJumped(passed=passed)
        card.blank = use_blank(blank_serial, BlankFate.PRINTED, reason="", now=now)
        move(card, CardState.PRINTED, now, "blank")
        data: dict[str, Json] = {"blank": blank_serial, "kecamatan": card.kecamatan}
        if passed:
            data |= {"passed": passed, "jumped_for": str(jumped_for)}
        tell(card, "printed", data, actor, now)


def print_again(*, card_id: UUID, fault: CardFault, actor: Actor, now: datetime) -> None:
    """Write a faulty card's blank off with its reason; the card returns to its old place in the queue.

    Facts: only while the card is still at the office; its next print needs another blank.
    Refuses: cards.card.unknown, cards.card.may_not_move.
    """
    with transaction.atomic():
        card = locked(card_id)
        if card.state != CardState.PRINTED or card.blank_id is None:
            raise CardMayNotMove(state=CardState(card.state).label, wanted=CardState.READY.label)
        serial, card.blank = card.blank_id, None
        move(card, CardState.READY, now, "blank")
        write_off_card(serial, reason=str(fault.label), now=now)
        data: dict[str, Json] = {"blank": serial, "fault": str(fault), "kecamatan": card.kecamatan}
        tell(card, "written_off", data, actor, now)


def pack_batch(
    *, batch_id: UUID, number: str, kecamatan: str, seal_no: str, card_ids: Sequence[UUID], actor: Actor, now: datetime
) -> UUID:
    """Pack printed cards of one kecamatan into a sealed bag.

    Again: the same batch id returns the first batch.
    Refuses: cards.batch.empty, cards.card.may_not_move.
    """
    with transaction.atomic():
        if Batch.objects.filter(id=batch_id).exists():
            return batch_id
        cards = list(Card.objects.select_for_update().filter(id__in=card_ids, kecamatan=kecamatan).order_by("id"))
        if not cards or len(cards) != len(set(card_ids)):
            raise BatchEmpty(kecamatan=kecamatan)
        batch = Batch.objects.create(id=batch_id, number=number, kecamatan=kecamatan, seal_no=seal_no)
        for card in cards:
            check_move(card, CardState.BATCHED)
            card.batch = batch
            move(card, CardState.BATCHED, now, "batch")
        _tell_batch(batch, "packed", {"count": len(cards), "seal_no": seal_no}, actor, now)
        return batch_id


def send_batch(*, batch_id: UUID, actor: Actor, now: datetime) -> None:
    """Hand the bag to the courier.

    Again: a batch is sent once.
    Refuses: cards.batch.unknown.
    """
    with transaction.atomic():
        batch = _batch(batch_id)
        if batch.sent_at:
            return
        batch.sent_at, batch.sent_by = now, actor.label
        batch.save(update_fields=["sent_at", "sent_by"])
        for card in batch.cards.select_for_update().order_by("id"):
            move(card, CardState.SENT, now)
        _tell_batch(batch, "sent", {"count": batch.cards.count()}, actor, now)


def count_batch(
    *, batch_id: UUID, present: Sequence[UUID], is_seal_whole: bool, actor: Actor, now: datetime
) -> list[UUID]:
    """Count the bag at the kecamatan; give the cards that are missing. A shortage names both signatories.

    Again: cards found later may be counted in a second call; nothing that arrived is taken back.
    Refuses: cards.batch.unknown.
    """
    with transaction.atomic():
        batch = _batch(batch_id)
        found, missing = set(present), []
        for card in batch.cards.select_for_update().order_by("id"):
            if card.state not in (CardState.SENT, CardState.MISSING):
                continue
            if card.id in found:
                move(card, CardState.ARRIVED, now)
            else:
                missing.append(card.id)
                if card.state == CardState.SENT:
                    move(card, CardState.MISSING, now)
        batch.arrived_at, batch.arrived_by, batch.is_seal_whole = now, actor.label, is_seal_whole
        batch.save(update_fields=["arrived_at", "arrived_by", "is_seal_whole"])
        _tell_batch(
            batch,
            "counted",
            {
                "present": len(found),
                "missing": len(missing),
                "is_seal_whole": is_seal_whole,
                "sent_by": batch.sent_by,
                "counted_by": actor.label,
            },
            actor,
            now,
        )
        return missing


def hand_over(
    *, card_id: UUID, identity_check: str, actor: Actor, now: datetime, old_card: OldCard | None = None
) -> None:
    """Give the card to its resident after an identity check; of a card that is not the first, the old one is asked for.

    Again: a card is handed over once; a repeat changes nothing.
    Refuses: cards.card.identity_not_checked, cards.card.old_card_not_said, cards.card.unknown, cards.card.may_not_move.
    """
    if not identity_check.strip():
        raise IdentityNotChecked
    with transaction.atomic():
        card = locked(card_id)
        if card.state == CardState.HANDED_OVER:
            return
        check_move(card, CardState.HANDED_OVER)
        if not card.is_first_time and old_card is None:
            raise OldCardNotSaid
        card.identity_check, card.old_card = identity_check, old_card or ""
        move(card, CardState.HANDED_OVER, now, "identity_check", "old_card")
        data: dict[str, Json] = {"identity_check": identity_check, "kecamatan": card.kecamatan}
        if old_card:
            data["old_card"] = old_card.value
        tell(card, "handed_over", data, actor, now)


def _batch(batch_id: UUID) -> Batch:
    batch = Batch.objects.select_for_update().filter(id=batch_id).first()
    if batch is None:
        raise BatchUnknown
    return batch


def _tell_batch(batch: Batch, what: str, data: dict[str, Json], actor: Actor, now: datetime) -> None:
    record(
        name=f"cards.batch.{what}",
        subject=f"batch:{batch.number}",
        actor=actor.label,
        data={"kecamatan": batch.kecamatan, **data},
        now=now,
    )
