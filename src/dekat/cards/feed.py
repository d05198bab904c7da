"""Bags in the change feed: how the centre tells of one, how a station comes to know it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dekat.cards.models import Batch, Blank, Card
from dekat.cards.states import BlankFate, CardState
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError


class BatchUnknown(DekatError):
    """No batch of this id is known here."""

    code = "cards.batch.unknown"


def batch_message(batch_id: UUID) -> dict[str, Json]:
    """The bag as the change feed tells it to its station: what should be in it.

    Refuses: cards.batch.unknown.
    """
    batch = Batch.objects.filter(id=batch_id).first()
    if batch is None:
        raise BatchUnknown
    return {
        "id": str(batch.id),
        "number": batch.number,
        "kecamatan": batch.kecamatan,
        "seal_no": batch.seal_no,
        "sent_at": batch.sent_at.isoformat() if batch.sent_at else None,
        "sent_by": batch.sent_by,
        "cards": [
            {
                "id": str(card.id),
                "resident_id": str(card.resident_id),
                "tracking_code": card.tracking_code,
                "is_first_time": card.is_first_time,
                "recording_id": str(card.recording_id) if card.recording_id else None,
                "ready_at": card.ready_at.isoformat(),
                "blank": card.blank_id,
            }
            for card in batch.cards.order_by("id")
        ],
    }


def apply_batch(message: Mapping[str, Json], *, now: datetime) -> None:
    """Know a bag that is on its way to this station.

    Again: a bag is known once; what was counted here stays.
    """
    if Batch.objects.filter(id=UUID(str(message["id"]))).exists():
        return
    batch = Batch.objects.create(
        id=UUID(str(message["id"])),
        number=str(message["number"]),
        kecamatan=str(message["kecamatan"]),
        seal_no=str(message["seal_no"]),
        sent_at=datetime.fromisoformat(str(message["sent_at"])),
        sent_by=str(message["sent_by"]),
    )
    cards = message["cards"]
    assert isinstance(cards, list)
    for row in cards:
        blank, _ = Blank.objects.get_or_create(
            serial=row["blank"],
            defaults={"fate": BlankFate.PRINTED, "received_on": now.date(), "delivery_note": batch.number},
        )
        Card.objects.create(
            id=UUID(row["id"]),
            resident_id=UUID(row["resident_id"]),
            tracking_code=row["tracking_code"],
            kecamatan=batch.kecamatan,
            is_first_time=row["is_first_time"],
            recording_id=UUID(row["recording_id"]) if row.get("recording_id") else None,
            ready_at=datetime.fromisoformat(row["ready_at"]),
            state=CardState.SENT,
            state_since=now,
            blank=blank,
            batch=batch,
        )
