"""The kecamatan's own devices: their condition with photos, what is due, and what lies on the shelf."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.equipment import care, consumables, custody, offers, photos, stock_take, upkeep
from dekat.equipment.kinds import Condition, Consumable
from dekat.equipment.upkeep_kinds import SHELF
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import ConditionForm, keep_file
from dekat.kernel.ids import new_id
from dekat.readings import queries as readings


class CountForm(forms.Form):
    """How many pieces of one item lie on the shelf."""

    item = forms.TypedChoiceField(choices=[(item.value, item.label) for item in SHELF], coerce=Consumable)
    count = forms.IntegerField(label=gettext_lazy("Jumlah di rak sekarang"), min_value=0, max_value=1_000_000)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every device that this kecamatan holds, and what waits to be done about them."""
    actor, at = actor_of(request), now()
    takes = stock_take.takes(kecamatan=actor.kecamatan)[:1]
    tested = readings.tested_devices(until=at)
    values = {
        "rows": [
            {
                "held": held,
                "test": tested[held.serial].last if held.serial in tested else None,
                "is_overdue": held.due_on is not None and held.due_on < today(at),
            }
            for held in custody.held_by(actor.kecamatan)
        ],
        "waiting": offers.waiting_for(actor.office),
        "take": next((one for one in takes if one.closed_at is None), None),
        "shelves": _shelves(actor.kecamatan, at),
        "today": today(at),
        "nav_active": "alat",
    }
    return render(request, "station/equipment/index.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def condition(request: HttpRequest, serial: str) -> HttpResponse:
    """Record how a device is; damage with a photo."""
    actor, at = actor_of(request), now()
    held = next((one for one in custody.held_by(actor.kecamatan) if one.serial == serial), None)
    if held is None:
        raise Http404
    form = ConditionForm(request.POST or None, request.FILES or None, initial={"condition": held.condition})
    if form.is_valid():
        upkeep.record_condition(
            event_id=new_id(at),
            serial=serial,
            condition=Condition(form.cleaned_data["condition"]),
            photos=keep_file(form.cleaned_data["photo"], actor=actor, now=at),
            actor=actor,
            now=at,
        )
        messages.success(request, gettext("Kondisi tercatat. Terkirim sendiri saat jaringan ada."))
        return redirect("station-equipment")
    values = {"held": held, "form": form, "history": care.conditions(serial), "nav_active": "alat"}
    return render(request, "station/equipment/condition.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A photo of a device, if it is on this machine."""
    jpeg = photos.photo(name)
    if jpeg is None:
        raise Http404
    return HttpResponse(jpeg, content_type="image/jpeg")


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
def shelves(request: HttpRequest) -> HttpResponse:
    """Count paper, toner, ribbon and cleaning kits; nobody types how long they last."""
    actor, at = actor_of(request), now()
    form = CountForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            consumables.count(event_id=new_id(at), item=given["item"], count=given["count"], actor=actor, now=at)
            messages.success(request, gettext("Jumlah tercatat."))
            return redirect("station-shelves")
        messages.error(request, gettext("Ketik jumlah yang ada di rak: nol atau lebih."))
    values = {"shelves": _shelves(actor.kecamatan, at), "nav_active": "alat"}
    return render(request, "station/equipment/shelves.html", values)


def _shelves(kecamatan: str, at: datetime) -> list[consumables.Shelf]:
    return consumables.shelves([kecamatan], now=at)
