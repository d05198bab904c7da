"""Commands about devices at work. Each records its event and keeps it in the register in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from dekat.accounts.actor import Actor
from dekat.equipment.kinds import Condition, Consumable, DeviceKind, FaultKind, Metric
from dekat.equipment.models import Handover
from dekat.equipment.saying import need, say
from dekat.kernel.canonical import Json
from dekat.kernel.errors import DekatError


class BastAlreadyUsed(DekatError):
    """The number of this BAST is already in the register for the device."""

    code = "equipment.bast.already_used"


def hand_over(*, serial: str, to: str, bast: str, on: date, actor: Actor, now: datetime) -> None:
    """Record that a device now belongs to a kecamatan's hands, and who must put it to use.

    Facts: `to` is a kecamatan code; `on` the day on the BAST, which both sides signed.
    Again: the same BAST to the same kecamatan changes nothing.
    Refuses: equipment.device.unknown, equipment.device.written_off, equipment.bast.already_used,
    equipment.day.in_the_future.
    Law: pbmd-bast
    """
    need(serial)
    known = Handover.objects.filter(device_id=serial, bast=bast).first()
    if known and known.kecamatan == to:
        return
    if known:
        raise BastAlreadyUsed(bast=bast)
    data = {"bast": bast, "on": on.isoformat(), "to": to, "received_by": f"KECAMATAN:{to}"}
    say("device.handed_over", f"device:{serial}", data, actor, now, on=on)


def note_installed(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a device stands, connected and tested."""
    say("device.installed", f"device:{serial}", {}, actor, now)


def note_condition(
    *, serial: str, condition: Condition, actor: Actor, now: datetime, photos: Sequence[str] = (),
    event_id: UUID | None = None,
) -> None:  # fmt: skip
    """Record a condition that a paper of the office says; at a counter `upkeep.record_condition` asks for a photo.

    Facts: `photos` are the SHA-256 of pictures that were kept.
    Again: the same `event_id` changes nothing.
    """
    data: dict[str, Json] = {"condition": str(condition)}
    if photos:
        data["photo_sha256"] = list(photos)
    say("device.condition_recorded", f"device:{serial}", data, actor, now, event_id=event_id)


def assign_tower(*, serial: str, serves: Sequence[str], actor: Actor, now: datetime) -> None:
    """Record whose lines a tower carries, so that its upkeep can be held against their measured uptime.

    Again: the same kecamatan change nothing.
    Refuses: equipment.device.unknown, equipment.device.written_off.
    """
    if need(serial).serves != list(serves):
        say("tower.assigned", f"device:{serial}", {"serves": list(serves)}, actor, now)


def report_fault(
    *, serial: str, fault_id: UUID, kind: FaultKind, is_under_warranty: bool, actor: Actor, now: datetime
) -> None:
    """Record what hinders a device, at a station or at the centre.

    Again: the same `fault_id` changes nothing.
    """
    data: dict[str, Json] = {"fault": str(fault_id), "kind": str(kind), "under_warranty": is_under_warranty}
    say("fault.reported", f"device:{serial}", data, actor, now, event_id=fault_id)


def clear_fault(*, serial: str, fault_id: UUID, actor: Actor, now: datetime) -> None:
    """Record that a fault is repaired."""
    say("fault.cleared", f"device:{serial}", {"fault": str(fault_id)}, actor, now)


def record_diversion(*, serial: str, photo_sha256: str, actor: Actor, now: datetime) -> None:
    """Record that a device was found doing other work; the photo is its proof (64 hex letters, or empty)."""
    say("diversion.recorded", f"device:{serial}", {"photo_sha256": photo_sha256} if photo_sha256 else {}, actor, now)


def clear_diversion(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that a device is back at its own work; the idle days stop only at a signed use."""
    say("diversion.cleared", f"device:{serial}", {}, actor, now)


def request_access(*, serial: str, to: str, actor: Actor, now: datetime) -> None:
    """Record that somebody (normally `PUSAT`) was asked for the access right."""
    say("access.requested", f"device:{serial}", {"to": to}, actor, now)


def note_access_granted(*, serial: str, actor: Actor, now: datetime) -> None:
    """Record that the access right came."""
    say("access.granted", f"device:{serial}", {}, actor, now)


def note_ran_out(*, serial: str, item: Consumable, actor: Actor, now: datetime) -> None:
    """Record that a device stands still for want of something."""
    say("consumable.ran_out", f"device:{serial}", {"item": str(item)}, actor, now)


def note_restocked(*, serial: str, item: Consumable, actor: Actor, now: datetime) -> None:
    """Record that the missing thing is there again."""
    say("consumable.restocked", f"device:{serial}", {"item": str(item)}, actor, now)


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
    say("claim.made", "regency", data, actor, now, event_id=claim_id)
