"""The card desks: Dispendukcapil's with queue, blanks and bags, the kecamatan's with bags and cards to hand over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from dekat.areas import queries as areas
from dekat.cards import queries
from dekat.cards.queries import BatchView, BlankBalance, CardView
from dekat.cards.states import CardState
from dekat.registry import queries as registry
from dekat.reports.officers import officer_name

OUT_OF_DOMICILE = "Warga luar domisili"
"""What a desk calls a resident of another regency: their name is in the sealed packet only."""


@dataclass(frozen=True)
class Named:
    """A card with the resident as the desk may see the person."""

    card: CardView
    name: str
    place: str


@dataclass(frozen=True)
class Bag:
    """A bag with named cards, and the two officers who signed for what was in it."""

    batch: BatchView
    place: str
    cards: tuple[Named, ...]
    sent_by: str = ""
    counted_by: str = ""


@dataclass(frozen=True)
class ToPack:
    """Printed cards of one kecamatan that wait for their bag."""

    kecamatan: str
    place: str
    count: int


@dataclass(frozen=True)
class OfficeDesk:
    """Everything on the desk at Dispendukcapil."""

    ready: tuple[Named, ...]
    waiting: tuple[Named, ...]
    next_blank: str
    printed: tuple[Named, ...]
    to_pack: tuple[ToPack, ...]
    bags: tuple[Bag, ...]
    blanks: BlankBalance


@dataclass(frozen=True)
class StationDesk:
    """Everything on the desk of a kecamatan."""

    to_count: tuple[Bag, ...]
    to_hand_over: tuple[Named, ...]
    handed_over: tuple[Named, ...]


def office_desk(*, on: date) -> OfficeDesk:
    """The desk at Dispendukcapil now."""
    blanks, printed = queries.next_blanks(1), queries.cards_in(CardState.PRINTED)
    return OfficeDesk(
        ready=_named(queries.cards_in(CardState.READY), on),
        waiting=_named(queries.cards_in(CardState.WAITING), on),
        next_blank=blanks[0] if blanks else "",
        printed=_named(printed, on),
        to_pack=_to_pack(printed, on),
        bags=tuple(_bag(batch, on) for batch in queries.batches(limit=20)),
        blanks=queries.blank_balance(),
    )


def station_desk(kecamatan: str, *, on: date) -> StationDesk:
    """The desk of a kecamatan now."""
    bags = [_bag(batch, on) for batch in queries.batches(kecamatan=kecamatan)]
    return StationDesk(
        to_count=tuple(bag for bag in bags if _is_open(bag.batch)),
        to_hand_over=_named(queries.cards_in(CardState.ARRIVED, kecamatan=kecamatan), on),
        handed_over=_named(queries.cards_in(CardState.HANDED_OVER, kecamatan=kecamatan)[-10:], on),
    )


def bag(batch_id: UUID, *, on: date) -> Bag | None:
    """One bag, or None."""
    batch = queries.batch(batch_id)
    return _bag(batch, on) if batch else None


def _is_open(batch: BatchView) -> bool:
    return any(card.state in (CardState.SENT, CardState.MISSING) for card in batch.cards)


def _to_pack(printed: Iterable[CardView], on: date) -> tuple[ToPack, ...]:
    counts: dict[str, int] = {}
    for card in printed:
        counts[card.kecamatan] = counts.get(card.kecamatan, 0) + 1
    return tuple(ToPack(code, areas.display_name(code, on), count) for code, count in sorted(counts.items()))


def _bag(batch: BatchView, on: date) -> Bag:
    return Bag(
        batch,
        areas.display_name(batch.kecamatan, on),
        _named(batch.cards, on),
        sent_by=officer_name(batch.sent_by),
        counted_by=officer_name(batch.arrived_by),
    )


def _named(cards: Iterable[CardView], on: date) -> tuple[Named, ...]:
    return tuple(
        Named(
            card,
            person.name if (person := registry.masked_resident(card.resident_id, on=on)) else OUT_OF_DOMICILE,
            areas.display_name(card.kecamatan, on),
        )
        for card in cards
    )
