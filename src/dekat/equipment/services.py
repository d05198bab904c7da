"""Commands of equipment. Each records its event and keeps it in the register in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.equipment.kinds import Condition, Consumable, DeviceKind, FaultKind, Funding, Metric
from dekat.equipment.models import Contract, Device, Handover
from dekat.equipment.register import keep
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record


class DeviceUnknown(DekatError):
    """No device with this serial number was bought."""

    code = "equipment.device.unknown"


class ContractUnknown(DekatError):
    """The device names a contract that nobody signed here."""

    code = "equipment.contract.unknown"


class ContractDoesNotAddUp(DekatError):
    """The pieces of a contract do not add up to its sum, or the components not to the price of a piece."""

    code = "equipment.contract.does_not_add_up"


class BastAlreadyUsed(DekatError):
    """The number of this BAST is already in the register for the device."""

    code = "equipment.bast.already_used"


@dataclass(frozen=True)
class Item:
    """So many pieces of one model; `components` are name and price, adding up to the unit price."""

    kind: DeviceKind
    model: str
    count: int
    unit_price: Rupiah
    components: Sequence[tuple[str, Rupiah]]


@dataclass(frozen=True)
class ContractTerms:
    """What a contract says."""

    number: str
    signed_on: date
    budget_year: int
    funding: Funding
    budget_line: str
    supplier: str
    items: Sequence[Item]
    payment_order: str = ""
    paid_on: date | None = None

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(item.unit_price.sen * item.count for item in self.items))


def sign_contract(*, terms: ContractTerms, total: Rupiah, actor: Actor, now: datetime) -> UUID:
    """Record a contract with the price of each piece and component; give its event.

    Facts: `total` is the sum on the paper, checked against the pieces.
    Again: the same number returns the first contract.
    Refuses: equipment.contract.does_not_add_up.
    """
    if total != terms.total:
        raise ContractDoesNotAddUp(total=str(total), pieces=str(terms.total))
    for item in terms.items:
        if sum(price.sen for _, price in item.components) != item.unit_price.sen:
            raise ContractDoesNotAddUp(total=str(item.unit_price), pieces=item.model)
    known = Contract.objects.filter(number=terms.number).first()
    return (
        known.event_id
        if known
        else _say("contract.signed", f"contract:{terms.number}", terms_data(terms), actor, now).id
    )


def terms_data(terms: ContractTerms) -> dict[str, Json]:
    """The terms as the event carries them, without who says it."""
    data: dict[str, Json] = {
        "number": terms.number,
        "signed_on": terms.signed_on.isoformat(),
        "budget_year": terms.budget_year,
        "funding": str(terms.funding),
        "budget_line": terms.budget_line,
        "supplier": terms.supplier,
        "total_sen": terms.total.sen,
        "items": [
            {
                "kind": str(item.kind),
                "model": item.model,
                "count": item.count,
                "unit_price_sen": item.unit_price.sen,
                "components": [{"name": name, "price_sen": price.sen} for name, price in item.components],
            }
            for item in terms.items
        ],
    }
    if terms.payment_order:
        data["payment_order"] = terms.payment_order
    if terms.paid_on:
        data["paid_on"] = terms.paid_on.isoformat()
    return data


def buy_device(
    *, serial: str, kind: DeviceKind, model: str, contract: str, price: Rupiah, actor: Actor, now: datetime,
    asset_code: str = "", register_no: str = "",
) -> None:  # fmt: skip
    """Put a device on the register by its serial number.

    Again: the same serial number changes nothing.
    Refuses: equipment.contract.unknown.
    """
    if not Contract.objects.filter(number=contract).exists():
        raise ContractUnknown(contract=contract)
    if Device.objects.filter(serial=serial).exists():
        return
    data: dict[str, Json] = {"kind": str(kind), "model": model, "contract": contract, "price_sen": price.sen}
    data |= {key: value for key, value in (("asset_code", asset_code), ("register_no", register_no)) if value}
    _say("device.bought", f"device:{serial}", data, actor, now)


def accept_delivery(*, serial: str, bast: str, on: date, actor: Actor, now: datetime) -> None:
    """Record the BAST by which the supplier delivered a device.

    Again: the same BAST changes nothing.
    Refuses: equipment.device.unknown.
    """
    _need(serial)
    if not Handover.objects.filter(device_id=serial, bast=bast).exists():
        _say("device.delivered", f"device:{serial}", {"bast": bast, "on": on.isoformat()}, actor, now)


def hand_over(*, serial: str, to: str, bast: str, on: date, actor: Actor, now: datetime) -> None:
    """Record that a device now belongs to a kecamatan's hands, and who must put it to use.

    Facts: `to` is a kecamatan code; `on` the day on the BAST, which both sides signed.
    Again: the same BAST to the same kecamatan changes nothing.
    Refuses: equipment.device.unknown, equipment.bast.already_used.
    Law: pbmd-bast
    """
    _need(serial)
    known = Handover.objects.filter(device_id=serial, bast=bast).first()
    if known and known.kecamatan == to:
        return
    if known:
        raise BastAlreadyUsed(bast=bast)
    data = {"bast": bast, "on": on.isoformat(), "to": to, "received_by": f"KECAMATAN:{to}"}
    _say("device.handed_over", f"device:{serial}", data, actor, now)


def note_installed(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a device stands, connected and tested."""
    _say("device.installed", f"device:{serial}", {}, actor, now)


def record_condition(*, serial: str, condition: Condition, actor: Actor, now: datetime) -> None:
    """Record a device's condition in the inventory."""
    _say("device.condition_recorded", f"device:{serial}", {"condition": str(condition)}, actor, now)


def report_fault(
    *, serial: str, fault_id: UUID, kind: FaultKind, is_under_warranty: bool, actor: Actor, now: datetime
) -> None:
    """Record what hinders a device, at a station or at the centre.

    Again: the same `fault_id` changes nothing.
    """
    data: dict[str, Json] = {"fault": str(fault_id), "kind": str(kind), "under_warranty": is_under_warranty}
    _say("fault.reported", f"device:{serial}", data, actor, now, event_id=fault_id)


def clear_fault(*, serial: str, fault_id: UUID, actor: Actor, now: datetime) -> None:
    """Record that a fault is repaired."""
    _say("fault.cleared", f"device:{serial}", {"fault": str(fault_id)}, actor, now)


def record_diversion(*, serial: str, photo_sha256: str, actor: Actor, now: datetime) -> None:
    """Record that a device was found doing other work; the photo is its proof (64 hex letters, or empty)."""
    _say("diversion.recorded", f"device:{serial}", {"photo_sha256": photo_sha256} if photo_sha256 else {}, actor, now)


def clear_diversion(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a device is back at its own work; the idle days stop only at a signed use."""
    _say("diversion.cleared", f"device:{serial}", {}, actor, now)


def request_access(*, serial: str, to: str, actor: Actor, now: datetime) -> None:
    """Record that somebody (normally `PUSAT`) was asked for the access right."""
    _say("access.requested", f"device:{serial}", {"to": to}, actor, now)


def note_access_granted(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that the access right came."""
    _say("access.granted", f"device:{serial}", {}, actor, now)


def note_ran_out(*, serial: str, item: Consumable, actor: Actor, now: datetime) -> None:
    """Record that a device stands still for want of something."""
    _say("consumable.ran_out", f"device:{serial}", {"item": str(item)}, actor, now)


def note_restocked(*, serial: str, item: Consumable, actor: Actor, now: datetime) -> None:
    """Record that the missing thing is there again."""
    _say("consumable.restocked", f"device:{serial}", {"item": str(item)}, actor, now)


def make_claim(
    *, claim_id: UUID, metric: Metric, kind: DeviceKind, value: int, source: str, said_on: date, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Keep a statement without evidence beside the counted figure; it never changes a count.

    Again: the same `claim_id` changes nothing.
    """
    data: dict[str, Json] = {
        "claim": str(claim_id),
        "metric": str(metric),
        "kind": str(kind),
        "value": value,
        "source": source,
        "said_on": said_on.isoformat(),
    }
    _say("claim.made", "regency", data, actor, now, event_id=claim_id)


def _need(serial: str) -> None:
    if not Device.objects.filter(serial=serial).exists():
        raise DeviceUnknown(serial=serial)


def _say(
    name: str, subject: str, data: Mapping[str, Json], actor: Actor, now: datetime, *, event_id: UUID | None = None
) -> SignedEvent:
    with transaction.atomic():
        event = record(
            name=f"equipment.{name}",
            subject=subject,
            actor=actor.label,
            data={"by": actor.office, **data},
            now=now,
            event_id=event_id,
        )
        keep(event)
        return event
