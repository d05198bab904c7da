"""Review an application, send it back with a reason, approve it; the head signs or gives it back."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.areas.working_calendar import regency_calendar
from dekat.cases import queries, services
from dekat.cases.states import ReturnReason, State
from dekat.documents import queries as documents
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.review.forms import BackToReviewForm, NoteForm, ReturnForm
from dekat.faces.central.review.pages import decision_form, show_application
from dekat.faces.central.signing.forms import passphrase_in, sign_form
from dekat.faces.clock import now, today
from dekat.faces.paper_forms import officers_file
from dekat.flows import approve_application, carry_out
from dekat.reports import review_desk
from dekat.reports.review_desk import OPEN, Wanted
from dekat.reports.review_figures import review_figures

_SPANS = (30, 90, 365)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The queue: signatures first, then the oldest application; a part of it by the address."""
    told = request.GET
    wanted = Wanted(
        told.get("rak", ""), told.get("kecamatan", ""), told.get("keadaan", ""), is_late=told.get("telat") == "1"
    )
    everything = review_desk.queue(calendar=regency_calendar(), now=now())
    lines = [line for line in everything if wanted.takes(line)]
    codes = sorted({line.application.kecamatan for line in everything})
    values = {
        "lines": lines,
        "total": len(everything),
        "late": sum(line.clock.is_late for line in everything),
        "wanted": wanted,
        "groups": review_desk.groups(),
        "places": review_desk.places(codes, on=today(now())),
        "unsigned": len(documents.unfinished()),
        "states": [(state.value, state.label) for state in OPEN],
    }
    return render(request, "central/review/queue.html", values)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How the review went in the last days."""
    chosen = request.GET.get("hari", "")
    days = int(chosen) if chosen in map(str, _SPANS) else _SPANS[0]
    found = review_figures(
        since=now() - timedelta(days=days), until=now() + timedelta(days=1), calendar=regency_calendar(), now=now()
    )
    return render(request, "central/review/figures.html", {"figures": found, "days": days, "spans": _SPANS})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def show(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """One application: what changes beside what is, the evidence, the decision."""
    return show_application(request, application_id)


@open_to(Role.VERIFIER)
@require_POST
def take(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Begin the review."""
    services.take(application_id=application_id, actor=actor_of(request), now=now())
    return _back_to(application_id)


@open_to(Role.VERIFIER)
@require_POST
def foresee(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show what the application would come to with these answers; nothing is decided."""
    return show_application(request, application_id, decision=decision_form(application_id, request.POST))


@open_to(Role.VERIFIER)
@require_POST
def approve(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Decide that the request is right, with what the office adds to it; go on to the next one."""
    form = decision_form(application_id, request.POST)
    if not form.is_valid():
        return show_application(request, application_id, decision=form)
    card = approve_application.approve(
        application_id=application_id, said=form.said(), actor=actor_of(request), now=now()
    )
    if card.state == State.NUMBERING:
        messages.success(request, gettext("Disetujui. Nomornya diminta ke pusat, lalu giliran Kepala Dinas."))
    else:
        messages.success(request, gettext("Disetujui. Sekarang giliran Kepala Dinas menandatangani."))
    return _next(request)


@open_to(Role.VERIFIER)
@require_POST
def send_back(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Ask the applicant for something, in words that they read."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show_application(request, application_id, send_back=form)
    services.send_back(
        application_id=application_id,
        reason=ReturnReason(form.cleaned_data["reason"]),
        note=form.cleaned_data["note"],
        actor=actor_of(request),
        now=now(),
    )
    messages.success(request, gettext("Dikembalikan. Waktu kantor berhenti sampai pemohon menjawab."))
    return _next(request)


@open_to(Role.REGISTRY_HEAD)
@require_POST
def take_again(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The head gives an application back to the review instead of signing it."""
    form = BackToReviewForm(request.POST)
    if not form.is_valid():
        return show_application(request, application_id, back_to_review=form)
    services.take_again(
        application_id=application_id, note=form.cleaned_data["note"], actor=actor_of(request), now=now()
    )
    messages.success(request, gettext("Kembali ke verifikator dengan catatan Anda."))
    return _next(request)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def add_note(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Note something for the colleagues."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_application(request, application_id, note=form)
    said = form.cleaned_data
    services.add_note(
        application_id=application_id, note_id=said["note_id"], text=said["text"], actor=actor_of(request), now=now()
    )
    return _back_to(application_id)


@sensitive_post_parameters("passphrase")
@open_to(Role.REGISTRY_HEAD)
@require_POST
def sign(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Sign what a verifier approved: the register changes and the papers go out."""
    form = sign_form(request.POST)
    if not form.is_valid():
        return show_application(request, application_id, signing=form)
    carry_out.carry_out(
        application_id=application_id, actor=actor_of(request), now=now(), passphrase=passphrase_in(form)
    )
    messages.success(request, gettext("Terbit. Dokumennya sekarang menunggu dicetak."))
    return _next(request)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def attachment(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """One picture of an original; no browser may keep it."""
    picture = queries.attachment(application_id=application_id, attachment_id=attachment_id)
    return HttpResponse(picture, content_type="image/jpeg", headers={"Cache-Control": "no-store"})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def filled_form(request: HttpRequest, application_id: UUID, form: str) -> HttpResponse:
    """A form of the application with everything in it, for the office's file."""
    return officers_file(request, application_id, form)


def _back_to(application_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("review-show", args=[application_id]))


def _next(request: HttpRequest) -> HttpResponse:
    """On to the next application that waits for this officer; to the queue when none does."""
    following = review_desk.next_for(getattr(request.user, "role", ""))
    return _back_to(following) if following else HttpResponseRedirect(reverse("review-queue"))
