"""What the station's home page says of the kecamatan's equipment."""

from dataclasses import dataclass

from dekat.accounts.actor import Actor
from dekat.equipment import custody, offers, stock_take
from dekat.equipment.offers import OfferCard
from dekat.equipment.stock_take import TakeCard


@dataclass(frozen=True)
class GoodsAtHome:
    """How many devices are held, what waits for an answer, which stock-take is open."""

    held_count: int
    waiting: tuple[OfferCard, ...]
    take: TakeCard | None


def goods_at_home(actor: Actor) -> GoodsAtHome:
    """The state now."""
    newest = next(iter(stock_take.takes(kecamatan=actor.kecamatan)), None)
    return GoodsAtHome(
        held_count=len(custody.held_by(actor.kecamatan)),
        waiting=tuple(offers.waiting_for(actor.office)),
        take=newest if newest and newest.closed_at is None else None,
    )
