"""Towers: what they cost, and how long their lines were really up."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.areas.working_calendar import regency_calendar
from dekat.equipment import services
from dekat.equipment.kinds import DeviceKind
from dekat.equipment.towers import towers
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.device_views import act, card_of
from dekat.faces.central.equipment.forms import TowerForm
from dekat.faces.central.equipment.roles import READS, WRITES, frame
from dekat.faces.clock import now, today
from dekat.reports.parties import places

_SPANS = {"30": 30, "90": 90, "365": 365}


@open_to(*READS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every tower with its upkeep and its lines."""
    moment = now()
    days = _SPANS.get(request.GET.get("hari", ""), 30)
    lines = towers(since=moment - timedelta(days=days), until=moment, zone=regency_calendar().zone)
    names = places(today(moment))
    rows = [(line, [(one, names.get(one.kecamatan, one.kecamatan)) for one in line.lines]) for line in lines]
    return render(
        request, "central/equipment/towers.html", {**frame(request), "rows": rows, "days": days, "spans": _SPANS}
    )


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, serial: str) -> HttpResponse:
    """Say whose lines a tower carries."""
    card = card_of(serial)
    if card.kind != DeviceKind.TOWER:
        raise Http404
    form = TowerForm(request.POST or None, places=places(today(now())).items(), initial={"serves": list(card.serves)})

    def take() -> None:
        services.assign_tower(serial=serial, serves=form.cleaned_data["serves"], actor=actor_of(request), now=now())
        messages.success(request, _("Wilayah layanan menara dicatat."))

    return act(request, form, card, _("Kecamatan yang dilayani menara"), take)
