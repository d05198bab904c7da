"""Beside the search: where one records today, what to take along, and where to send somebody without a NIK."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.enrolment.states import Place
from dekat.faces.access import open_to
from dekat.faces.station.place import choose_place


@open_to(Role.OPERATOR)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Counter or home visit, for the rest of the day."""
    if request.POST.get("place") in Place.values:
        choose_place(request, Place(request.POST["place"]))
    return HttpResponseRedirect(reverse("find-resident"))


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def home_visit(request: HttpRequest) -> HttpResponse:
    """The list to print before leaving."""
    return render(request, "station/search/home_visit.html", {"nav_active": "rekam"})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def blank_form(request: HttpRequest) -> HttpResponse:
    """The paper for a second person who is there and cannot type."""
    return render(request, "station/search/blank_form.html", {"nav_active": "rekam"})


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def without_nik(request: HttpRequest) -> HttpResponse:
    """What to do for somebody who has no NIK yet."""
    return render(request, "station/search/without_nik.html", {"nav_active": "rekam"})
