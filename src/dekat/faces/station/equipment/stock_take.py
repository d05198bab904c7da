"""Stock-take at the kecamatan: walk, scan each label, sign what was found."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from dekat.accounts.roles import Role
from dekat.equipment import stock_take
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import ScanForm
from dekat.faces.stock_words import say_spot
from dekat.reports.parties import places


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def index(request: HttpRequest) -> HttpResponse:
    """The newest stock-take of this kecamatan: scan, and see what is right, wrong, unknown and missing."""
    actor, names = actor_of(request), places(today(now()))
    cards = stock_take.takes(kecamatan=actor.kecamatan)
    card = cards[0] if cards else None
    form = ScanForm(request.POST or None, request.FILES or None)
    if card and form.is_valid():
        label = form.cleaned_data["label"]
        line = stock_take.note_seen(take_id=card.id, label=label, actor=actor, now=now())
        say_spot(request, line, names)
        return redirect("station-stock-take")
    values = {"card": card, "form": form, "names": names, "earlier": cards[1:], "nav_active": "alat"}
    return render(request, "station/equipment/stock_take.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def close(request: HttpRequest, take_id: UUID) -> HttpResponse:
    """Sign the result; it travels by itself."""
    stock_take.close(take_id=take_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Opname ditutup dan ditandatangani. Terkirim sendiri saat jaringan ada."))
    return redirect("station-stock-take")
