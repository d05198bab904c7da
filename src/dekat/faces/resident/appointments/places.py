"""Where an appointment can be made: a kecamatan whose devices show that it serves; never one that stands still."""

from datetime import datetime

from django.conf import settings
from django.http import Http404

from dekat.reports import readiness
from dekat.reports.readiness import Place


def capacity_of(kecamatan: str) -> int:
    """How many may be promised in each half hour."""
    capacities = settings.ENV.appointments_per_slot
    return int(capacities.get(kecamatan, capacities[""]))


def open_places(places: list[Place]) -> list[Place]:
    """Those that serve and take appointments."""
    return [place for place in places if place.is_serving and capacity_of(place.kecamatan)]


def place_of(kecamatan: str, *, now: datetime) -> Place:
    """The place of an address; a page that nobody may book at does not exist."""
    for place in open_places(readiness.places(now=now)):
        if place.kecamatan == kecamatan:
            return place
    raise Http404
