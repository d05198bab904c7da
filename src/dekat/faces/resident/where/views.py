"""Where can I go today? Nobody is sent to a dead machine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.desk.states import Service
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.resident.appointments.places import capacity_of
from dekat.faces.service_words import NAMES, why
from dekat.reports import parties, readiness, services_today
from dekat.reports.readiness import Place

_TITLES = {Service.RECORD: "rekam", Service.KK: "cetak"}


@open_to_anybody
@require_GET
def where(request: HttpRequest) -> HttpResponse:
    """For recording and for printing: the place of one's own kecamatan, and the nearest that serve today."""
    moment = now()
    names = parties.places(today(moment))
    near = request.GET.get("dari", "")
    near = near if near in names else ""
    found = services_today.all_places(now=moment, near=near)
    values = {
        "names": sorted(names.items(), key=lambda item: item[1]),
        "near": near,
        "place": names.get(near, ""),
        "ways": [_way(service, places, near, names) for service, places in found.items()],
        "now": moment,
    }
    return render(request, "resident/where.html", values)


def _way(service: Service, places: list[Place], near: str, names: dict[str, str]) -> dict[str, object]:
    own = readiness.at(places, near) if near else None
    code = "" if own and own.is_serving else (own.code if own else services_today.NO_SET)
    return {
        "id": _TITLES[service],
        "title": NAMES[service],
        "own": own,
        "is_own_down": bool(near and code),
        "why": why(service, code) if near and code else "",
        "party": parties.party_name(own.party, names) if own and own.party else "",
        "serving": [(place, bool(capacity_of(place.kecamatan))) for place in readiness.serving(places, most=5)],
    }
