"""The equipment register in the office."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.equipment import queries as equipment
from dekat.faces.access import open_to


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What did one set cost, when, from which money, where is it: one search."""
    words = request.GET.get("cari", "").strip()
    contracts, devices = equipment.search(words)
    return render(request, "central/equipment/index.html", {"contracts": contracts, "devices": devices, "words": words})
