"""Cards and blanks for tests, through the real services."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from dekat.cards import services
from dekat.cards.states import JumpReason
from dekat.kernel.ids import new_code, new_id
from tests.make.accounts import VERIFIER


def blanks(now: datetime, count: int) -> list[str]:
    """That many blanks in stock."""
    serials = [f"BLK{n:06d}" for n in range(count)]
    services.receive_blanks(serials=serials, on=now.date(), delivery_note="BA-01", actor=VERIFIER, now=now)
    return serials


def ready_card(
    now: datetime,
    *,
    kecamatan: str = "35.11.16",
    is_first_time: bool = True,
    waiting_days: int = 0,
    resident_id: UUID | None = None,
) -> UUID:
    """A resident whose card may be printed."""
    card_id = new_id(now)
    services.queue_card(
        recording_id=card_id,
        resident_id=resident_id or new_id(now),
        tracking_code=new_code(),
        kecamatan=kecamatan,
        is_first_time=is_first_time,
        ready_at=now - timedelta(days=waiting_days),
        actor=VERIFIER,
        now=now,
    )
    return card_id


def sent_batch(
    now: datetime, count: int, kecamatan: str = "35.11.16", *, residents: Sequence[UUID] = ()
) -> tuple[UUID, list[UUID]]:
    """A sealed bag of printed cards on its way."""
    serials = blanks(now, count)
    owners = residents or [new_id(now) for _ in range(count)]
    cards = [ready_card(now, kecamatan=kecamatan, resident_id=owner) for owner in owners]
    for card_id, serial in zip(cards, serials, strict=True):
        services.note_printed(
            card_id=card_id, blank_serial=serial, actor=VERIFIER, now=now, jumped_for=JumpReason.ORDER
        )
    batch_id = new_id(now)
    services.pack_batch(
        batch_id=batch_id, number="K-0001", kecamatan=kecamatan, seal_no="S-77", card_ids=cards, actor=VERIFIER, now=now
    )
    services.send_batch(batch_id=batch_id, actor=VERIFIER, now=now)
    return batch_id, cards
