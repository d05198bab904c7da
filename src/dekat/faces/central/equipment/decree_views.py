"""Decrees: use status, move to another agency, write-off."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dekat.accounts.actor import Actor
from dekat.accounts.roles import Role
from dekat.equipment import decrees
from dekat.equipment.kinds import DecreeKind, PaperKind
from dekat.equipment.papers import attach_paper
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.forms import DecreeForm
from dekat.faces.central.equipment.roles import DECREES, frame
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError
from dekat.reports.parties import NAMES, places


@open_to(*DECREES)
@require_http_methods(["GET", "POST"])
def decree(request: HttpRequest) -> HttpResponse:
    """Enter a decree for one or many devices; the Sekda all kinds, Dispendukcapil a move."""
    is_sekda = getattr(request.user, "role", "") == Role.REGIONAL_SECRETARY
    kinds = list(DecreeKind) if is_sekda else [DecreeKind.TRANSFER]
    first = {"serials": "\n".join(request.GET.getlist("seri")), "kind": request.GET.get("jenis") or kinds[0]}
    form = DecreeForm(request.POST or None, request.FILES or None, kinds=kinds, owners=owners(), initial=first)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _record(form.cleaned_data, actor_of(request))
        except DekatError as error:
            refusal = words_for(error)
        else:
            messages.success(request, _("Keputusan dicatat. KIB B berubah sejak tanggalnya."))
            return redirect("office-device", serial=form.cleaned_data["serials"][0])
    values = {"form": form, "refusal": refusal, "is_sekda": is_sekda}
    return render(
        request, "central/equipment/decree_form.html", {**frame(request), **values}, status=409 if refusal else 200
    )


def owners() -> list[tuple[str, str]]:
    """The agencies that may own a device."""
    kecamatan = [(f"KECAMATAN:{code}", f"Kecamatan {name}") for code, name in places(today(now())).items()]
    return [("DISPENDUKCAPIL", NAMES["DISPENDUKCAPIL"]), ("DISKOMINFO", NAMES["DISKOMINFO"]), *kecamatan]


def _record(said: Mapping[str, Any], actor: Actor) -> None:
    facts = {"serials": said["serials"], "decree": said["decree"], "on": said["on"], "actor": actor, "now": now()}
    with transaction.atomic():
        match DecreeKind(said["kind"]):
            case DecreeKind.USE_STATUS:
                decrees.set_use_status(**facts, owner=said["owner"])
            case DecreeKind.TRANSFER:
                decrees.transfer(**facts, to_owner=said["owner"], bast=said["bast"])
            case DecreeKind.WRITE_OFF:
                decrees.write_off(**facts, reason=said["reason"])
        if said["file"]:
            content = said["file"].read()
            for serial in said["serials"]:
                attach_paper(
                    subject=f"device:{serial}", kind=PaperKind.DECREE, number=said["decree"], content=content,
                    actor=actor, now=now(),
                )  # fmt: skip
