"""What is known of a kecamatan, or of the regency, while its events are read in order. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dekat.duties.evidence import Evidence

# Not evidence but a clock: the last opening became older than the rulebook's window.
SILENT = "clock.station.silent"
# Nor is this: a competence reached the day that its proof named.
EXPIRED = "clock.competence.expired"
# What a line serves; a probe that names neither speaks for both.
SERVICES = ("RECORD", "PRINT")


@dataclass
class PlaceKnown:
    """What is known of one kecamatan, or of the regency."""

    delivered: dict[str, tuple[int, UUID]] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[tuple[str, str], tuple[int, UUID]] = field(default_factory=dict)
    operators: dict[str, UUID] = field(default_factory=dict)
    competent: dict[tuple[str, str], UUID] = field(default_factory=dict)
    failed: dict[tuple[str, str], UUID] = field(default_factory=dict)
    released: UUID | None = None
    down: dict[tuple[str, str], tuple[UUID, str]] = field(default_factory=dict)
    up: dict[tuple[str, str], UUID] = field(default_factory=dict)
    opened: UUID | None = None
    silent_since: UUID | None = None


def services_of(probe: Evidence) -> tuple[str, ...]:
    """Which services a probe speaks for."""
    serves = probe.text("serves")
    return (serves,) if serves else SERVICES


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
    for service in services_of(fact):
        key = (fact.text("path"), service)
        if fact.data.get("is_up") is True:
            place.down.pop(key, None)
            place.up[key] = fact.id
        else:
            place.down.setdefault(key, (fact.id, fact.text("why")))


def _station_opened(place: PlaceKnown, fact: Evidence) -> None:
    place.opened, place.silent_since = fact.id, None


def _station_silent(place: PlaceKnown, fact: Evidence) -> None:
    place.opened, place.silent_since = None, fact.id


PlaceHandler = Callable[[PlaceKnown, Evidence], None]
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
OF_PLACE = frozenset(_PLACE)


def apply_to_place(place: PlaceKnown, fact: Evidence) -> None:
    """Take one event about its kecamatan (or the regency) into account."""
    _PLACE[fact.name](place, fact)
