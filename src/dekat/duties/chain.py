"""What is known of a device at each instant, and the first link of its chain that is not met. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from dekat.duties.evidence import Evidence

DeviceHandler = Callable[["Known", Evidence], None]
PlaceHandler = Callable[["PlaceKnown", Evidence], None]


@dataclass
class PlaceKnown:
    """What is known of one kecamatan while its events are read in order."""

    delivered: dict[str, tuple[int, UUID]] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[tuple[str, str], tuple[int, UUID]] = field(default_factory=dict)
    operators: dict[str, UUID] = field(default_factory=dict)
    competent: dict[tuple[str, str], UUID] = field(default_factory=dict)
    failed: dict[tuple[str, str], UUID] = field(default_factory=dict)
    released: UUID | None = None
    down: dict[str, UUID] = field(default_factory=dict)
    opened: UUID | None = None
    silent_since: UUID | None = None


@dataclass
class Known:
    """What is known of one device while its events are read in order."""

    kind: str
    proofs: dict[str, UUID] = field(default_factory=dict)
    kecamatan: str = ""
    access_asked: str = ""
    faults: dict[str, tuple[str, bool, UUID]] = field(default_factory=dict)
    worn: UUID | None = None
    diverted: UUID | None = None
    missing: dict[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class Unmet:
    """The first unmet link: the rule that speaks, the events that show it, whom it names when the rule says ASKED."""

    rule_id: str
    cause: tuple[UUID, ...] = ()
    asked: str = ""


def apply_to_device(known: Known, fact: Evidence) -> None:
    """Take one event about the device into account."""
    handler = _DEVICE.get(fact.name)
    if handler:
        handler(known, fact)


def apply_to_place(place: PlaceKnown, fact: Evidence) -> None:
    """Take one event about its kecamatan (or the regency) into account."""
    handler = _PLACE.get(fact.name)
    if handler:
        handler(place, fact)


def first_unmet(
    known: Known, place: PlaceKnown, regency: PlaceKnown, *, links: Sequence[str], kinds: Mapping[str, frozenset[str]]
) -> Unmet | None:
    """The first link that is not met; None when all are (then there is simply no demand).

    Facts: `kinds` tells for which kinds of device an instruction is meant; unknown instructions are meant for all.
    """
    for link in links:
        unmet = _LINKS[link](_Look(known, place, regency, kinds))
        if unmet:
            return unmet
    return None


def proofs(known: Known, place: PlaceKnown, *, kinds: Mapping[str, frozenset[str]]) -> tuple[UUID, ...]:
    """The events that show the met links of this device, in the order of the chain."""
    meant = {name for name in place.delivered if known.kind in kinds.get(name, frozenset({known.kind}))}
    task = _task(known)
    return (
        *known.proofs.values(),
        *(event_id for name, (_, event_id) in place.delivered.items() if name in meant),
        *(event_id for (name, _), (_, event_id) in place.acknowledged.items() if name in meant),
        *place.operators.values(),
        *(event_id for (_, proved), event_id in place.competent.items() if proved == task),
    )


def _task(known: Known) -> str:
    return "PRINT" if known.kind == "KK_PRINTER" else "RECORD"


@dataclass(frozen=True)
class _Look:
    known: Known
    place: PlaceKnown
    regency: PlaceKnown
    kinds: Mapping[str, frozenset[str]]

    @property
    def instructions(self) -> list[tuple[str, int, UUID]]:
        """The delivered instructions for this kind of device: name, version, proof."""
        return [
            (name, version, proof)
            for name, (version, proof) in sorted(self.place.delivered.items())
            if self.known.kind in self.kinds.get(name, frozenset({self.known.kind}))
        ]


def _has(proof: str, rule_id: str) -> Callable[[_Look], Unmet | None]:
    return lambda look: None if proof in look.known.proofs else Unmet(rule_id)


def _own_use(look: _Look) -> Unmet | None:
    return Unmet("diverted", (look.known.diverted,)) if look.known.diverted else None


def _access(look: _Look) -> Unmet | None:
    if "granted" in look.known.proofs:
        return None
    if look.known.access_asked:
        return Unmet("access-requested", (look.known.proofs["requested"],), look.known.access_asked)
    return Unmet("access-not-requested")


def _instruction(look: _Look) -> Unmet | None:
    return None if look.instructions else Unmet("instruction")


def _acknowledged(look: _Look) -> Unmet | None:
    for role, rule_id in (("OPERATOR", "acknowledged-by-operator"), ("DISTRICT_HEAD", "acknowledged-by-head")):
        for name, version, proof in look.instructions:
            if look.place.acknowledged.get((name, role), (0, None))[0] < version:
                return Unmet(rule_id, (proof,))
    return None


def _operator(look: _Look) -> Unmet | None:
    if look.place.operators:
        return None
    return Unmet("operator", (look.place.released,) if look.place.released else ())


def _competent(look: _Look) -> Unmet | None:
    task = _task(look.known)
    if any((operator, task) in look.place.competent for operator in look.place.operators):
        return None
    failed = [look.place.failed[key] for key in sorted(look.place.failed) if key[1] == task]
    return Unmet("competent", (*look.place.operators.values(), *failed))


def _power(look: _Look) -> Unmet | None:
    cause = tuple(event_id for kind, _, event_id in look.known.faults.values() if kind == "POWER")
    return Unmet("power", cause) if cause else None


def _fault_free(look: _Look) -> Unmet | None:
    faults = [(warranty, event_id) for kind, warranty, event_id in look.known.faults.values() if kind != "POWER"]
    if not faults:
        return Unmet("fault", (look.known.worn,)) if look.known.worn else None
    cause = tuple(event_id for _, event_id in faults)
    return Unmet("fault-under-warranty" if all(warranty for warranty, _ in faults) else "fault", cause)


def _consumables(look: _Look) -> Unmet | None:
    missing = look.known.missing
    if not missing:
        return None
    return Unmet("blank" if set(missing) == {"BLANK"} else "consumable", tuple(missing.values()))


def _line(path: str, rule_id: str) -> Callable[[_Look], Unmet | None]:
    def look_at(look: _Look) -> Unmet | None:
        cause = look.place.down.get(path) or look.regency.down.get(path)
        return Unmet(rule_id, (cause,)) if cause else None

    return look_at


def _opened(look: _Look) -> Unmet | None:
    if look.place.opened:
        return None
    return Unmet("silence", (look.place.silent_since,) if look.place.silent_since else ())


def _demand(look: _Look) -> Unmet | None:
    return Unmet("demand", (look.place.opened,) if look.place.opened else ())


_LINKS: Mapping[str, Callable[[_Look], Unmet | None]] = {
    "delivered": _has("delivered", "delivered"),
    "handed_over": _has("handed_over", "handed-over"),
    "installed": _has("installed", "installed"),
    "own_use": _own_use,
    "access": _access,
    "instruction": _instruction,
    "acknowledged": _acknowledged,
    "operator": _operator,
    "competent": _competent,
    "power": _power,
    "fault_free": _fault_free,
    "consumables": _consumables,
    "local_network": _line("LOCAL", "local-network"),
    "centre": _line("CENTRE", "centre"),
    "national": _line("NATIONAL", "national"),
    "opened": _opened,
    "demand": _demand,
}


def _delivered(known: Known, fact: Evidence) -> None:
    known.proofs.setdefault("delivered", fact.id)


def _handed_over(known: Known, fact: Evidence) -> None:
    known.proofs.setdefault("delivered", fact.id)
    known.proofs["handed_over"] = fact.id
    known.kecamatan = fact.text("to")


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
    known.faults[fact.text("fault")] = (fact.text("kind"), fact.data.get("under_warranty") is True, fact.id)


def _fault_cleared(known: Known, fact: Evidence) -> None:
    known.faults.pop(fact.text("fault"), None)


def _condition(known: Known, fact: Evidence) -> None:
    known.worn = fact.id if fact.text("condition") == "MAJOR_DAMAGE" else None


def _diverted(known: Known, fact: Evidence) -> None:
    known.diverted = fact.id


def _undiverted(known: Known, fact: Evidence) -> None:
    known.diverted = None


def _ran_out(known: Known, fact: Evidence) -> None:
    known.missing[fact.text("item")] = fact.id


def _restocked(known: Known, fact: Evidence) -> None:
    known.missing.pop(fact.text("item"), None)


_DEVICE: Mapping[str, DeviceHandler] = {
    "equipment.device.delivered": _delivered,
    "equipment.device.handed_over": _handed_over,
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


def _version(fact: Evidence) -> int:
    version = fact.data.get("version")
    return version if isinstance(version, int) else 0


def _instruction_delivered(place: PlaceKnown, fact: Evidence) -> None:
    name = fact.text("instruction")
    if max(place.delivered.get(name, (0, None))[0], place.withdrawn.get(name, 0)) < _version(fact):
        place.delivered[name] = (_version(fact), fact.id)


def _instruction_withdrawn(place: PlaceKnown, fact: Evidence) -> None:
    name = fact.text("instruction")
    place.withdrawn[name] = max(place.withdrawn.get(name, 0), _version(fact))
    if place.delivered.get(name, (0, None))[0] <= place.withdrawn[name]:
        place.delivered.pop(name, None)


def _instruction_acknowledged(place: PlaceKnown, fact: Evidence) -> None:
    key = (fact.text("instruction"), fact.text("role"))
    if place.acknowledged.get(key, (0, None))[0] < _version(fact):
        place.acknowledged[key] = (_version(fact), fact.id)


def _assigned(place: PlaceKnown, fact: Evidence) -> None:
    place.operators[fact.text("operator")] = fact.id


def _released(place: PlaceKnown, fact: Evidence) -> None:
    if place.operators.pop(fact.text("operator"), None):
        place.released = fact.id


def _competence(place: PlaceKnown, fact: Evidence) -> None:
    key = (fact.text("operator"), fact.text("task"))
    if fact.data.get("is_passed") is True:
        place.competent[key] = fact.id
        place.failed.pop(key, None)
    else:
        place.failed[key] = fact.id


def _competence_expired(place: PlaceKnown, fact: Evidence) -> None:
    key = (fact.text("operator"), fact.text("task"))
    # A proof made since then stands; only the one that ended falls.
    if place.competent.get(key) == fact.id:
        place.failed[key] = place.competent.pop(key)


def _probed(place: PlaceKnown, fact: Evidence) -> None:
    if fact.data.get("is_up") is True:
        place.down.pop(fact.text("path"), None)
    else:
        place.down.setdefault(fact.text("path"), fact.id)


def _station_opened(place: PlaceKnown, fact: Evidence) -> None:
    place.opened, place.silent_since = fact.id, None


def _station_silent(place: PlaceKnown, fact: Evidence) -> None:
    place.opened, place.silent_since = None, fact.id


# Not evidence but a clock: the last opening became older than the rulebook's window.
SILENT = "clock.station.silent"
# Nor is this: a competence reached the day that its proof named.
EXPIRED = "clock.competence.expired"

_PLACE: Mapping[str, PlaceHandler] = {
    "duties.instruction.delivered": _instruction_delivered,
    "duties.instruction.withdrawn": _instruction_withdrawn,
    "duties.instruction.acknowledged": _instruction_acknowledged,
    "duties.operator.assigned": _assigned,
    "duties.operator.released": _released,
    "duties.competence.recorded": _competence,
    "readings.link.probed": _probed,
    "readings.station.opened": _station_opened,
    SILENT: _station_silent,
    EXPIRED: _competence_expired,
}


def instruction_kinds(facts: Iterable[Evidence]) -> dict[str, frozenset[str]]:
    """For which kinds of device each issued instruction is meant."""
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        kinds = fact.data.get("kinds")
        if fact.name == "duties.instruction.issued" and isinstance(kinds, list):
            found[fact.about] = frozenset(str(kind) for kind in kinds)
    return found
