"""What is known of a device while its events are read in order. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from dekat.duties.evidence import Evidence

REGISTRY = "DISPENDUKCAPIL"


class Fault(NamedTuple):
    """An open fault."""

    kind: str
    cause: str
    is_under_warranty: bool
    event: UUID


@dataclass
class Known:
    """What is known of one device."""

    kind: str
    proofs: dict[str, UUID] = field(default_factory=dict)
    kecamatan: str = ""
    asset_user: str = REGISTRY
    offer: Evidence | None = None
    # Answers to offers that did not arrive yet: two clocks may disagree about which came first.
    answered: dict[str, Evidence] = field(default_factory=dict)
    access_asked: str = ""
    faults: dict[str, Fault] = field(default_factory=dict)
    condition: str = ""
    diverted: UUID | None = None
    missing: dict[str, UUID] = field(default_factory=dict)

    @property
    def task(self) -> str:
        """What its operator must be able to do, and what its lines serve."""
        return "PRINT" if self.kind == "KK_PRINTER" else "RECORD"


def _delivered(known: Known, fact: Evidence) -> None:
    known.proofs.setdefault("delivered", fact.id)


def _handed_over(known: Known, fact: Evidence) -> None:
    _delivered(known, fact)
    known.proofs["handed_over"] = fact.id
    for answered in ("declined", "returned"):
        known.proofs.pop(answered, None)
    known.offer = None
    _move(known, fact.text("to"))


def _returned(known: Known, fact: Evidence) -> None:
    known.proofs.pop("handed_over", None)
    known.proofs["returned"] = fact.id
    known.offer = None
    _move(known, "")


def _move(known: Known, to: str) -> None:
    # Whoever gets it from another place must set it up again.
    if known.kecamatan not in ("", to):
        known.proofs.pop("installed", None)
    known.kecamatan = to


def _offered(known: Known, fact: Evidence) -> None:
    answer = known.answered.pop(fact.text("bast"), None)
    by = fact.text("by")
    if by not in (REGISTRY, f"KECAMATAN:{known.kecamatan}"):
        return
    known.offer = fact
    if answer:
        _DEVICE[answer.name](known, answer)


def _accepted(known: Known, fact: Evidence) -> None:
    if not _is_open(known, fact):
        known.answered[fact.text("bast")] = fact
    elif known.offer and known.offer.text("to") == fact.text("to") and fact.text("by") == receiver(known.offer):
        (_handed_over if fact.text("to") else _returned)(known, fact)


def _declined(known: Known, fact: Evidence) -> None:
    if not _is_open(known, fact):
        known.answered[fact.text("bast")] = fact
    elif known.offer and fact.text("by") == receiver(known.offer):
        known.offer, known.proofs["declined"] = None, fact.id


def _is_open(known: Known, fact: Evidence) -> bool:
    return known.offer is not None and known.offer.text("bast") == fact.text("bast")


def receiver(offer: Evidence) -> str:
    """Who must answer an offer."""
    return f"KECAMATAN:{offer.text('to')}" if offer.text("to") else REGISTRY


def _transferred(known: Known, fact: Evidence) -> None:
    known.asset_user = fact.text("to_owner")


def _use_status_set(known: Known, fact: Evidence) -> None:
    known.asset_user = fact.text("owner")


def _installed(known: Known, fact: Evidence) -> None:
    known.proofs["installed"] = fact.id


def _access_requested(known: Known, fact: Evidence) -> None:
    known.proofs["requested"], known.access_asked = fact.id, fact.text("to")


def _access_granted(known: Known, fact: Evidence) -> None:
    known.proofs["granted"] = fact.id


def _used(known: Known, fact: Evidence) -> None:
    # A signed use proves that the device stood, had its access right, worked and did its own work.
    for proof in ("installed", "granted"):
        known.proofs.setdefault(proof, fact.id)
    known.proofs["used"] = fact.id
    known.diverted = None


def _fault_reported(known: Known, fact: Evidence) -> None:
    is_under_warranty = fact.data.get("under_warranty") is True
    known.faults[fact.text("fault")] = Fault(fact.text("kind"), fact.text("cause"), is_under_warranty, fact.id)


def _fault_cleared(known: Known, fact: Evidence) -> None:
    known.faults.pop(fact.text("fault"), None)


def _condition(known: Known, fact: Evidence) -> None:
    known.condition, known.proofs["condition"] = fact.text("condition"), fact.id


def _diverted(known: Known, fact: Evidence) -> None:
    known.diverted = fact.id


def _undiverted(known: Known, fact: Evidence) -> None:
    known.diverted = None


def _ran_out(known: Known, fact: Evidence) -> None:
    known.missing[fact.text("item")] = fact.id


def _restocked(known: Known, fact: Evidence) -> None:
    known.missing.pop(fact.text("item"), None)


DeviceHandler = Callable[[Known, Evidence], None]
_DEVICE: Mapping[str, DeviceHandler] = {
    "equipment.device.delivered": _delivered,
    "equipment.device.handed_over": _handed_over,
    "equipment.handover.offered": _offered,
    "equipment.handover.accepted": _accepted,
    "equipment.handover.declined": _declined,
    "equipment.device.returned": _returned,
    "equipment.device.transferred": _transferred,
    "equipment.device.use_status_set": _use_status_set,
    "equipment.device.installed": _installed,
    "equipment.device.condition_recorded": _condition,
    "equipment.fault.reported": _fault_reported,
    "equipment.fault.cleared": _fault_cleared,
    "equipment.diversion.recorded": _diverted,
    "equipment.diversion.cleared": _undiverted,
    "equipment.access.requested": _access_requested,
    "equipment.access.granted": _access_granted,
    "equipment.consumable.ran_out": _ran_out,
    "equipment.consumable.restocked": _restocked,
    "readings.device.used": _used,
}
OF_DEVICE = frozenset(_DEVICE)
# What a kecamatan says of a device counts only while it holds the device, or is to receive it.
_BY_HOLDER = frozenset(
    {
        "equipment.device.condition_recorded",
        "equipment.fault.reported",
        "equipment.fault.cleared",
        "equipment.diversion.recorded",
        "equipment.diversion.cleared",
        "equipment.consumable.ran_out",
        "equipment.consumable.restocked",
    }
)


def apply_to_device(known: Known, fact: Evidence) -> None:
    """Take one event about the device into account; not what a kecamatan says of the device of another."""
    if fact.name not in _BY_HOLDER or _may_speak(known, fact.text("by")):
        _DEVICE[fact.name](known, fact)


def _may_speak(known: Known, by: str) -> bool:
    holders = {f"KECAMATAN:{known.kecamatan}", receiver(known.offer) if known.offer else ""}
    return not (known.kecamatan and by.startswith("KECAMATAN:")) or by in holders
