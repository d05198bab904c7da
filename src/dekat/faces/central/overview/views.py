"""The office's first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.faces.access import open_to
from dekat.faces.clock import now
from dekat.reports import office_day


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits on each desk, and the stations as they were last heard."""
    return render(request, "central/overview.html", {"day": office_day.office_day(now=now())})
