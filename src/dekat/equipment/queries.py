"""Questions to the register."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from dekat.equipment.models import Claim, Contract, ContractItem, Device, Handover
from dekat.kernel.rupiah import Rupiah


@dataclass(frozen=True)
class HandoverCard:
    """One BAST of one device; `kecamatan` empty means the supplier's delivery."""

    bast: str
    on: date
    given_by: str
    received_by: str
    kecamatan: str
    event_id: UUID


@dataclass(frozen=True)
class ItemCard:
    """So many pieces of a model with the price of each component."""

    kind: str
    model: str
    count: int
    unit_price: Rupiah
    components: tuple[tuple[str, Rupiah], ...]


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
    payment_order: str
    paid_on: date | None
    items: tuple[ItemCard, ...]
    device_count: int
    devices_total: Rupiah
    event_id: UUID

    @property
    def piece_count(self) -> int:
        return sum(item.count for item in self.items)

    @property
    def missing(self) -> tuple[str, ...]:
        """The kinds of evidence that are missing: `PAYMENT_ORDER`, `DEVICES`."""
        lacks = [] if self.payment_order else ["PAYMENT_ORDER"]
        return (*lacks, "DEVICES") if self.device_count < self.piece_count else tuple(lacks)


@dataclass(frozen=True)
class DeviceCard:
    """A device as the register knows it."""

    serial: str
    kind: str
    kind_label: str
    model: str
    contract: str
    price: Rupiah
    asset_code: str
    register_no: str
    kecamatan: str
    condition: str
    bought_at: datetime
    handovers: tuple[HandoverCard, ...]

    @property
    def bast(self) -> HandoverCard | None:
        """The latest BAST that gave it to a kecamatan."""
        given = [card for card in self.handovers if card.kecamatan]
        return given[-1] if given else None


@dataclass(frozen=True)
class ClaimCard:
    """A statement without evidence."""

    metric: str
    kind: str
    value: int
    by: str
    source: str
    said_on: date
    event_id: UUID


def devices(*, kind: str = "", kecamatan: str = "") -> list[DeviceCard]:
    """Devices of a kind and place (or all), by serial number."""
    rows = Device.objects.prefetch_related("handovers").order_by("serial")
    if kind:
        rows = rows.filter(kind=kind)
    if kecamatan:
        rows = rows.filter(kecamatan=kecamatan)
    return [_device(row) for row in rows]


def device(serial: str) -> DeviceCard | None:
    """One device by its serial number."""
    row = Device.objects.filter(serial=serial).first()
    return _device(row) if row else None


def contracts() -> list[ContractCard]:
    """All contracts, newest first."""
    return [_contract(row) for row in Contract.objects.prefetch_related("items").order_by("-signed_on", "number")]


def contract(number: str) -> ContractCard | None:
    """One contract by its number."""
    row = Contract.objects.filter(number=number).first()
    return _contract(row) if row else None


def counted(kind: str) -> int:
    """How many devices of a kind a kecamatan holds by signed BAST; the only way to count."""
    return Handover.objects.filter(device__kind=kind).exclude(kecamatan="").values("device").distinct().count()


def claims() -> list[ClaimCard]:
    """All statements without evidence, by the day they were made."""
    return [
        ClaimCard(row.metric, row.kind, row.value, row.by, row.source, row.said_on, row.event_id)
        for row in Claim.objects.order_by("said_on", "event_id")
    ]


def search(text: str) -> tuple[list[ContractCard], list[DeviceCard]]:
    """Contracts and devices that answer "what did one set cost": every word in number, model, supplier or serial."""
    contract_rows = Contract.objects.prefetch_related("items").order_by("-signed_on", "number")
    device_rows = Device.objects.prefetch_related("handovers").order_by("serial")
    for word in text.split():
        item = Q(items__model__icontains=word) | Q(items__components__icontains=word)
        contract_rows = contract_rows.filter(
            Q(number__icontains=word) | Q(supplier__icontains=word) | Q(budget_line__icontains=word) | item
        ).distinct()
        device_rows = device_rows.filter(
            Q(serial__icontains=word) | Q(model__icontains=word) | Q(contract__icontains=word) | Q(kecamatan=word)
        )
    return [_contract(row) for row in contract_rows], [_device(row) for row in device_rows]


def _device(row: Device) -> DeviceCard:
    return DeviceCard(
        serial=row.serial,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        model=row.model,
        contract=row.contract,
        price=row.price,
        asset_code=row.asset_code,
        register_no=row.register_no,
        kecamatan=row.kecamatan,
        condition=row.condition,
        bought_at=row.bought_at,
        handovers=tuple(
            HandoverCard(given.bast, given.on, given.given_by, given.received_by, given.kecamatan, given.event_id)
            for given in row.handovers.all()
        ),
    )


def _contract(row: Contract) -> ContractCard:
    prices = [device.price for device in Device.objects.filter(contract=row.number)]
    return ContractCard(
        number=row.number,
        signed_on=row.signed_on,
        budget_year=row.budget_year,
        funding=row.get_funding_display(),
        budget_line=row.budget_line,
        supplier=row.supplier,
        total=row.total,
        payment_order=row.payment_order,
        paid_on=row.paid_on,
        items=tuple(_item(item) for item in row.items.order_by("id")),
        device_count=len(prices),
        devices_total=Rupiah(sum(price.sen for price in prices)),
        event_id=row.event_id,
    )


def _item(row: ContractItem) -> ItemCard:
    parts = tuple((str(name), Rupiah(int(sen))) for name, sen in row.components)
    return ItemCard(row.get_kind_display(), row.model, row.count, row.unit_price, parts)
