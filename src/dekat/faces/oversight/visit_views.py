"""Site visits: what somebody found, beside what the system measured at that hour."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.duties import hearings
from dekat.duties.hearings import Finding, VisitCard
from dekat.duties.obligations import Source
from dekat.duties.obliging import set_obligation
from dekat.duties.texts import file_of, keep_file
from dekat.equipment import queries as equipment
from dekat.faces.access import EVERY_ROLE, actor_of, open_to, open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.oversight.deadlines import at_local
from dekat.faces.oversight.duty_forms import ResolutionForm, VisitForm
from dekat.faces.oversight.hearing_views import VISITORS
from dekat.faces.oversight.obligation_views import JUDGES, party_choices, task_of
from dekat.faces.oversight.reply_views import reply_address
from dekat.kernel.ids import new_id
from dekat.reports.hearing import seen
from dekat.reports.obligations import all_duties
from dekat.reports.parties import places
from dekat.reports.replies import beside


@open_to(*VISITORS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a visit: first the kecamatan, then each of its devices."""
    names, kecamatan = places(today(now())), request.GET.get("kecamatan", "")
    if kecamatan not in names:
        return render(request, "oversight/visit_place.html", {"names": names, "nav_active": "rapat"})
    devices = [(one.serial, one.model) for one in equipment.devices(kecamatan=kecamatan)]
    form = VisitForm(request.POST or None, request.FILES or None, devices=devices)
    if request.method == "POST" and form.is_valid():
        said, moment = form.cleaned_data, now()
        made = new_id(moment)
        findings = [
            Finding(serial, state, note, keep_file(photo.read(), now=moment) if isinstance(photo, UploadedFile) else "")
            for serial, state, note, photo in form.seen()
        ]
        hearings.record_visit(
            visit_id=made,
            kecamatan=kecamatan,
            at=at_local(said["on"], said["hour"]),
            who=said["who"],
            findings=findings,
            actor=actor_of(request),
            now=moment,
        )
        messages.success(request, _("Kunjungan dicatat. Di sampingnya ada yang terukur pada jam itu."))
        return redirect("oversight-visit", visit_id=made)
    values = {"form": form, "place": names[kecamatan], "nav_active": "rapat"}
    return render(request, "oversight/visit_new.html", values)


@open_to_anybody
@require_GET
def show(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit."""
    card = hearings.visit(str(visit_id))
    if card is None:
        raise Http404
    names = places(today(now()))
    values = {
        "card": card,
        "rows": seen(card, names),
        "names": names,
        "replies": beside([card.event_id]),
        "reply_url": reply_address(request, card.event_id),
        "set_here": [duty for duty in all_duties(now=now()) if duty.card and duty.card.visit == card.id],
        "task_form": _task_form(card, None) if getattr(request.user, "role", "") in JUDGES else None,
        "may_see_files": request.user.is_authenticated,
        "nav_active": "rapat",
    }
    return render(request, "oversight/visit.html", values)


@open_to(*JUDGES)
@require_POST
def oblige(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """What was found asks somebody to act."""
    card = hearings.visit(str(visit_id))
    if card is None:
        raise Http404
    form = _task_form(card, request)
    if form.is_valid():
        task, moment = replace(task_of(form), source=Source.VISIT, visit=card.id), now()
        set_obligation(obligation_id=new_id(moment), task=task, actor=actor_of(request), now=moment)
        messages.success(request, _("Kewajiban ditetapkan. Pihak itu sekarang memegang gilirannya."))
        return redirect("oversight-visit", visit_id=visit_id)
    values = {"form": form, "nav_active": "rapat", "back": f"/pengawasan/kunjungan/{card.id}/"}
    return render(request, "oversight/duty_new.html", values)


def _task_form(card: VisitCard, request: HttpRequest | None) -> ResolutionForm:
    place = f"kecamatan:{card.kecamatan}"
    abouts: list[tuple[str, object]] = [(f"device:{one.serial}", one.serial) for one in card.findings]
    abouts.append((place, _("Kecamatan ini")))
    return ResolutionForm(request.POST if request else None, parties=party_choices(), abouts=abouts)


@open_to(*EVERY_ROLE)
@require_GET
def kept_file(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture or PDF that was brought as proof; officers only, for a picture may show a resident."""
    found = file_of(digest)
    if found is None:
        raise Http404
    response = HttpResponse(found[0], content_type=found[1])
    response["Content-Disposition"] = f'inline; filename="{digest[:12]}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
