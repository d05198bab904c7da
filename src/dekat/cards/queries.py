"""Questions: the print queue, the bags, one resident's card."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from uuid import UUID

from dekat.cards.blanks import BlankBalance as BlankBalance
from dekat.cards.blanks import blank_balance as blank_balance
from dekat.cards.blanks import blank_forecast
from dekat.cards.blanks import next_blanks as next_blanks
from dekat.cards.models import Batch, Card
from dekat.cards.rules import print_order
from dekat.cards.states import CardState


@dataclass(frozen=True)
class CardView:
    """A card and where it is. Facts: `recording_id` is what it is made of; `is_again` that it is not the first."""

    id: UUID
    resident_id: UUID
    tracking_code: str
    kecamatan: str
    is_first_time: bool
    ready_at: datetime
    state: CardState
    state_since: datetime
    blank: str
    batch_id: UUID | None
    print_from: date | None
    recording_id: UUID
    is_change: bool
    old_card: str

    @property
    def is_again(self) -> bool:
        """Whether it was printed again from a recording that had its card."""
        return self.recording_id != self.id


@dataclass(frozen=True)
class BatchView:
    """A bag, what should be in it and what was found."""

    id: UUID
    number: str
    kecamatan: str
    seal_no: str
    sent_at: datetime | None
    sent_by: str
    arrived_at: datetime | None
    arrived_by: str
    is_seal_whole: bool | None
    cards: tuple[CardView, ...]

    @property
    def missing(self) -> tuple[CardView, ...]:
        """The cards that were sent and not found."""
        return tuple(card for card in self.cards if card.state == CardState.MISSING)


def card(card_id: UUID) -> CardView | None:
    """One card by its id."""
    row = Card.objects.filter(id=card_id).first()
    return _view(row) if row else None


def newest_of(resident_id: UUID) -> CardView | None:
    """The card of a resident that was queued last, if any."""
    row = Card.objects.filter(resident_id=resident_id).order_by("-ready_at", "-state_since", "id").first()
    return _view(row) if row else None


def cards_in(state: CardState, *, kecamatan: str = "") -> list[CardView]:
    """The cards at one place, in print order."""
    rows = Card.objects.filter(state=state)
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    views = [_view(row) for row in rows]
    return sorted(views, key=_in_print_order)


def queue_position(card_id: UUID) -> int | None:
    """The card's place in the print queue from 1, or None when it is not waiting there."""
    for place, view in enumerate(cards_in(CardState.READY), start=1):
        if view.id == card_id:
            return place
    return None


def expected_print_day(card_id: UUID, *, now: datetime) -> date | None:
    """When a waiting card is printed at the measured pace; None when that is not known or the blanks end before."""
    place, stock = queue_position(card_id), blank_forecast(now=now)
    if place is None or not stock.per_day or place > stock.in_stock:
        return None
    return now.date() + timedelta(days=ceil(place / stock.per_day))


def batches(*, kecamatan: str = "", limit: int = 50) -> list[BatchView]:
    """The newest bags of a kecamatan (or of all)."""
    rows = Batch.objects.order_by("-number", "id").prefetch_related("cards")
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    return [_batch(row) for row in rows[:limit]]


def batch(batch_id: UUID) -> BatchView | None:
    """One bag by its id."""
    row = Batch.objects.filter(id=batch_id).first()
    return _batch(row) if row else None


def _in_print_order(card: CardView) -> tuple[bool, bool, datetime, str]:
    key = print_order(is_first_time=card.is_first_time, is_change=card.is_change, ready_at=card.ready_at)
    return (*key, str(card.id))


def _view(row: Card) -> CardView:
    return CardView(
        id=row.id,
        resident_id=row.resident_id,
        tracking_code=row.tracking_code,
        kecamatan=row.kecamatan,
        is_first_time=row.is_first_time,
        ready_at=row.ready_at,
        state=CardState(row.state),
        state_since=row.state_since,
        blank=row.blank_id or "",
        batch_id=row.batch_id,
        print_from=row.print_from,
        recording_id=row.recording_id or row.id,
        is_change=row.is_change,
        old_card=row.old_card,
    )


def _batch(row: Batch) -> BatchView:
    return BatchView(
        id=row.id,
        number=row.number,
        kecamatan=row.kecamatan,
        seal_no=row.seal_no,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        arrived_at=row.arrived_at,
        arrived_by=row.arrived_by,
        is_seal_whole=row.is_seal_whole,
        cards=tuple(_view(card) for card in row.cards.order_by("id")),
    )
