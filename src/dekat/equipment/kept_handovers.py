"""How the register keeps what was said at a counter: commands, messages and imported histories come through it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dekat.equipment.models import Device, Handover
from dekat.ledger.rules import SignedEvent

SUPPLIER = "PEMASOK"


def _serial(event: SignedEvent) -> str:
    return event.subject.partition(":")[2]


def _accepted(event: SignedEvent, data: dict[str, Any]) -> None:
    # What comes back to the office store is told by `equipment.device.returned`.
    if data["to"]:
        _changed_hands(event, data, kecamatan=data["to"])


def _returned(event: SignedEvent, data: dict[str, Any]) -> None:
    _changed_hands(event, data, kecamatan="")


def _changed_hands(event: SignedEvent, data: dict[str, Any], *, kecamatan: str) -> None:
    serial = _serial(event)
    device = Device.objects.filter(serial=serial).first()
    if device is None or Handover.objects.filter(bast=data["bast"], device=device).exists():
        return
    giver = f"KECAMATAN:{device.kecamatan}" if device.kecamatan else "DISPENDUKCAPIL"
    Handover.objects.create(
        event_id=event.id,
        bast=data["bast"],
        device=device,
        kecamatan=kecamatan,
        given_by=giver,
        received_by=data["by"],
        on=date.fromisoformat(data["on"]),
    )
    latest = Handover.objects.filter(device=device).exclude(given_by=SUPPLIER).order_by("on", "id").last()
    if latest:
        Device.objects.filter(serial=serial).update(kecamatan=latest.kecamatan)


KEEPERS: Mapping[str, Callable[[SignedEvent, dict[str, Any]], None]] = {
    "equipment.handover.accepted": _accepted,
    "equipment.device.returned": _returned,
}
