"""What is given where today, for the portal, appointments and the queue. Recording and printing are separate paths."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from dekat.desk import today
from dekat.desk.states import Service
from dekat.desk.today import Elsewhere, Today
from dekat.ledger import queries as ledger
from dekat.ledger.rules import SignedEvent
from dekat.reports import readiness
from dekat.reports.readiness import Place

# Which kind of set a service needs; what is only handed over or asked needs none.
NEEDS: Mapping[Service, str] = {Service.RECORD: readiness.RECORD, Service.KK: readiness.PRINT}
NO_SET = "NO_SET"
_TROUBLE = {"equipment.fault.reported", "equipment.consumable.ran_out"}
_CLEARED = {"equipment.fault.cleared", "equipment.consumable.restocked"}
_OWN_CODES = frozenset({"BROKEN", "POWER", "NO_CONSUMABLE"})


def all_places(*, now: datetime, near: str = "") -> dict[Service, list[Place]]:
    """For each service that needs a set: every place with one, those that serve today first."""
    return {service: readiness.places(now=now, kind=kind, near=near) for service, kind in NEEDS.items()}


def given_at(found: Mapping[Service, Sequence[Place]], kecamatan: str) -> list[Service]:
    """The services that somebody who comes to this kecamatan gets; none where no set serves at all."""
    given = [
        service
        for service, places in found.items()
        if (place := readiness.at(places, kecamatan)) is not None and place.is_serving
    ]
    return [*given, *(service for service in Service if service not in NEEDS)] if given else []


def of_kecamatan(kecamatan: str, *, now: datetime) -> list[Today]:
    """What the station of a kecamatan must know of its services (at the centre)."""
    found = all_places(now=now, near=kecamatan)
    return [_today(service, places, kecamatan) for service, places in found.items()]


def here(*, now: datetime) -> list[Today]:
    """What this station says of its services: the centre's word, and what its own people reported since."""
    return [_with_own(one, now) for one in today.services_today()]


def _today(service: Service, places: Sequence[Place], kecamatan: str) -> Today:
    own = readiness.at(places, kecamatan)
    code = NO_SET if own is None else own.code
    others = readiness.serving(places, beside=kecamatan)
    elsewhere = tuple(Elsewhere(place.name, place.km) for place in others)
    return Today(service, own.serial if own else "", code, elsewhere)


def _with_own(one: Today, now: datetime) -> Today:
    """The centre hears of a fault minutes or days later; whoever stands here must know at once."""
    if not one.serial:
        return one
    said = ledger.events(names=[*_TROUBLE, *_CLEARED], subject=f"device:{one.serial}", until=now)
    trouble = [event for event in said if event.name in _TROUBLE and not _is_cleared(event, said)]
    if trouble:
        return replace(one, code=_code_of(trouble[-1]))
    return replace(one, code="") if said and one.code in _OWN_CODES else one


def _is_cleared(event: SignedEvent, said: Sequence[SignedEvent]) -> bool:
    key = "fault" if event.name == "equipment.fault.reported" else "item"
    return any(
        other.name in _CLEARED and other.occurred_at >= event.occurred_at and other.data.get(key) == event.data.get(key)
        for other in said
    )


def _code_of(event: SignedEvent) -> str:
    if event.name == "equipment.consumable.ran_out":
        return "NO_CONSUMABLE"
    return "POWER" if event.data.get("kind") == "POWER" else "BROKEN"
