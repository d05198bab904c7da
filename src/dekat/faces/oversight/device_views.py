"""The pages of one device."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.documents.kinds import DocumentKind
from dekat.documents.queries import file_bytes
from dekat.documents.services import issue
from dekat.duties.obliging import Task, set_obligation
from dekat.duties.replies import voices
from dekat.faces.access import EVERY_ROLE, actor_of, open_to, open_to_anybody
from dekat.faces.clock import now
from dekat.faces.oversight.deadlines import end_of_work
from dekat.faces.oversight.forms import DeadlineForm
from dekat.faces.oversight.headline import device_headline, device_sentence, turn_to_do
from dekat.faces.oversight.pack import facts, pack_content
from dekat.faces.oversight.possession import chart
from dekat.kernel.ids import new_id
from dekat.reports.device_page import DevicePage, device_page
from dekat.reports.parties import NAMES
from dekat.reports.replies import concerned, device_replies, spoken_of


def _page(serial: str) -> DevicePage:
    page = device_page(serial, now=now())
    if page is None:
        raise Http404
    return page


@open_to_anybody
@require_GET
def device(request: HttpRequest, serial: str) -> HttpResponse:
    """One device: the sentence, the card, the bars, the evidence."""
    page = _page(serial)
    office = actor_of(request).office if request.user.is_authenticated else ""
    values = {
        "page": page,
        "reply_event": spoken_of(page) if voices(concerned(page), office) else None,
        "headline": device_headline(page.line),
        "sentence": device_sentence(page),
        "facts": facts(page),
        "chart": chart(page),
        "replies": device_replies(page),
        "may_set_deadline": getattr(request.user, "role", "") == Role.REGIONAL_SECRETARY,
        "may_have_pack": request.user.is_authenticated,
        "nav_active": "alat",
    }
    return render(request, "oversight/device.html", values)


@open_to_anybody
@require_GET
def table(request: HttpRequest, serial: str) -> HttpResponse:
    """The bars of a device as a table, and its whole history."""
    return render(request, "oversight/device_table.html", {"page": _page(serial), "nav_active": "alat"})


@open_to(Role.REGIONAL_SECRETARY)
@require_http_methods(["GET", "POST"])
def deadline(request: HttpRequest, serial: str) -> HttpResponse:
    """Call one party and set a deadline."""
    page = _page(serial)
    parties = [(code, name) for code, name in NAMES.items() if code not in ("SEKDA", "DPRD", "INSPEKTORAT")]
    if page.line.kecamatan:
        parties.insert(1, (f"KECAMATAN:{page.line.kecamatan}", f"Kecamatan {page.line.place}"))
    first = {"what": turn_to_do(page.line).capitalize(), "party": page.line.answer.party}
    form = DeadlineForm(request.POST or None, parties=parties, initial=first)
    if request.method == "POST" and form.is_valid():
        moment = now()
        said = form.cleaned_data
        task = Task(f"device:{serial}", said["party"], said["what"], end_of_work(said["due_on"]))
        set_obligation(obligation_id=new_id(moment), task=task, actor=actor_of(request), now=moment)
        messages.success(request, _("Tenggat ditetapkan. Giliran sekarang di tangan pihak itu saja."))
        if request.POST.get("lanjut") == "senin":
            return redirect(f"{reverse('oversight-monday')}?jenis={page.line.kind}")
        return redirect("oversight-device", serial=serial)
    values = {"page": page, "form": form, "headline": device_headline(page.line), "nav_active": "alat"}
    return render(request, "oversight/deadline.html", values)


@open_to(*EVERY_ROLE)
@require_POST
def pack(request: HttpRequest, serial: str) -> HttpResponse:
    """The evidence as a signed PDF."""
    page = _page(serial)
    card = issue(
        kind=DocumentKind.EVIDENCE_PACK,
        subject=f"device:{serial}",
        kecamatan=page.line.kecamatan,
        content=pack_content(page, regency=settings.REGENCY),
        actor=actor_of(request),
        now=now(),
    )
    response = HttpResponse(file_bytes(card.id), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bukti-{serial}.pdf"'
    return response
