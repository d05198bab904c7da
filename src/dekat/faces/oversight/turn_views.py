"""Pages that move a turn or its clock: who waits for whom, and days on which the offices are closed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dekat.accounts.roles import Role
from dekat.duties import closing
from dekat.duties import waiting as service
from dekat.faces.access import EVERY_ROLE, actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.oversight.turn_forms import ClosureForm, WaitingForm
from dekat.kernel.ids import new_id
from dekat.reports.device_page import device_page
from dekat.reports.parties import NAMES, party_name


@open_to(Role.REGIONAL_SECRETARY, Role.REGISTRY_HEAD, Role.DISTRICT_HEAD)
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest, serial: str) -> HttpResponse:
    """Name the party without whom the holder of the turn can do nothing, or say that the wait is over."""
    page = device_page(serial, now=now())
    if page is None:
        raise Http404
    actor, moment = actor_of(request), now()
    codes = [*NAMES, *([f"KECAMATAN:{page.line.kecamatan}"] if page.line.kecamatan else [])]
    parties = [(code, party_name(code, page.names)) for code in codes if code != actor.office]
    form = WaitingForm(request.POST or None, parties=parties)
    waits = service.open_waits(serial)
    if request.method == "POST" and (said := request.POST.get("ended")):
        ended = next((wait.waiting_id for wait in waits if str(wait.waiting_id) == said), None)
        if ended is None:
            raise Http404
        service.end_waiting(event_id=new_id(moment), waiting_id=ended, serial=serial, actor=actor, now=moment)
        messages.success(request, _("Tercatat: tidak menunggu lagi. Giliran kembali."))
        return redirect("oversight-device", serial=serial)
    if request.method == "POST" and form.is_valid():
        service.declare_waiting(
            waiting_id=new_id(moment),
            serial=serial,
            on_party=form.cleaned_data["on_party"],
            why=service.Awaited(form.cleaned_data["why"]),
            actor=actor,
            now=moment,
        )
        messages.success(request, _("Tercatat. Giliran sekarang di tangan pihak yang ditunggu."))
        return redirect("oversight-device", serial=serial)
    named = [(wait, party_name(wait.on_party, page.names)) for wait in waits]
    may_wait = page.line.answer.party == actor.office
    values = {"page": page, "form": form, "open_waits": named, "may_wait": may_wait, "nav_active": "alat"}
    return render(request, "oversight/waiting.html", values)


@open_to(*EVERY_ROLE)
@require_http_methods(["GET", "POST"])
def closures(request: HttpRequest) -> HttpResponse:
    """The days that the Sekda closed the offices by a decree; only the Sekda adds to them."""
    may_close = getattr(request.user, "role", "") == Role.REGIONAL_SECRETARY
    form = ClosureForm(request.POST or None)
    if request.method == "POST" and may_close and form.is_valid():
        moment = now()
        say = closing.withdraw_closure if form.cleaned_data["is_withdrawn"] else closing.declare_closure
        say(
            event_id=new_id(moment),
            days=form.days,
            decree=form.cleaned_data["decree"],
            actor=actor_of(request),
            now=moment,
        )
        messages.success(request, _("Tercatat. Tenggat dihitung ulang tanpa hari itu."))
        return redirect("oversight-closures")
    values = {"closures": closing.closures(), "form": form, "may_close": may_close, "nav_active": "kewajiban"}
    return render(request, "oversight/closures.html", values)
