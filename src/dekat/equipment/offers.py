"""Hand-overs as values: what was offered, what was answered; and how they travel by the feed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from dekat.equipment.kinds import Condition, DeviceKind
from dekat.equipment.upkeep_kinds import AnswerState, Refusal
from dekat.equipment.upkeep_models import Offer, OfferItem
from dekat.kernel.canonical import Json
from dekat.kernel.clock import from_iso, iso
from dekat.kernel.rupiah import Rupiah

OFFICE = "DISPENDUKCAPIL"
FEED_KIND = "handover/1"


@dataclass(frozen=True)
class Person:
    """Who signs for an office. `signature` is a drawing (SVG), empty where the paper carries it."""

    name: str
    nip: str = ""
    signature: str = ""


@dataclass(frozen=True)
class ItemCard:
    """One device of a hand-over and what its receiver said of it."""

    serial: str
    kind: str
    model: str
    price: Rupiah
    year: int
    state: str
    condition: str
    photos: tuple[str, ...]
    refusal: str
    why: str

    @property
    def kind_label(self) -> str:
        return DeviceKind(self.kind).label

    @property
    def state_label(self) -> str:
        return AnswerState(self.state).label

    @property
    def condition_label(self) -> str:
        return Condition(self.condition).label if self.condition else ""

    @property
    def refusal_label(self) -> str:
        return Refusal(self.refusal).label if self.refusal else ""


@dataclass(frozen=True)
class OfferCard:
    """A BAST between two offices; `to` empty: back to the office store. Parties are named as the turn engine does."""

    id: UUID
    bast: str
    giver: str
    to: str
    on: date
    given_by: Person
    offered_at: datetime
    received_by: Person
    head_name: str
    paper_sha256: str
    answered_at: datetime | None
    items: tuple[ItemCard, ...]

    @property
    def receiver(self) -> str:
        return party_of(self.to)

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def accepted(self) -> tuple[ItemCard, ...]:
        return tuple(item for item in self.items if item.state == AnswerState.ACCEPTED)

    @property
    def declined(self) -> tuple[ItemCard, ...]:
        return tuple(item for item in self.items if item.state == AnswerState.DECLINED)


def party_of(kecamatan: str) -> str:
    """The party that answers for a place; empty: the registry office."""
    return f"KECAMATAN:{kecamatan}" if kecamatan else OFFICE


def offers(*, party: str = "", is_open: bool | None = None) -> list[OfferCard]:
    """Hand-overs of a party (as giver or receiver) or of all, newest first; open, answered or both."""
    rows = Offer.objects.prefetch_related("items")
    if is_open is not None:
        rows = rows.filter(answered_at__isnull=is_open)
    cards = [card_of(row) for row in rows]
    return [card for card in cards if not party or party in (card.giver, card.receiver)]


def waiting_for(party: str) -> list[OfferCard]:
    """The hand-overs that a party must answer, newest first."""
    return [card for card in offers(party=party, is_open=True) if card.receiver == party]


def offer(offer_id: UUID) -> OfferCard | None:
    """One hand-over by its id."""
    row = Offer.objects.filter(id=offer_id).first()
    return card_of(row) if row else None


def card_of(row: Offer) -> OfferCard:
    """The row as a value."""
    return OfferCard(
        id=row.id,
        bast=row.bast,
        giver=row.giver,
        to=row.to,
        on=row.on,
        given_by=Person(row.giver_name, row.giver_nip, row.giver_signature),
        offered_at=row.offered_at,
        received_by=Person(row.receiver_name, row.receiver_nip, row.receiver_signature),
        head_name=row.head_name,
        paper_sha256=row.paper_sha256,
        answered_at=row.answered_at,
        items=tuple(
            ItemCard(
                item.serial, item.kind, item.model, item.price, item.year, item.state, item.condition,
                tuple(map(str, item.photos)), item.refusal, item.why,
            )
            for item in row.items.all()
        ),
    )  # fmt: skip


def as_body(row: Offer) -> dict[str, Json]:
    """The hand-over as the feed and a station's message carry it."""
    return {
        **{field: getattr(row, field) for field in _TEXTS},
        "id": str(row.id),
        "on": row.on.isoformat(),
        "offered_at": iso(row.offered_at),
        "answered_at": iso(row.answered_at) if row.answered_at else None,
        "items": [
            {**{field: getattr(item, field) for field in _ITEM_TEXTS}, "price_sen": item.price.sen, "year": item.year,
             "photos": list(item.photos)}
            for item in row.items.all()
        ],
    }  # fmt: skip


def keep_body(body: Mapping[str, Json]) -> Offer:
    """Bring the tables to what a body says; give the hand-over.

    Again: the same body changes nothing; a body without an answer takes none back.
    """
    answered = body["answered_at"]
    facts: dict[str, Any] = {field: str(body[field]) for field in _TEXTS}
    facts |= {"on": date.fromisoformat(str(body["on"])), "offered_at": from_iso(str(body["offered_at"]))}
    facts["answered_at"] = from_iso(str(answered)) if answered else None
    offer_id = UUID(str(body["id"]))
    with transaction.atomic():
        known = Offer.objects.select_for_update().filter(id=offer_id).first()
        if known and (known.answered_at or not answered):
            return known
        row, _ = Offer.objects.update_or_create(id=offer_id, defaults=facts)
        for item in _items(body["items"]):
            OfferItem.objects.update_or_create(offer=row, serial=item.pop("serial"), defaults=item)
        return row


def _items(items: Json) -> list[dict[str, Any]]:
    assert isinstance(items, Sequence) and not isinstance(items, str)
    found: list[dict[str, Any]] = []
    for item in items:
        assert isinstance(item, Mapping)
        photos = item["photos"]
        assert isinstance(photos, Sequence)
        found.append(
            {
                **{field: str(item[field]) for field in _ITEM_TEXTS},
                "price": Rupiah(int(str(item["price_sen"]))),
                "year": int(str(item["year"])),
                "photos": [str(name) for name in photos],
            }
        )
    return found


_TEXTS = (
    "bast", "giver", "to", "giver_name", "giver_nip", "giver_signature", "receiver_name", "receiver_nip", "head_name",
    "receiver_signature", "paper_sha256",
)  # fmt: skip
_ITEM_TEXTS = ("serial", "kind", "model", "state", "condition", "refusal", "why")
