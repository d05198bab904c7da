"""The right of reply: whoever is named may answer, and the answer stands beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dekat.duties.replies import NotAboutYou, concerned_by, reply_to, voices
from dekat.faces.access import EVERY_ROLE, actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.oversight.duty_forms import ReplyForm
from dekat.kernel.ids import new_id
from dekat.ledger import queries as ledger
from dekat.reports.device_page import device_page
from dekat.reports.parties import party_name, places
from dekat.reports.replies import concerned


def reply_address(request: HttpRequest, event_id: UUID) -> str:
    """Where the reader may answer an event; empty for whom it does not name."""
    event = ledger.event(event_id) if request.user.is_authenticated else None
    if event is None or not voices(concerned_by(event), actor_of(request).office):
        return ""
    return reverse("oversight-reply", args=[event_id])


@open_to(*EVERY_ROLE)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Answer an event; with `?alat=` the answer about that device, which rests on the event."""
    event, serial = ledger.event(event_id), request.GET.get("alat", "")
    page = device_page(serial, now=now()) if serial else None
    if event is None or (page and event.id not in {one.id for one in page.evidence}):
        raise Http404
    actor, about = actor_of(request), concerned(page, event) if page else concerned_by(event)
    names = places(today(now()))
    parties = [(party, party_name(party, names)) for party in voices(about, actor.office)]
    if not parties:
        raise NotAboutYou
    form = ReplyForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        moment, said = now(), form.cleaned_data
        reply_to(
            reply_id=new_id(moment), event_id=event.id, party=said["party"], text=said["text"], concerned=about,
            actor=actor, now=moment,
        )  # fmt: skip
        messages.success(request, _("Hak jawab dicatat. Ia tampil di samping kejadian ini di setiap halaman."))
        if page:
            return redirect("oversight-device", serial=serial)
        return redirect("oversight-event", event_id=event.id)
    return render(request, "oversight/reply.html", {"form": form, "event": event, "nav_active": "catatan"})
