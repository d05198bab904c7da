"""Keep an event of equipment in the register. The same code serves commands and imported histories."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dekat.equipment import kept_handovers
from dekat.equipment.kinds import DecreeKind
from dekat.equipment.models import (
    Claim,
    ConditionRecord,
    Contract,
    ContractItem,
    Device,
    Handover,
    Paper,
    Payment,
)
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
        paid_on=_day(data, "paid_on"),
        purpose=data.get("purpose", "PURCHASE"),
        covers=data.get("covers", []),
        from_on=_day(data, "from_on"),
        until_on=_day(data, "until_on"),
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


def _paid(event: SignedEvent, data: dict[str, Any]) -> None:
    facts = {
        "contract": _serial(event),
        "number": data["payment_order"],
        "paid_on": date.fromisoformat(data["paid_on"]),
    }
    Payment.objects.get_or_create(event_id=event.id, defaults=facts)


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
            **{key: data[key] for key in ("year", "acquisition", "size", "material", "note", "owner") if key in data},
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
    rows = ConditionRecord.objects.filter(device_id=_serial(event))
    facts = {"condition": data["condition"], "by": data["by"], "photos": data.get("photo_sha256", [])}
    rows.get_or_create(event_id=event.id, defaults={**facts, "device_id": _serial(event), "at": event.occurred_at})
    latest = rows.order_by("-at", "-event_id")[0]
    Device.objects.filter(serial=_serial(event)).update(condition=latest.condition)


def _use_status(event: SignedEvent, data: dict[str, Any]) -> None:
    _decree(event, data, kind=DecreeKind.USE_STATUS, to_owner=data["owner"])


def _transferred(event: SignedEvent, data: dict[str, Any]) -> None:
    _decree(event, data, kind=DecreeKind.TRANSFER, to_owner=data["to_owner"])


def _written_off(event: SignedEvent, data: dict[str, Any]) -> None:
    _decree(event, data, kind=DecreeKind.WRITE_OFF, to_owner="")
    Device.objects.filter(serial=_serial(event)).update(written_off_on=date.fromisoformat(data["on"]))


def _decree(event: SignedEvent, data: dict[str, Any], *, kind: DecreeKind, to_owner: str) -> None:
    device = Device.objects.get(serial=_serial(event))
    facts = {"kind": kind, "number": data["decree"], "on": date.fromisoformat(data["on"]), "to_owner": to_owner}
    facts |= {key: data[key] for key in ("bast", "reason") if key in data}
    from_owner = data.get("from_owner", device.owner)
    device.decrees.get_or_create(event_id=event.id, defaults={**facts, "from_owner": from_owner})
    latest = device.decrees.exclude(to_owner="").order_by("-on", "-id").first()
    if latest:
        Device.objects.filter(serial=device.serial).update(owner=latest.to_owner)


def _tower(event: SignedEvent, data: dict[str, Any]) -> None:
    Device.objects.filter(serial=_serial(event)).update(serves=data["serves"])


def _paper(event: SignedEvent, data: dict[str, Any]) -> None:
    Paper.objects.get_or_create(
        subject=event.subject,
        kind=data["paper"],
        sha256=data["sha256"],
        defaults={
            **{key: data[key] for key in ("media_type", "size_bytes", "by")},
            "number": data.get("number", ""),
            "event_id": event.id,
            "attached_at": event.occurred_at,
        },
    )


def _claim(event: SignedEvent, data: dict[str, Any]) -> None:
    Claim.objects.get_or_create(
        event_id=event.id,
        defaults={
            **{key: data[key] for key in ("claim", "metric", "kind", "value", "by", "source")},
            "said_on": date.fromisoformat(data["said_on"]),
            "kecamatan": event.subject.removeprefix("kecamatan:") if event.subject != "regency" else "",
        },
    )


def _day(data: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(data[key]) if data.get(key) else None


_KEEPERS: Mapping[str, Callable[[SignedEvent, dict[str, Any]], None]] = {
    "equipment.contract.signed": _contract,
    "equipment.contract.paid": _paid,
    "equipment.paper.attached": _paper,
    "equipment.device.bought": _bought,
    "equipment.device.delivered": _delivered,
    "equipment.device.handed_over": _handed_over,
    "equipment.device.condition_recorded": _condition,
    "equipment.device.use_status_set": _use_status,
    "equipment.device.transferred": _transferred,
    "equipment.device.written_off": _written_off,
    "equipment.tower.assigned": _tower,
    "equipment.claim.made": _claim,
    **kept_handovers.KEEPERS,
}
