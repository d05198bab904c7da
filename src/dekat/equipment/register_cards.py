"""What the register answers with."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from dekat.equipment.kinds import Purpose
from dekat.kernel.rupiah import Rupiah

SUPPLIER, REGISTRY = "PEMASOK", "DISPENDUKCAPIL"


@dataclass(frozen=True)
class HandoverCard:
    """One BAST of one device; `kecamatan` empty means the office store."""

    bast: str
    on: date
    given_by: str
    received_by: str
    kecamatan: str
    event_id: UUID


@dataclass(frozen=True)
class DecreeCard:
    """A decree about one device; `to_owner` is empty for a write-off."""

    kind: str
    label: str
    number: str
    on: date
    from_owner: str
    to_owner: str
    bast: str
    reason: str
    event_id: UUID


@dataclass(frozen=True)
class ConditionCard:
    """What somebody saw of it."""

    condition: str
    label: str
    by: str
    at: datetime
    photos: tuple[str, ...]
    event_id: UUID


@dataclass(frozen=True)
class PaperCard:
    """A scan that lies here."""

    event_id: UUID
    subject: str
    kind: str
    label: str
    number: str
    sha256: str
    media_type: str
    size_bytes: int
    by: str
    attached_at: datetime


@dataclass(frozen=True)
class ItemCard:
    """So many pieces of a model with the price of each component."""

    kind: str
    model: str
    count: int
    unit_price: Rupiah
    components: tuple[tuple[str, Rupiah], ...]


@dataclass(frozen=True)
class PaymentCard:
    """An SP2D."""

    number: str
    paid_on: date | None


@dataclass(frozen=True)
class ContractCard:
    """A contract as signed; `missing` lists what should be on record and is not."""

    number: str
    signed_on: date
    budget_year: int
    funding: str
    budget_line: str
    supplier: str
    total: Rupiah
    purpose: str
    covers: tuple[str, ...]
    from_on: date | None
    until_on: date | None
    payments: tuple[PaymentCard, ...]
    items: tuple[ItemCard, ...]
    device_count: int
    devices_total: Rupiah
    event_id: UUID

    @property
    def piece_count(self) -> int:
        return sum(item.count for item in self.items)

    @property
    def payment_order(self) -> str:
        return ", ".join(payment.number for payment in self.payments)

    @property
    def paid_on(self) -> date | None:
        return self.payments[-1].paid_on if self.payments else None

    @property
    def is_upkeep(self) -> bool:
        return self.purpose == Purpose.MAINTENANCE

    @property
    def difference(self) -> Rupiah:
        """By how much the devices on the register fall short of the contract's sum."""
        return Rupiah(0) if self.is_upkeep else self.total - self.devices_total

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of evidence that are missing: `PAYMENT_ORDER`, `DEVICES`."""
        lacks = [] if self.payments else ["PAYMENT_ORDER"]
        is_short = self.device_count < self.piece_count and not self.is_upkeep
        return (*lacks, "DEVICES") if is_short else tuple(lacks)


@dataclass(frozen=True)
class DeviceCard:
    """A device as the register knows it: who owns it and who holds it are two things."""

    serial: str
    kind: str
    kind_label: str
    model: str
    contract: str
    price: Rupiah
    asset_code: str
    register_no: str
    owner: str
    kecamatan: str
    condition: str
    condition_label: str
    year: int | None
    acquisition: str
    size: str
    material: str
    note: str
    serves: tuple[str, ...]
    written_off_on: date | None
    bought_at: datetime
    handovers: tuple[HandoverCard, ...]
    decrees: tuple[DecreeCard, ...]
    conditions: tuple[ConditionCard, ...]

    @property
    def is_seen(self) -> bool:
        """Whether anybody ever recorded its condition; before that nobody knows."""
        return bool(self.conditions)

    @property
    def bast(self) -> HandoverCard | None:
        """The BAST by which a kecamatan holds it now."""
        given = [card for card in self.handovers if card.kecamatan]
        return given[-1] if given and self.kecamatan else None

    @property
    def delivery(self) -> HandoverCard | None:
        """The supplier's BAST: the day from which it loses its value."""
        return next((card for card in self.handovers if card.given_by == SUPPLIER), None)

    @property
    def use_status(self) -> DecreeCard | None:
        """The decree by which its owner owns it."""
        return next((card for card in reversed(self.decrees) if card.to_owner), None)

    def owner_on(self, day: date) -> str:
        """Whose book it stood in on a day."""
        earlier = [card.to_owner for card in self.decrees if card.to_owner and card.on <= day]
        if earlier:
            return earlier[-1]
        return self.decrees[0].from_owner if self.decrees else self.owner

    def place_on(self, day: date) -> str:
        """The kecamatan that held it on a day; empty for the office store."""
        moves = [card.kecamatan for card in self.handovers if card.on <= day and card.given_by != SUPPLIER]
        return moves[-1] if moves else ""

    def condition_on(self, end: datetime) -> str:
        """What was last seen of it before an instant; empty when nobody looked."""
        seen = [card.condition for card in self.conditions if card.at < end]
        return seen[-1] if seen else ""


@dataclass(frozen=True)
class ClaimCard:
    """A statement without evidence."""

    metric: str
    kind: str
    value: int
    by: str
    source: str
    said_on: date
    kecamatan: str
    event_id: UUID
