"""Looking after devices: condition with photos, maintenance planned and done, warranty. All of it is events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from dekat.accounts.actor import Actor
from dekat.equipment import custody, telling
from dekat.equipment.care import CONDITION, DONE, PLANNED, WARRANTY
from dekat.equipment.kinds import Condition
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError
from dekat.kernel.rupiah import Rupiah
from dekat.ledger.rules import SignedEvent
from dekat.ledger.services import record


class WorkIncomplete(DekatError):
    """Maintenance needs a device in this office's hands, what is done, and a cost that is not below zero."""

    code = "equipment.maintenance.incomplete"


class PhotoWanted(DekatError):
    """Damage is recorded with a photo that shows it."""

    code = "equipment.condition.photo_wanted"


@dataclass(frozen=True)
class Done:
    """What was done: on which day, at what cost, by whom, for which fault."""

    what: str
    on: date
    cost: Rupiah
    done_by: str
    is_under_warranty: bool
    fault: str = ""


def record_condition(
    *, event_id: UUID, serial: str, condition: Condition, photos: Sequence[str], actor: Actor, now: datetime
) -> None:
    """Record how a device is; damage needs a photo. A station tells the centre at once.

    Again: the same `event_id` changes nothing.
    Refuses: equipment.condition.photo_wanted, equipment.maintenance.incomplete.
    """
    if condition != Condition.GOOD and not photos:
        raise PhotoWanted
    _check_held(serial, actor)
    data: dict[str, Json] = {"by": actor.office, "condition": str(condition)}
    if photos:
        data["photo_sha256"] = list(photos)
    with transaction.atomic():
        event = _say(CONDITION, serial, data, actor, now, event_id)
        custody.keep(event)
        if custody.is_station():
            telling.send(message_id=uuid5(event_id, "word"), events=[event], now=now)


def plan_work(*, work_id: UUID, serial: str, what: str, due_on: date, actor: Actor, now: datetime) -> None:
    """Plan maintenance with a day on which it is due.

    Again: the same `work_id` plans once.
    Refuses: equipment.maintenance.incomplete.
    """
    if not what.strip():
        raise WorkIncomplete
    _check_held(serial, actor)
    data: dict[str, Json] = {
        "by": actor.office, "maintenance": str(work_id), "what": what.strip(), "due_on": due_on.isoformat(),
    }  # fmt: skip
    with transaction.atomic():
        _say(PLANNED, serial, data, actor, now, work_id)


def note_done(*, work_id: UUID, serial: str, done: Done, actor: Actor, now: datetime) -> None:
    """Record maintenance that was done, planned before or not.

    Again: the same `work_id` is done once.
    Refuses: equipment.maintenance.incomplete.
    """
    if not done.what.strip() or not done.done_by.strip() or done.cost.sen < 0:
        raise WorkIncomplete
    _check_held(serial, actor)
    data: dict[str, Json] = {
        "by": actor.office,
        "maintenance": str(work_id),
        "what": done.what.strip(),
        "on": done.on.isoformat(),
        "cost_sen": done.cost.sen,
        "done_by": done.done_by.strip(),
        "under_warranty": done.is_under_warranty,
    }
    if done.fault:
        data["fault"] = done.fault
    with transaction.atomic():
        _say(DONE, serial, data, actor, now, uuid5(work_id, "done"))


def record_warranty(*, event_id: UUID, serial: str, until_on: date, source: str, actor: Actor, now: datetime) -> None:
    """Record until when a device is under warranty, and the paper that says so; the latest word holds.

    Again: the same `event_id` changes nothing.
    Refuses: equipment.maintenance.incomplete.
    """
    if not source.strip():
        raise WorkIncomplete
    data: dict[str, Json] = {"by": actor.office, "until_on": until_on.isoformat(), "source": source.strip()}
    with transaction.atomic():
        _say(WARRANTY, serial, data, actor, now, event_id)


def _check_held(serial: str, actor: Actor) -> None:
    held = custody.held_by(actor.kecamatan) if custody.is_station() else custody.registered()
    if serial not in {one.serial for one in held}:
        raise WorkIncomplete


def _say(name: str, serial: str, data: Mapping[str, Json], actor: Actor, now: datetime, event_id: UUID) -> SignedEvent:
    return record(
        name=name, subject=f"device:{serial}", actor=actor.label, data=data, now=now, event_id=event_id
    )  # fmt: skip
