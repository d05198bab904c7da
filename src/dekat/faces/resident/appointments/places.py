"""Where an appointment can be made: a kecamatan whose devices show that it serves; never one that stands still."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404

from dekat.desk.appointments import AppointmentCard
from dekat.desk.states import Service
from dekat.reports import services_today
from dekat.reports.readiness import Place

Found = Mapping[Service, Sequence[Place]]


@dataclass(frozen=True)
class Open:
    """A kecamatan that takes appointments, and for what."""

    place: Place
    services: Sequence[Service]

    @property
    def records(self) -> bool:
        return Service.RECORD in self.services


def capacity_of(kecamatan: str) -> int:
    """How many may be promised in each half hour."""
    capacities = settings.ENV.appointments_per_slot
    return int(capacities.get(kecamatan, capacities[""]))


def open_places(found: Found) -> list[Open]:
    """Those that serve today and take appointments: where recording goes first, each once."""
    seen: dict[str, Place] = {}
    for places in found.values():
        for place in places:
            if place.is_serving and capacity_of(place.kecamatan):
                seen.setdefault(place.kecamatan, place)
    return [Open(place, services_today.given_at(found, code)) for code, place in seen.items()]


def place_of(kecamatan: str, *, now: datetime) -> Open:
    """The place of an address; a page that nobody may book at does not exist."""
    for one in open_places(services_today.all_places(now=now)):
        if one.place.kecamatan == kecamatan:
            return one
    raise Http404


def elsewhere(card: AppointmentCard, *, now: datetime) -> list[Place] | None:
    """Where somebody with an appointment should rather go, the nearest first; None while the place serves."""
    found = services_today.all_places(now=now, near=card.kecamatan)
    places = found.get(card.service, [])
    if card.service not in services_today.NEEDS or card.service in services_today.given_at(found, card.kecamatan):
        return None
    open_ones = [place for place in places if place.is_serving and capacity_of(place.kecamatan)]
    return open_ones[:3]
