"""The oversight pages of the regency. Open to anybody: they show offices and devices, no personal data."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from dekat.duties import queries as duties
from dekat.equipment import queries as equipment
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.oversight.forms import HourForm
from dekat.faces.oversight.tiles import tiles
from dekat.reports import network as network_report
from dekat.reports.network_hour import HOUR, centre_clock_off_ms, network_hour
from dekat.reports.oversight import overview
from dekat.reports.parties import party_name, places

KINDS = ("RECORDER", "KK_PRINTER")


def _kind(request: HttpRequest) -> str:
    wanted = request.GET.get("jenis", "")
    return wanted if wanted in KINDS else KINDS[0]


@open_to_anybody
@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """The answer in words, the map, whose turn it is, four figures."""
    page = overview(now=now(), kind=_kind(request))
    return render(request, "oversight/summary.html", {"page": page, "tiles": tiles(page), "turns": page.rank[:6]})


@open_to_anybody
@require_GET
def table(request: HttpRequest) -> HttpResponse:
    """The numbers behind the summary."""
    return render(request, "oversight/table.html", {"page": overview(now=now(), kind=_kind(request))})


@open_to_anybody
@require_GET
def obligations(request: HttpRequest) -> HttpResponse:
    """Every open turn, and the deadlines that the Sekda set."""
    moment = now()
    names = places(moment.date())
    cards = [(card, party_name(card.party, names)) for card in duties.obligations()]
    page = overview(now=moment, kind=_kind(request))
    values = {"page": page, "obligations": cards, "nav_active": "kewajiban", "now": moment}
    return render(request, "oversight/obligations.html", values)


@open_to_anybody
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """Every device of both kinds with its state."""
    moment = now()
    pages = [overview(now=moment, kind=kind) for kind in KINDS]
    return render(request, "oversight/devices.html", {"pages": pages})


@open_to_anybody
@require_GET
def network(request: HttpRequest) -> HttpResponse:
    """The lines as both ends measured them, and any one hour from both ends."""
    moment, names = now(), places(now().date())
    form = HourForm(request.GET if "hari" in request.GET else None, places=names, initial=_hour_before(moment))
    hour = None
    if form.is_bound and form.is_valid():
        wanted = form.cleaned_data
        start = datetime.combine(wanted["hari"], time(wanted["jam"]), ZoneInfo(settings.TIME_ZONE))
        hour = network_hour(kecamatan=wanted["kecamatan"], start=start, now=moment)
    values = {"links": network_report.network(now=moment), "form": form, "hour": hour, "names": names}
    return render(request, "oversight/network.html", {**values, "clock_off_ms": centre_clock_off_ms(now=moment)})


def _hour_before(moment: datetime) -> dict[str, object]:
    local = (moment - HOUR).astimezone(ZoneInfo(settings.TIME_ZONE))
    return {"hari": local.date(), "jam": local.hour}


@open_to_anybody
@require_GET
def costs(request: HttpRequest) -> HttpResponse:
    """Contracts, prices, the evidence that is missing, claims beside counts."""
    words = request.GET.get("cari", "").strip()
    names = places(now().date())
    contracts, found = equipment.search(words) if words else (equipment.contracts(), [])
    claims = [(claim, party_name(claim.by, names), equipment.counted(claim.kind)) for claim in equipment.claims()]
    values = {"contracts": contracts, "devices": found, "claims": claims, "words": words, "names": names}
    return render(request, "oversight/costs.html", {**values, "page": overview(now=now())})
