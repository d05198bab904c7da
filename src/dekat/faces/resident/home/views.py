"""The first page for residents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.areas.working_calendar import regency_calendar
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.resident.tracking.forms import CodeForm
from dekat.reports import readiness


@open_to_anybody
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here, and where."""
    moment = now()
    places = readiness.places(now=moment)
    values = {
        "form": CodeForm(),
        "serving": [place for place in places if place.is_serving],
        "waiting": [place for place in places if not place.is_serving],
        "is_open": regency_calendar().is_open(moment),
        "now": moment,
    }
    return render(request, "resident/home.html", values)
