"""How equipment says what happened: the event and the register in one transaction, on the day of the paper."""

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.areas.working_calendar import regency_calendar
from dekat.equipment.models import Device
from dekat.equipment.register import keep
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record


class DeviceUnknown(DekatError):
    """No device with this serial number was bought."""

    code = "equipment.device.unknown"


class DayInTheFuture(DekatError):
    """The day on a paper has not come yet."""

    code = "equipment.day.in_the_future"


class DeviceWrittenOff(DekatError):
    """The device's life ended by decree; nothing can happen to it any more."""

    code = "equipment.device.written_off"


def need(serial: str) -> Device:
    """The device, which must be known and alive.

    Refuses: equipment.device.unknown, equipment.device.written_off.
    """
    device = Device.objects.filter(serial=serial).first()
    if device is None:
        raise DeviceUnknown(serial=serial)
    if device.written_off_on:
        raise DeviceWrittenOff(serial=serial)
    return device


def say(
    name: str, subject: str, data: Mapping[str, Json], actor: Actor, now: datetime, *, event_id: UUID | None = None,
    on: date | None = None,
) -> SignedEvent:  # fmt: skip
    """Record an event of equipment and keep it in the register.

    Facts: `on` is the day on the paper: a thing of last year occurred last year, and was recorded now.
    Refuses: equipment.day.in_the_future.
    """
    with transaction.atomic():
        event = record(
            name=f"equipment.{name}",
            subject=subject,
            actor=actor.label,
            data={"by": actor.office, **data},
            now=now,
            occurred_at=_occurred_at(on, now),
            event_id=event_id,
        )
        keep(event)
        return event


def _occurred_at(on: date | None, now: datetime) -> datetime:
    zone = regency_calendar().zone
    today = now.astimezone(zone).date()
    if on is None or on == today:
        return now
    if on > today:
        raise DayInTheFuture(day=on.isoformat())
    return datetime.combine(on, time(), zone)
