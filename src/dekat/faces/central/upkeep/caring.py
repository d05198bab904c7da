"""Maintenance and warranty: what is due, what is overdue, what it has cost, and how each device was found."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET

from dekat.accounts.roles import Role
from dekat.equipment import care, custody, photos, upkeep
from dekat.equipment.kinds import FaultKind
from dekat.equipment.papers import read_paper
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.roles import READS
from dekat.faces.clock import now, today
from dekat.faces.equipment_forms import day_input
from dekat.kernel.ids import new_id
from dekat.kernel.rupiah import Rupiah
from dekat.readings import queries as readings
from dekat.reports.parties import places
from dekat.reports.upkeep import upkeep_desk


class PlanForm(forms.Form):
    """Maintenance with the day on which it is due."""

    prefix = "plan"
    what = forms.CharField(label=gettext_lazy("Pekerjaan"), max_length=200)
    due_on = forms.DateField(label=gettext_lazy("Paling lambat"), widget=day_input())


class DoneForm(forms.Form):
    """What was done, on which day, at what cost, by whom."""

    prefix = "done"
    work = forms.ChoiceField(label=gettext_lazy("Menyelesaikan rencana"), required=False)
    what = forms.CharField(label=gettext_lazy("Yang dikerjakan"), max_length=200)
    on = forms.DateField(label=gettext_lazy("Tanggal"), widget=day_input())
    cost = forms.IntegerField(label=gettext_lazy("Biaya (Rp)"), min_value=0, max_value=10_000_000_000)
    done_by = forms.CharField(label=gettext_lazy("Pelaksana"), max_length=120)
    fault = forms.ChoiceField(label=gettext_lazy("Untuk gangguan"), required=False)
    is_under_warranty = forms.BooleanField(label=gettext_lazy("Ditanggung garansi"), required=False)


class WarrantyForm(forms.Form):
    """Until when it is under warranty, and where that is written."""

    prefix = "warranty"
    until_on = forms.DateField(label=gettext_lazy("Garansi sampai"), widget=day_input())
    source = forms.CharField(label=gettext_lazy("Tertulis di (kontrak atau kartu garansi)"), max_length=120)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every device with what is due, its warranty, its last self-test and what repairs have cost."""
    at = now()
    desk = upkeep_desk(now=at, today=today(at))
    values = {"desk": desk, "names": places(today(at)), "here": "upkeep", "nav_active": "alat"}
    return render(request, "central/upkeep/upkeep.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
def device(request: HttpRequest, serial: str) -> HttpResponse:
    """One device: plan, note what was done, warranty, and how it was found."""
    held = next((one for one in custody.registered() if one.serial == serial), None)
    if held is None:
        raise Http404
    at, works, faults = now(), care.works(serial=serial), care.open_faults(serial)
    chosen = request.POST.get("do", "")
    made = _forms(request, chosen, works, faults)
    if request.method == "POST" and made[chosen].is_valid():
        _do(request, chosen, serial, made[chosen].cleaned_data)
        return redirect("office-device-upkeep", serial)
    values = {
        **made,
        "held": held,
        "works": works,
        "cost": care.repair_cost(works),
        "warranty_form": made["warranty"],
        "warranty": care.warranties().get(serial),
        "faults": faults,
        "history": care.conditions(serial),
        "tested": readings.tested_devices(until=at).get(serial),
        "names": places(today(at)),
        "today": today(at),
        "nav_active": "alat",
    }
    return render(request, "central/upkeep/device.html", values)


@open_to(*READS)
@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A photo of a device, if it has arrived: a station's, or one that the office attached."""
    scan = photos.scan_of(name)
    kept = read_paper(scan) if scan else None
    content, media_type = kept or (photos.photo(name), "image/jpeg")
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=media_type)


def _forms(
    request: HttpRequest, chosen: str, works: list[care.Work], faults: list[care.Fault]
) -> dict[str, forms.Form]:
    kinds = {"plan": PlanForm, "done": DoneForm, "warranty": WarrantyForm}
    if request.method == "POST" and chosen not in kinds:
        raise Http404
    first = {"done": {"on": today(now()), "cost": 0}}
    made = {
        name: kind(request.POST) if name == chosen else kind(initial=first.get(name)) for name, kind in kinds.items()
    }
    planned = [(str(work.id), work.what) for work in works if not work.done_on]
    told = [(one.id, FaultKind(one.kind).label) for one in faults]
    made["done"].fields["work"].choices = [("", gettext("Tidak direncanakan")), *planned]  # type: ignore[attr-defined]
    made["done"].fields["fault"].choices = [("", gettext("Bukan karena gangguan")), *told]  # type: ignore[attr-defined]
    return made


def _do(request: HttpRequest, chosen: str, serial: str, given: dict[str, Any]) -> None:
    actor, at = actor_of(request), now()
    match chosen:
        case "plan":
            upkeep.plan_work(
                work_id=new_id(at), serial=serial, what=given["what"], due_on=given["due_on"], actor=actor, now=at
            )
            messages.success(request, gettext("Perawatan dijadwalkan."))
        case "done":
            work_id = UUID(given["work"]) if given["work"] else new_id(at)
            upkeep.note_done(work_id=work_id, serial=serial, done=_done(given), actor=actor, now=at)
            messages.success(request, gettext("Perawatan tercatat selesai."))
        case _:
            until_on, source = given["until_on"], given["source"]
            upkeep.record_warranty(
                event_id=new_id(at), serial=serial, until_on=until_on, source=source, actor=actor, now=at
            )
            messages.success(request, gettext("Garansi tercatat."))


def _done(given: dict[str, Any]) -> upkeep.Done:
    return upkeep.Done(
        what=given["what"],
        on=given["on"],
        cost=Rupiah.of(given["cost"]),
        done_by=given["done_by"],
        is_under_warranty=given["is_under_warranty"],
        fault=given["fault"],
    )
