"""Which of two devices of one kind this station uses: the operator's choice, kept until another is made."""

from datetime import datetime

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.enrolment.ports import DeviceKind
from dekat.ledger import queries as ledger
from dekat.ledger.services import record

_SELECTED = "enrolment.device.selected"


def select_device(*, kind: DeviceKind, serial: str, actor: Actor, now: datetime) -> None:
    """Use the device with this serial number from now on.

    Again: choosing the chosen one changes nothing.
    """
    if selected_serial(kind) == serial:
        return
    with transaction.atomic():
        record(
            name="enrolment.device.selected",
            subject=f"device_kind:{kind.value}",
            actor=actor.label,
            data={"serial": serial},
            now=now,
        )


def selected_serial(kind: DeviceKind) -> str:
    """The serial number last chosen for a kind on this station; empty when nobody chose."""
    choices = ledger.events(names=[_SELECTED], subject=f"device_kind:{kind.value}")
    return str(choices[-1].data["serial"]) if choices else ""
