"""The oversight pages of the regency. Open to anybody: they show offices and devices, no personal data."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.equipment import queries as equipment
from dekat.equipment.finding import disputes
from dekat.faces.access import open_to_anybody
from dekat.faces.oversight.claim_words import claim_beside
from dekat.faces.oversight.forms import HourForm
from dekat.faces.oversight.report_views import values_of
from dekat.faces.oversight.scope import scope_of
from dekat.faces.oversight.sheets import costs as costs_sheet
from dekat.faces.oversight.sheets import network as network_sheet
from dekat.faces.oversight.sheets import summary as summary_sheet
from dekat.faces.oversight.tiles import tiles
from dekat.reports.log_state import latest_acts, log_state
from dekat.reports.network_hour import HOUR, centre_clock_off_ms, network_hour
from dekat.reports.oversight import overview
from dekat.reports.parties import party_name


@open_to_anybody
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The answer in words, the map, whose turn it is, four figures, a year of months, what happened last."""
    scope = scope_of(request, is_running=True)
    page = overview(now=scope.now, kind=scope.kind)
    values = {
        "page": page,
        "tiles": tiles(page),
        "turns": page.rank[:6],
        "scope": scope,
        "log": log_state(is_checked=False),
    }
    values |= {"figures": summary_sheet.summary(scope), "latest": latest_acts(), "names": dict(scope.names)}
    return render(request, "oversight/summary.html", values)


@open_to_anybody
@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """The lines as both ends measured them, and any one hour from both ends."""
    scope = scope_of(request, is_running=True)
    names = dict(scope.names)
    form = HourForm(request.GET if "hari" in request.GET else None, places=names, initial=_hour_before(scope.now))
    hour = None
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        start = datetime.combine(wanted["hari"], time(wanted["jam"]), ZoneInfo(settings.TIME_ZONE))
        hour = network_hour(kecamatan=wanted["kecamatan"], start=start, now=scope.now)
    values = values_of(network_sheet.network(scope), scope, nav_active="jaringan", has_kecamatan=True)
    values |= {"links": network_sheet.links_of(scope), "form": form, "hour": hour, "names": names}
    return render(request, "oversight/network.html", {**values, "clock_off_ms": centre_clock_off_ms(now=scope.now)})


def _hour_before(moment: datetime) -> dict[str, object]:
    local = (moment - HOUR).astimezone(ZoneInfo(settings.TIME_ZONE))
    return {"hari": local.date(), "jam": local.hour}


@open_to_anybody
@require_GET
def costs(request: HttpRequest) -> HttpResponse:
    """What was spent, what one use cost, what idleness lost; contracts on search, claims beside counts."""
    scope, words = scope_of(request), request.GET.get("cari", "").strip()
    contracts, found = equipment.search(words) if words else ([], [])
    names = dict(scope.names)
    claims = [claim_beside(one, party_name(one.claim.by, names)) for one in disputes()]
    values = values_of(costs_sheet.costs(scope), scope, nav_active="biaya", has_kecamatan=True)
    values |= {"contracts": contracts, "devices": found, "claims": claims, "words": words}
    return render(request, "oversight/costs.html", values)
