"""Seal the recording, and the receipt in the resident's hand."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.passwords import PasswordWrong, officer_with
from dekat.accounts.roles import Role
from dekat.documents.qr import qr_svg
from dekat.enrolment.practice import is_practice
from dekat.enrolment.queries import recording_row
from dekat.enrolment.saving import RecordingUnknown
from dekat.enrolment.seal import seal_recording
from dekat.enrolment.states import Step
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for
from dekat.faces.station import whereabouts
from dekat.faces.station.recording.forms import SealForm
from dekat.faces.station.recording.wizard import step_id_of, step_page
from dekat.flows import serve_ticket
from dekat.kernel.errors import DekatError
from dekat.kernel.ids import spaced
from dekat.training.services import finish_practice


@open_to(Role.OPERATOR)
@require_POST
def seal(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The resident said yes, the operator's password is right: close it for good."""
    form = SealForm(request.POST)
    try:
        if not form.is_valid():
            raise PasswordWrong
        officer_with(username=get_user(request).get_username(), password=form.cleaned_data["password"], now=now())
        close = finish_practice if is_practice(recording_id) else seal_recording
        close(
            recording_id=recording_id,
            step_id=step_id_of(request),
            is_confirmed_by_resident=form.cleaned_data["is_confirmed"],
            actor=actor_of(request),
            now=now(),
        )
        serve_ticket.recording_sealed(recording_id=recording_id, actor=actor_of(request), now=now())
    except RecordingUnknown:
        raise
    except DekatError as error:
        return step_page(request, recording_id, refusal=words_for(error))
    page = "practice-result" if is_practice(recording_id) else "recording-receipt"
    return HttpResponseRedirect(reverse(page, args=[recording_id]))


@open_to(Role.OPERATOR, Role.DISTRICT_HEAD)
@require_GET
def receipt(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """The receipt with its code, its QR and where the recording is; no name and no NIK, it may be lost."""
    row = recording_row(recording_id)
    if row.step != Step.SEALED:
        return HttpResponseRedirect(reverse("recording", args=[recording_id]))
    address = f"{settings.ENV.public_url.rstrip('/')}/lacak/{row.code}"
    values = {
        "row": row,
        "code": spaced(row.code),
        "address": address,
        # Our own drawing of our own address: nothing typed by anybody is in it.
        "qr": mark_safe(qr_svg(address)),  # noqa: S308
        "where": whereabouts.of(row, now=now()),
        "now": now(),
    }
    return render(request, "station/recording/receipt.html", values)
