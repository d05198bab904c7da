"""Review an application, send it back with a reason, approve it; the head signs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.cases import queries, services
from dekat.cases.states import WHAT_TO_DO, ReturnReason
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.review.forms import ReturnForm
from dekat.faces.clock import now
from dekat.faces.opening_people import note_task
from dekat.flows import change_kk
from dekat.openings.states import Purpose
from dekat.reports import review_desk


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The queue: signatures first, then the oldest application."""
    lines = review_desk.queue(calendar=regency_calendar(), now=now())
    return render(request, "central/review/queue.html", {"lines": lines, "late": sum(x.clock.is_late for x in lines)})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application: the old value beside the new one, the evidence, the decision."""
    return _page(request, application_id, ReturnForm())


@open_to(Role.VERIFIER)
@require_POST
def take(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Begin the review."""
    services.take(application_id=application_id, actor=actor_of(request), now=now())
    return _back_to(application_id)


@open_to(Role.VERIFIER)
@require_POST
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Decide that the request is right."""
    services.approve(application_id=application_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Disetujui. Sekarang giliran Kepala Dinas menandatangani."))
    return HttpResponseRedirect(reverse("review-queue"))


@open_to(Role.VERIFIER)
@require_http_methods(["POST"])
def send_back(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask the applicant for something, in words that they read."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, application_id, form)
    services.send_back(
        application_id=application_id,
        reason=ReturnReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        actor=actor_of(request),
        now=now(),
    )
    messages.success(request, gettext("Dikembalikan. Waktu kantor berhenti sampai pemohon menjawab."))
    return HttpResponseRedirect(reverse("review-queue"))


@open_to(Role.REGISTRY_HEAD)
@require_POST
def sign(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Sign what a verifier approved: the register changes and the document goes out."""
    change_kk.carry_out(application_id=application_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("Terbit. Kartu Keluarga dikirim ke kecamatan untuk dicetak."))
    return HttpResponseRedirect(reverse("review-queue"))


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def attachment(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """One picture of an original; no browser may keep it."""
    picture = queries.attachment(application_id=application_id, attachment_id=attachment_id)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


def _page(request: HttpRequest, application_id: UUID, form: ReturnForm) -> HttpResponse:
    owner = queries.application(application_id).resident_id
    note_task(request, task=f"application:{application_id}", people=[owner], purpose=Purpose.APPLICATION)
    dossier = review_desk.dossier(application_id, calendar=regency_calendar(), now=now())
    values = {"dossier": dossier, "application": dossier.application, "clock": dossier.clock, "form": form}
    return render(request, "central/review/show.html", {**values, "what_to_do": WHAT_TO_DO, "now": now()})


def _back_to(application_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("review-show", args=[application_id]))
