"""Keep an event of equipment in the register. The same code serves commands and imported histories."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dekat.equipment import kept_handovers
from dekat.equipment.models import Claim, Contract, ContractItem, Device, Handover
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent


def keep(event: SignedEvent) -> None:
    """Bring the register to what the event says, in the caller's transaction; other events are passed over.

    Again: the same event changes nothing.
    """
    keeper = _KEEPERS.get(event.name)
    if keeper:
        keeper(event, dict(event.data))


def _serial(event: SignedEvent) -> str:
    return event.subject.partition(":")[2]


def _contract(event: SignedEvent, data: dict[str, Any]) -> None:
    if Contract.objects.filter(number=data["number"]).exists():
        return
    contract = Contract.objects.create(
        number=data["number"],
        signed_on=date.fromisoformat(data["signed_on"]),
        budget_year=data["budget_year"],
        funding=data["funding"],
        budget_line=data["budget_line"],
        supplier=data["supplier"],
        total=Rupiah(data["total_sen"]),
        payment_order=data.get("payment_order", ""),
        paid_on=date.fromisoformat(data["paid_on"]) if data.get("paid_on") else None,
        event_id=event.id,
    )
    for item in data["items"]:
        ContractItem.objects.create(
            contract=contract,
            kind=item["kind"],
            model=item["model"],
            count=item["count"],
            unit_price=Rupiah(item["unit_price_sen"]),
            components=[[part["name"], part["price_sen"]] for part in item["components"]],
        )


def _bought(event: SignedEvent, data: dict[str, Any]) -> None:
    Device.objects.get_or_create(
        serial=_serial(event),
        defaults={
            "kind": data["kind"],
            "model": data["model"],
            "contract": data["contract"],
            "price": Rupiah(data["price_sen"]),
            "asset_code": data.get("asset_code", ""),
            "register_no": data.get("register_no", ""),
            "bought_at": event.occurred_at,
            "event_id": event.id,
        },
    )


def _delivered(event: SignedEvent, data: dict[str, Any]) -> None:
    _handover(event, data, given_by="PEMASOK", received_by=data["by"], kecamatan="")


def _handed_over(event: SignedEvent, data: dict[str, Any]) -> None:
    _handover(event, data, given_by=data["by"], received_by=data["received_by"], kecamatan=data["to"])
    latest = Handover.objects.filter(device_id=_serial(event)).exclude(kecamatan="").order_by("-on", "-id").first()
    if latest:
        Device.objects.filter(serial=_serial(event)).update(kecamatan=latest.kecamatan)


def _handover(event: SignedEvent, data: dict[str, Any], *, given_by: str, received_by: str, kecamatan: str) -> None:
    Handover.objects.get_or_create(
        event_id=event.id,
        defaults={
            "bast": data["bast"],
            "device_id": _serial(event),
            "kecamatan": kecamatan,
            "given_by": given_by,
            "received_by": received_by,
            "on": date.fromisoformat(data["on"]),
        },
    )


def _condition(event: SignedEvent, data: dict[str, Any]) -> None:
    Device.objects.filter(serial=_serial(event)).update(condition=data["condition"])


def _claim(event: SignedEvent, data: dict[str, Any]) -> None:
    Claim.objects.get_or_create(
        event_id=event.id,
        defaults={
            **{key: data[key] for key in ("claim", "metric", "kind", "value", "by", "source")},
            "said_on": date.fromisoformat(data["said_on"]),
        },
    )


_KEEPERS: Mapping[str, Callable[[SignedEvent, dict[str, Any]], None]] = {
    "equipment.contract.signed": _contract,
    "equipment.device.bought": _bought,
    "equipment.device.delivered": _delivered,
    "equipment.device.handed_over": _handed_over,
    "equipment.device.condition_recorded": _condition,
    "equipment.claim.made": _claim,
    **kept_handovers.KEEPERS,
}
