"""How each link of a device's chain stands at one instant: met by which events, or unmet and by which rule. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from dekat.duties.evidence import Evidence
from dekat.duties.known import SILENT, PlaceKnown
from dekat.duties.known_device import Fault, Known, receiver
from dekat.readings.kinds import OPENED, PROBED, USED


@dataclass(frozen=True)
class Unmet:
    """A link that is not met: the rule that speaks, the events that show it, whom it names when the rule says ASKED.

    Facts: `causes` says more within the reason code: what broke it, what is missing, what a probe met.
    """

    rule_id: str
    cause: tuple[UUID, ...] = ()
    asked: str = ""
    causes: tuple[str, ...] = ()


# A link is met by events (by none where nothing is known against it), or it is unmet.
Standing = tuple[UUID, ...] | Unmet


@dataclass(frozen=True)
class Look:
    """All that is known around one device.

    Facts: `kinds` tells for which kinds of device an instruction is meant; unknown instructions are meant for all.
    """

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


class Chain:
    """The links of a chain while events are read in order: what an event cannot touch is not looked at again.

    Facts: every link before `_first` is met, whatever was heard since it was looked at.
    """

    def __init__(self, links: Sequence[str]) -> None:
        self.links = links
        self._standing: list[Standing | None] = [None] * len(links)
        self._first = 0
        self._touched = {
            said: [place for place, link in enumerate(links) if link in touched]
            for said, touched in _TOUCHED_BY.items()
        }

    def heard(self, fact: Evidence) -> None:
        """An event was taken into account."""
        touched = self._touched.get((fact.name, fact.text("path")))
        for place in range(len(self.links)) if touched is None else touched:
            self._standing[place] = None
            self._first = min(self._first, place)

    def first_unmet(self, look: Look) -> Unmet | None:
        """The first link that is not met; None when all are (then there is simply no demand)."""
        for place in range(self._first, len(self.links)):
            standing = self._standing[place]
            if standing is None:
                standing = self._standing[place] = _LINKS[self.links[place]](look)
            if isinstance(standing, Unmet):
                self._first = place
                return standing
        self._first = len(self.links)
        return None


def standings(look: Look, links: Sequence[str]) -> Iterator[tuple[str, Standing]]:
    """How every link stands, in the order of the chain."""
    return ((link, _LINKS[link](look)) for link in links)


def instruction_kinds(facts: Iterable[Evidence]) -> dict[str, frozenset[str]]:
    """For which kinds of device each issued instruction is meant."""
    found: dict[str, frozenset[str]] = {}
    for fact in facts:
        if fact.name == "duties.instruction.issued":
            kinds = fact.data.get("kinds")
            if isinstance(kinds, list):
                found[fact.about] = frozenset(str(kind) for kind in kinds)
    return found


def _delivered(look: Look) -> Standing:
    return _proof(look, "delivered") or Unmet("delivered")


def _handed_over(look: Look) -> Standing:
    offer = look.known.offer
    if offer:
        return Unmet("handover-open", (offer.id,), asked=receiver(offer))
    why = _proof(look, "declined") or _proof(look, "returned")
    return _proof(look, "handed_over") or Unmet("handed-over", why)


def _installed(look: Look) -> Standing:
    return _proof(look, "installed") or Unmet("installed")


def _own_use(look: Look) -> Standing:
    return Unmet("diverted", (look.known.diverted,)) if look.known.diverted else ()


def _access(look: Look) -> Standing:
    if look.known.access_asked and "granted" not in look.known.proofs:
        return Unmet("access-requested", _proof(look, "requested"), asked=look.known.access_asked)
    return _proof(look, "granted") or Unmet("access-not-requested")


def _proof(look: Look, name: str) -> tuple[UUID, ...]:
    found = look.known.proofs.get(name)
    return (found,) if found else ()


def _instruction(look: Look) -> Standing:
    return tuple(proof for _, _, proof in look.instructions) or Unmet("instruction")


def _acknowledged(look: Look) -> Standing:
    proofs: list[UUID] = []
    for role, rule_id in (("OPERATOR", "acknowledged-by-operator"), ("DISTRICT_HEAD", "acknowledged-by-head")):
        for name, version, proof in look.instructions:
            read, event = look.place.acknowledged.get((name, role), (0, proof))
            if read < version:
                return Unmet(rule_id, (proof,))
            proofs.append(event)
    return tuple(proofs)


def _operator(look: Look) -> Standing:
    released = (look.place.released,) if look.place.released else ()
    return tuple(look.place.operators.values()) or Unmet("operator", released)


def _competent(look: Look) -> Standing:
    place, task = look.place, look.known.task
    able = tuple(place.competent[operator, task] for operator in place.operators if (operator, task) in place.competent)
    failed = [place.failed[key] for key in sorted(place.failed) if key[1] == task]
    return able or Unmet("competent", (*place.operators.values(), *failed))


def _power(look: Look) -> Standing:
    faults = [fault for fault in look.known.faults.values() if fault.kind == "POWER"]
    return _faulty("power", faults) if faults else ()


def _fault_free(look: Look) -> Standing:
    faults = [fault for fault in look.known.faults.values() if fault.kind != "POWER"]
    if faults:
        return _faulty(_fault_rule(faults), faults)
    condition = _proof(look, "condition")
    return Unmet("worn-out", condition) if look.known.condition == "MAJOR_DAMAGE" else condition


def _fault_rule(faults: Sequence[Fault]) -> str:
    """The rule for open faults: what takes longest to mend speaks first."""
    if all(fault.is_under_warranty for fault in faults):
        return "fault-under-warranty"
    kinds = {fault.kind for fault in faults}
    return "fault" if "HARDWARE" in kinds else "software" if "SOFTWARE" in kinds else "login"


def _faulty(rule_id: str, faults: Sequence[Fault]) -> Unmet:
    causes = dict.fromkeys(fault.cause for fault in faults if fault.cause)
    return Unmet(rule_id, tuple(fault.event for fault in faults), causes=tuple(causes))


def _consumables(look: Look) -> Standing:
    missing = look.known.missing
    if not missing:
        return ()
    rule_id = "blank" if set(missing) == {"BLANK"} else "consumable"
    return Unmet(rule_id, tuple(missing.values()), causes=tuple(missing))


def _line(path: str, rule_id: str) -> Callable[[Look], Standing]:
    def look_at(look: Look) -> Standing:
        key = (path, look.known.task)
        down = look.place.down.get(key) or look.regency.down.get(key)
        if down:
            event, why = down
            return Unmet(rule_id, (event,), causes=(why,) if why else ())
        up = look.place.up.get(key) or look.regency.up.get(key)
        return (up,) if up else ()

    return look_at


def _opened(look: Look) -> Standing:
    place = look.place
    if place.opened:
        return (place.opened,)
    return Unmet("silence", (place.silent_since,) if place.silent_since else ())


def _demand(look: Look) -> Standing:
    return Unmet("demand", (look.place.opened,) if look.place.opened else ())


_LINKS: Mapping[str, Callable[[Look], Standing]] = {
    "delivered": _delivered,
    "handed_over": _handed_over,
    "installed": _installed,
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
# Readings are nearly all that is ever said, and each touches only these links: what a use proves, the line of a probe's
# path, whether the station is open. Whatever is not named here, with its path, touches all.
_TOUCHED_BY: Mapping[tuple[str, str], tuple[str, ...]] = {
    (USED, ""): ("installed", "own_use", "access"),
    (PROBED, "LOCAL"): ("local_network",),
    (PROBED, "CENTRE"): ("centre",),
    (PROBED, "NATIONAL"): ("national",),
    (OPENED, ""): ("opened", "demand"),
    (SILENT, ""): ("opened", "demand"),
}
