"""Which sticks stand here, what is on them, and the one button that makes a stick this station's own."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.faces.access import open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_of
from dekat.faces.station.home.survival import stick_line
from dekat.sync import second_copy, stick


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Every stick with its state in words."""
    found = [stick.look_at(path) for path in stick.sticks(settings.ENV.usb_folders)]
    latest = second_copy.latest()
    worked = {one.path: one for one in latest.sticks}
    rows = [{"number": number, "stick": one, "line": stick_line(worked.get(one.path, one) if one.owner else one)}
            for number, one in enumerate(found)]  # fmt: skip
    refused = [(one.name, words_of(one.code, one.facts)) for one in latest.refused]
    values = {"refused": refused, "rows": rows, "latest": latest, "now": now(), "nav_active": "alat"}
    return render(request, "station/usb/index.html", values)


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_POST
def prepare(request: HttpRequest) -> HttpResponse:
    """Write the small file that makes a stick ours; the copy then begins by itself."""
    by_name = {str(path): path for path in stick.sticks(settings.ENV.usb_folders)}
    if (path := by_name.get(request.POST.get("path", ""))) is not None:
        stick.prepare(path, now=now())
        second_copy.round_once(settings.ENV.usb_folders, now=now())
        messages.success(request, _("Stik siap. Salinan kedua dibuat sendiri setiap kali stik ini terpasang."))
    return redirect("usb")
