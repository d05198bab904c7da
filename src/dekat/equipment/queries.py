"""Questions to the register."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from dekat.equipment.models import (
    Claim,
    ConditionRecord,
    Contract,
    ContractItem,
    Decree,
    Device,
    Handover,
    Paper,
    Payment,
)
from dekat.equipment.register_cards import (
    ClaimCard,
    ConditionCard,
    ContractCard,
    DecreeCard,
    DeviceCard,
    HandoverCard,
    ItemCard,
    PaperCard,
    PaymentCard,
)
from dekat.kernel.rupiah import Rupiah

_Row = TypeVar("_Row", Handover, Decree, ConditionRecord)
# SQLite takes at most 32,766 values in one statement; beyond this, reading every row is quicker anyway.
_MOST_NAMED = 500

__all__ = ["ClaimCard", "ContractCard", "DeviceCard", "HandoverCard", "ItemCard", "PaperCard"]


def devices(*, kind: str = "", kecamatan: str = "", contracts: Iterable[str] | None = None) -> list[DeviceCard]:
    """Devices of a kind, place and contracts (or all), by serial number; those written off are among them."""
    wanted = {key: value for key, value in {"kind": kind, "kecamatan": kecamatan}.items() if value}
    of_contract = {} if contracts is None else {"contract__in": list(contracts)}
    return _devices(Device.objects.filter(**wanted, **of_contract))


def device(serial: str) -> DeviceCard | None:
    """One device by its serial number."""
    found = _devices(Device.objects.filter(serial=serial))
    return found[0] if found else None


def contracts() -> list[ContractCard]:
    """All contracts, newest first."""
    return _contracts(Contract.objects.all())


def contract(number: str) -> ContractCard | None:
    """One contract by its number."""
    found = _contracts(Contract.objects.filter(number=number))
    return found[0] if found else None


def counted(kind: str) -> int:
    """How many devices of a kind a kecamatan holds by signed BAST; the only way to count."""
    rows = Device.objects.filter(kind=kind, written_off_on=None).exclude(kecamatan="")
    return rows.filter(handovers__kecamatan__gt="").distinct().count()


def claims() -> list[ClaimCard]:
    """All statements without evidence, by the day they were made."""
    return [
        ClaimCard(row.metric, row.kind, row.value, row.by, row.source, row.said_on, row.kecamatan, row.event_id)
        for row in Claim.objects.order_by("said_on", "event_id")
    ]


def papers(subjects: Iterable[str]) -> list[PaperCard]:
    """The scans of these contracts and devices (`contract:…`, `device:…`), in the order they came."""
    wanted = set(subjects)
    rows = Paper.objects.order_by("attached_at", "event_id")
    if len(wanted) <= _MOST_NAMED:
        rows = rows.filter(subject__in=wanted)
    return [
        PaperCard(
            row.event_id, row.subject, row.kind, row.get_kind_display(), row.number, row.sha256, row.media_type,
            row.size_bytes, row.by, row.attached_at,
        )
        for row in rows
        if row.subject in wanted
    ]  # fmt: skip


def search(text: str, *, places: Iterable[str] = ()) -> tuple[list[ContractCard], list[DeviceCard]]:
    """Contracts and devices that answer "what did one set cost": every word in number, model, supplier or serial.

    Facts: `places` are kecamatan that the whole text may mean; their devices are found by them.
    """
    codes = list(places)
    contract_rows, device_rows = Contract.objects.all(), Device.objects.all()
    for word in [] if codes else text.split():
        item = Q(items__model__icontains=word) | Q(items__components__icontains=word)
        year = Q(budget_year=int(word)) if word.isdigit() and len(word) == 4 else Q()
        contract_rows = contract_rows.filter(
            Q(number__icontains=word) | Q(supplier__icontains=word) | Q(budget_line__icontains=word) | item | year
        ).distinct()
        device_rows = device_rows.filter(
            Q(serial__icontains=word) | Q(model__icontains=word) | Q(contract__icontains=word) | Q(kecamatan=word)
        )
    if codes:
        device_rows = device_rows.filter(kecamatan__in=codes)
    found = _devices(device_rows)
    # Who searches a serial number or a place asks for the contract behind it.
    numbers = {card.contract for card in found}
    return _contracts(contract_rows.filter(number__in=numbers) if codes else _with(contract_rows, numbers)), found


def next_register_no(asset_code: str) -> int:
    """The first free register number of a kode barang."""
    taken = Device.objects.filter(asset_code=asset_code).values_list("register_no", flat=True)
    return max((int(number) for number in taken if number.isdigit()), default=0) + 1


def _with(rows: QuerySet[Contract], numbers: set[str]) -> QuerySet[Contract]:
    return Contract.objects.filter(Q(number__in=rows.values("number")) | Q(number__in=numbers))


def _devices(rows: QuerySet[Device]) -> list[DeviceCard]:
    # Grouped by hand: a prefetch makes a query set for each device and took three quarters of a search.
    found = list(rows.order_by("serial"))
    serials = [row.serial for row in found] if len(found) <= _MOST_NAMED else None
    handovers, decrees = _of(Handover.objects.all(), serials), _of(Decree.objects.all(), serials)
    conditions = _of(ConditionRecord.objects.all(), serials)
    return [_device(row, handovers[row.serial], decrees[row.serial], conditions[row.serial]) for row in found]


def _of(rows: QuerySet[_Row], serials: list[str] | None) -> dict[str, list[_Row]]:
    """Rows about devices (all of them where `serials` is None) by serial number, in their own order."""
    grouped: dict[str, list[_Row]] = defaultdict(list)
    for row in rows if serials is None else rows.filter(device__in=serials):
        grouped[row.device_id].append(row)
    return grouped


def _device(
    row: Device, handovers: list[Handover], decrees: list[Decree], conditions: list[ConditionRecord]
) -> DeviceCard:
    return DeviceCard(
        serial=row.serial,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        model=row.model,
        contract=row.contract,
        price=row.price,
        asset_code=row.asset_code,
        register_no=row.register_no,
        owner=row.owner,
        kecamatan=row.kecamatan,
        condition=row.condition,
        condition_label=str(row.get_condition_display()) if conditions else "belum diperiksa",
        year=row.year,
        acquisition=row.acquisition,
        size=row.size,
        material=row.material,
        note=row.note,
        serves=tuple(row.serves),
        written_off_on=row.written_off_on,
        bought_at=row.bought_at,
        handovers=tuple(
            HandoverCard(given.bast, given.on, given.given_by, given.received_by, given.kecamatan, given.event_id)
            for given in handovers
        ),
        decrees=tuple(_decree(one) for one in decrees),
        conditions=tuple(
            ConditionCard(one.condition, one.get_condition_display(), one.by, one.at, tuple(one.photos), one.event_id)
            for one in conditions
        ),
    )


def _decree(row: Decree) -> DecreeCard:
    return DecreeCard(
        kind=row.kind,
        label=row.get_kind_display(),
        number=row.number,
        on=row.on,
        from_owner=row.from_owner,
        to_owner=row.to_owner,
        bast=row.bast,
        reason=row.reason,
        event_id=row.event_id,
    )


def _contracts(rows: QuerySet[Contract]) -> list[ContractCard]:
    found = list(rows.order_by("-signed_on", "number"))
    numbers = [row.number for row in found]
    prices, payments, items = defaultdict(list), defaultdict(list), defaultdict(list)
    for number, price in Device.objects.filter(contract__in=numbers).values_list("contract", "price"):
        prices[number].append(price)
    for paid in Payment.objects.filter(contract__in=numbers).order_by("paid_on", "number"):
        payments[paid.contract].append(PaymentCard(paid.number, paid.paid_on))
    for item in ContractItem.objects.filter(contract__in=numbers).order_by("id"):
        items[item.contract_id].append(_item(item))
    return [_contract(row, prices[row.number], payments[row.number], items[row.number]) for row in found]


def _contract(row: Contract, prices: list[Rupiah], payments: list[PaymentCard], items: list[ItemCard]) -> ContractCard:
    first = [PaymentCard(row.payment_order, row.paid_on)] if row.payment_order else []
    return ContractCard(
        number=row.number,
        signed_on=row.signed_on,
        budget_year=row.budget_year,
        funding=row.get_funding_display(),
        budget_line=row.budget_line,
        supplier=row.supplier,
        total=row.total,
        purpose=row.purpose,
        covers=tuple(row.covers),
        from_on=row.from_on,
        until_on=row.until_on,
        payments=(*first, *payments),
        items=tuple(items),
        device_count=len(prices),
        devices_total=Rupiah(sum(price.sen for price in prices)),
        event_id=row.event_id,
    )


def _item(row: ContractItem) -> ItemCard:
    parts = tuple((str(name), Rupiah(int(sen))) for name, sen in row.components)
    return ItemCard(row.get_kind_display(), row.model, row.count, row.unit_price, parts)
