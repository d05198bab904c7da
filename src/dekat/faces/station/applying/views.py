"""Take an application at the desk; it travels to the centre when the line allows."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from dekat.accounts.roles import Role
from dekat.cases import queries
from dekat.cases.services import Draft
from dekat.cases.states import Channel
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now, today
from dekat.faces.opening_people import note_task
from dekat.faces.paper_forms import officers_file
from dekat.faces.refusals.words import words_for
from dekat.faces.resident.applying.forms import ApplyForm
from dekat.faces.resident.applying.subjects import subject as subject_of
from dekat.faces.resident.applying.subjects import subjects
from dekat.faces.station.queue.counter import counter_of
from dekat.flows import serve_ticket, submit_application
from dekat.flows.foresee_refusal import foresee_refusal
from dekat.flows.submit_application import named_by
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import new_code, new_id, spaced
from dekat.openings.states import Purpose
from dekat.registry import queries as registry


class FamilyForm(forms.Form):
    """Whose application it is: asked first where the rest is to be chosen from the family."""

    nik = ApplyForm.base_fields["nik"]
    family_card_no = ApplyForm.base_fields["family_card_no"]


class DeskForm(ApplyForm):
    """The same application with the resident across the desk: the officer looks at the original instead."""

    def evidence_fields(self, evidence: str) -> dict[str, forms.Field]:
        """How the original is shown: the officer has seen it."""
        if not evidence:
            return {}
        label = gettext_lazy("Saya sudah melihat bukti aslinya")
        return {"has_seen_evidence": forms.BooleanField(label=label, help_text=evidence)}


@open_to(Role.OPERATOR)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Everything that may be asked for."""
    return render(request, "station/applying/choose.html", {"shelves": subjects().items()})


@open_to(Role.OPERATOR)
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, subject: str) -> HttpResponse:
    """The form of one subject; sending it leads to the receipt."""
    asked = subject_of(subject)
    if asked is None:
        raise Http404
    is_first_step = asked.asks_of_family and request.POST.get("langkah", "") != "isi"
    if is_first_step:
        who = FamilyForm(request.POST or None)
        if not who.is_valid():
            return render(request, "station/applying/fill.html", {"form": who, "subject": asked, "is_first": True})
        start = {"application_id": new_id(now()), **who.cleaned_data}
        form = DeskForm(initial=start, subject=asked, people=_family(start, request))
        return render(request, "station/applying/fill.html", {"form": form, "subject": asked})
    people = _family(request.POST, request) if asked.asks_of_family else ()
    form = DeskForm(request.POST or None, initial={"application_id": new_id(now())}, subject=asked, people=people)
    if form.is_valid() and (draft := _acceptable(form, request)):
        card = submit_application.submit_at_station(draft=draft, actor=actor_of(request), now=now())
        serve_ticket.application_taken(
            application_id=card.id,
            day=today(now()),
            counter=counter_of(request),
            actor=actor_of(request),
            now=now(),
        )
        return HttpResponseRedirect(reverse("desk-apply-receipt", args=[card.id]))
    return render(request, "station/applying/fill.html", {"form": form, "subject": asked})


@open_to(Role.OPERATOR)
@require_GET
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The code that the resident takes home."""
    card = queries.application(application_id)
    return render(request, "station/applying/receipt.html", {"application": card, "code": spaced(card.code)})


@open_to(Role.OPERATOR)
@require_GET
def filled_form(request: HttpRequest, application_id: UUID, form: str) -> HttpResponse:
    """A form of the application with everything in it, to be printed and signed."""
    return officers_file(request, application_id, form)


def _family(said: Mapping[str, Any], request: HttpRequest) -> list[tuple[str, str]]:
    """The members of the family that both numbers name, where this station holds it; else their NIK are typed."""
    named = named_by(str(said.get("nik", "")), str(said.get("family_card_no", "")))
    members = registry.members(named.family_id) if named.family_id else []
    if members:
        people = [one.id for one in members]
        note_task(request, task=f"application:{said['application_id']}", people=people, purpose=Purpose.APPLICATION)
    return [(one.nik, f"{one.printed_name} ({one.relation.label.capitalize()})") for one in members if one.nik]


def _acceptable(form: DeskForm, request: HttpRequest) -> Draft | None:
    """The application, unless it is certain already that the office would refuse it; then the form says why."""
    draft = _draft(form)
    try:
        foresee_refusal(draft=draft, actor=actor_of(request), now=now())
    except DekatError as refused:
        words = words_for(refused)
        form.add_error(None, f"{words.happened} {words.do_now}")
        return None
    return draft


def _draft(form: DeskForm) -> Draft:
    said = form.cleaned_data
    return Draft(
        application_id=said["application_id"],
        code=new_code(),
        service=form.subject.service.code,
        channel=Channel.STATION,
        kecamatan=settings.ENV.kecamatan,
        resident_id=None,
        family_id=None,
        stated_nik=said["nik"],
        stated_family_card_no=said["family_card_no"],
        phone=said["phone"],
        answers=form.answers(),
        submitted_at=now(),
    )
