"""What lies on the shelves of all kecamatan, and how long it lasts by measured use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.equipment import consumables
from dekat.equipment.upkeep_kinds import SHELF
from dekat.faces.access import open_to
from dekat.faces.clock import now, today
from dekat.reports.parties import places


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """One line for each kecamatan, one column for each item; what runs out first is said first."""
    names = places(today(now()))
    found = consumables.shelves(sorted(names), now=now())
    width = len(SHELF)
    rows = [(found[at].kecamatan, found[at : at + width]) for at in range(0, len(found), width)]
    ending = [shelf for shelf in found if shelf.is_out or (shelf.forecast.days_left or 99) < 14]
    values = {
        "rows": rows,
        "items": SHELF,
        "ending": sorted(ending, key=lambda shelf: (not shelf.is_out, shelf.forecast.days_left or 0, shelf.kecamatan)),
        "uncounted": sum(shelf.counted is None for shelf in found),
        "names": names,
        "here": "shelves",
        "nav_active": "alat",
    }
    return render(request, "central/upkeep/shelves.html", values)
