"""What the regency buys: contracts with prices, payments, devices by serial number, deliveries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.equipment.kinds import Acquisition, DeviceKind, Funding, Purpose
from dekat.equipment.models import Contract, ContractItem, Device, Handover, Payment
from dekat.equipment.saying import need, say
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.rupiah import Rupiah

# The letters that a label, an address and the log's subject can carry.
SERIAL = re.compile(r"[A-Za-z0-9._/-]{1,60}")


class ContractUnknown(DekatError):
    """The device names a contract that nobody signed here."""

    code = "equipment.contract.unknown"


class ContractDoesNotAddUp(DekatError):
    """The pieces of a contract do not add up to its sum, or the components not to the price of a piece."""

    code = "equipment.contract.does_not_add_up"


class MoreThanBought(DekatError):
    """More serial numbers than the contract bought pieces of this model."""

    code = "equipment.contract.more_than_bought"


class DeviceElsewhere(DekatError):
    """The serial number is on the register already, from another contract or an older list."""

    code = "equipment.device.elsewhere"


class SerialMalformed(DekatError):
    """A serial number has letters that no label and no address of ours can carry."""

    code = "equipment.device.serial_malformed"


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
    """What a contract says; one for maintenance covers serial numbers from a day until a day (exclusive)."""

    number: str
    signed_on: date
    budget_year: int
    funding: Funding
    budget_line: str
    supplier: str
    items: Sequence[Item]
    payment_order: str = ""
    paid_on: date | None = None
    purpose: Purpose = Purpose.PURCHASE
    covers: Sequence[str] = ()
    from_on: date | None = None
    until_on: date | None = None

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
    if known:
        return known.event_id
    subject = f"contract:{terms.number}"
    return say("contract.signed", subject, terms_data(terms), actor, now, on=terms.signed_on).id


def note_payment(*, contract: str, payment_order: str, paid_on: date, actor: Actor, now: datetime) -> None:
    """Record an SP2D that paid a contract after it was signed.

    Again: the same SP2D of the same contract changes nothing.
    Refuses: equipment.contract.unknown, equipment.day.in_the_future.
    """
    known = Contract.objects.filter(number=contract).first()
    if known is None:
        raise ContractUnknown(contract=contract)
    paid = Payment.objects.filter(contract=contract, number=payment_order).exists()
    if not paid and known.payment_order != payment_order:
        data: dict[str, Json] = {"payment_order": payment_order, "paid_on": paid_on.isoformat()}
        say("contract.paid", f"contract:{contract}", data, actor, now, on=paid_on)


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
    days = {"paid_on": terms.paid_on, "from_on": terms.from_on, "until_on": terms.until_on}
    data |= {key: day.isoformat() for key, day in days.items() if day}
    if terms.purpose is Purpose.MAINTENANCE:
        data |= {"purpose": str(terms.purpose), "covers": list(terms.covers)}
    return data


@dataclass(frozen=True)
class Listed:
    """What an older list says of a device besides its price."""

    year: int | None = None
    acquisition: Acquisition = Acquisition.PURCHASE
    size: str = ""
    material: str = ""
    note: str = ""
    owner: str = ""
    list_sha256: str = ""

    def data(self) -> dict[str, Json]:
        """The fields that say something, as the event carries them."""
        found = {key: value for key, value in vars(self).items() if value and key != "acquisition"}
        return found if self.acquisition is Acquisition.PURCHASE else {**found, "acquisition": str(self.acquisition)}


def buy_device(
    *, serial: str, kind: DeviceKind, model: str, contract: str, price: Rupiah, actor: Actor, now: datetime,
    asset_code: str = "", register_no: str = "", listed: Listed | None = None, on: date | None = None,
) -> None:  # fmt: skip
    """Put a device on the register by its serial number.

    Facts: `contract` is empty only for what an older list names without one; `on` is the day it became the regency's.
    Again: the same serial number changes nothing.
    Refuses: equipment.contract.unknown, equipment.device.serial_malformed.
    """
    if contract and not Contract.objects.filter(number=contract).exists():
        raise ContractUnknown(contract=contract)
    if Device.objects.filter(serial=serial).exists():
        return
    if not SERIAL.fullmatch(serial):
        raise SerialMalformed(serial=serial)
    data: dict[str, Json] = {"kind": str(kind), "model": model, "contract": contract, "price_sen": price.sen}
    data |= {key: value for key, value in (("asset_code", asset_code), ("register_no", register_no)) if value}
    say("device.bought", f"device:{serial}", data | (listed.data() if listed else {}), actor, now, on=on)


def add_devices(
    *, contract: str, item: int, serials: Sequence[str], asset_code: str, first_register_no: int, actor: Actor,
    now: datetime, bast: str = "", delivered_on: date | None = None,
) -> None:  # fmt: skip
    """Put many devices of one item of a contract on the register, with register numbers that follow one another.

    Facts: `item` is the place of the item in the contract, from 0; `bast` is the supplier's, where it is here already.
    Again: serial numbers that are held change nothing and take no number.
    Refuses: equipment.contract.unknown, equipment.contract.more_than_bought, equipment.device.elsewhere,
    equipment.device.serial_malformed, equipment.day.in_the_future.
    """
    row = Contract.objects.filter(number=contract).first()
    if row is None:
        raise ContractUnknown(contract=contract)
    piece: ContractItem = row.items.order_by("id")[item]
    fresh = _fresh(row.number, piece, serials)
    with transaction.atomic():
        for place, serial in enumerate(fresh):
            buy_device(
                serial=serial, kind=DeviceKind(piece.kind), model=piece.model, contract=contract,
                price=piece.unit_price, asset_code=asset_code, register_no=f"{first_register_no + place:04d}",
                actor=actor, now=now, on=row.signed_on,
            )  # fmt: skip
        for serial in serials if bast and delivered_on else ():
            accept_delivery(serial=serial, bast=bast, on=delivered_on or row.signed_on, actor=actor, now=now)


def _fresh(contract: str, piece: ContractItem, serials: Sequence[str]) -> list[str]:
    """The serial numbers that are news, if the contract bought that many and none came from elsewhere."""
    held = dict(Device.objects.filter(serial__in=list(serials)).values_list("serial", "contract"))
    for serial, other in held.items():
        if other != contract:
            raise DeviceElsewhere(serial=serial, contract=other or "-")
    fresh = [serial for serial in dict.fromkeys(serials) if serial not in held]
    count = Device.objects.filter(contract=contract, kind=piece.kind, model=piece.model).count() + len(fresh)
    if count > piece.count:
        raise MoreThanBought(contract=contract, bought=piece.count, listed=count)
    return fresh


def accept_delivery(*, serial: str, bast: str, on: date, actor: Actor, now: datetime) -> None:
    """Record the BAST by which the supplier delivered a device; depreciation begins on its day.

    Again: the same BAST changes nothing.
    Refuses: equipment.device.unknown, equipment.device.written_off, equipment.day.in_the_future.
    """
    need(serial)
    if not Handover.objects.filter(device_id=serial, bast=bast).exists():
        say("device.delivered", f"device:{serial}", {"bast": bast, "on": on.isoformat()}, actor, now, on=on)
