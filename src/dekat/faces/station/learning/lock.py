"""Live recording stays closed to who has not learned it; one sentence says why, one button says where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dekat.enrolment.competence import competence_of
from dekat.faces.access import actor_of
from dekat.faces.clock import now


def closed_page(request: HttpRequest) -> HttpResponse | None:
    """The page that stands instead of live work; None when the operator may record."""
    if competence_of(actor_of(request), now=now()) is not None:
        return None
    return render(request, "station/learning/closed.html", {"nav_active": "rekam"})
