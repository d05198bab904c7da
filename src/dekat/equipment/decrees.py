"""Decrees about the right in a device: who owns it for its task, its move to another agency, the end of its life.

Owner (pengguna barang) and holder are two things: a decree changes the owner, a BAST changes the holder.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.equipment.kinds import DecreeKind
from dekat.equipment.models import Decree, Device
from dekat.equipment.saying import need, say
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError


class NotYourDecree(DekatError):
    """Only the Sekda, as Pengelola Barang, sets a use status and writes off."""

    code = "equipment.decree.not_yours"


class DecreeAlreadyUsed(DekatError):
    """This number already stands in the register for the device, and says something else."""

    code = "equipment.decree.already_used"


class SameOwner(DekatError):
    """The device belongs to this agency already."""

    code = "equipment.decree.same_owner"


class DecreeTooEarly(DekatError):
    """The decree is older than the last one about the same device, or than the device itself."""

    code = "equipment.decree.too_early"


def set_use_status(*, serials: Sequence[str], decree: str, on: date, owner: str, actor: Actor, now: datetime) -> None:
    """Record the decree that names the agency for whose task the devices are used (penetapan status penggunaan).

    Again: the same decree for the same device changes nothing.
    Refuses: equipment.decree.*, equipment.device.unknown, equipment.device.written_off, equipment.day.in_the_future.
    Law: permendagri-19-2016
    """
    _only_the_sekda(actor)
    with transaction.atomic():
        for device in _touched(serials, DecreeKind.USE_STATUS, decree, on, to_owner=owner):
            data: dict[str, Json] = {"decree": decree, "on": on.isoformat(), "owner": owner}
            say("device.use_status_set", f"device:{device.serial}", data, actor, now, on=on)


def transfer(
    *, serials: Sequence[str], decree: str, on: date, to_owner: str, bast: str, actor: Actor, now: datetime
) -> None:
    """Record a move to another agency (mutasi) with its decree and BAST: both books change, the holder does not.

    Again: the same decree for the same device changes nothing.
    Refuses: equipment.decree.*, equipment.device.unknown, equipment.device.written_off, equipment.day.in_the_future.
    Law: permendagri-19-2016
    """
    with transaction.atomic():
        for device in _touched(serials, DecreeKind.TRANSFER, decree, on, to_owner=to_owner):
            if device.owner == to_owner:
                raise SameOwner(serial=device.serial)
            data: dict[str, Json] = {"decree": decree, "on": on.isoformat(), "bast": bast}
            data |= {"from_owner": device.owner, "to_owner": to_owner}
            say("device.transferred", f"device:{device.serial}", data, actor, now, on=on)


def write_off(*, serials: Sequence[str], decree: str, on: date, reason: str, actor: Actor, now: datetime) -> None:
    """Record the decree that ends the life of devices: no turn, no idle day and no money from then on.

    Again: the same decree for the same device changes nothing.
    Refuses: equipment.decree.*, equipment.device.unknown, equipment.device.written_off, equipment.day.in_the_future.
    Law: permendagri-19-2016
    """
    _only_the_sekda(actor)
    with transaction.atomic():
        for device in _touched(serials, DecreeKind.WRITE_OFF, decree, on):
            data: dict[str, Json] = {"decree": decree, "on": on.isoformat(), "reason": reason}
            say("device.written_off", f"device:{device.serial}", data, actor, now, on=on)


def _only_the_sekda(actor: Actor) -> None:
    if actor.role is not Role.REGIONAL_SECRETARY:
        raise NotYourDecree


def _touched(serials: Sequence[str], kind: DecreeKind, number: str, on: date, *, to_owner: str = "") -> list[Device]:
    """The devices to which this decree is still news."""
    found = []
    for serial in dict.fromkeys(serials):
        known = Decree.objects.filter(kind=kind, number=number, device_id=serial).first()
        if known and (known.on, known.to_owner) == (on, to_owner):
            continue
        if known:
            raise DecreeAlreadyUsed(decree=number, serial=serial)
        device = need(serial)
        latest = device.decrees.last()
        if latest and latest.on > on:
            raise DecreeTooEarly(serial=serial, day=latest.on.isoformat())
        found.append(device)
    return found
