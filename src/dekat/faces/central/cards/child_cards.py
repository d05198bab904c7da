"""A child's card: its file for the card printer, that it is printed, to whom it was given."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.documents import queries as documents
from dekat.documents.kinds import DocumentKind
from dekat.faces.access import actor_of, open_to
from dekat.faces.clock import now
from dekat.flows import hand_over_at_office

HOME = "/kantor/kartu/#kia"


class ReceiverForm(forms.Form):
    """Who signed for the card."""

    receiver = forms.CharField(max_length=80)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def sheet(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Both sides of the card as PDF; no browser may keep it."""
    document = documents.find(document_id)
    if document is None or document.kind != DocumentKind.CHILD_CARD:
        raise Http404
    pdf = documents.file_bytes(document_id)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Cache-Control": "no-store"})


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def printed(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Note that the card was printed."""
    hand_over_at_office.note_printed(document_id=document_id, actor=actor_of(request), now=now())
    messages.success(request, gettext("KIA tercatat sudah dicetak. Warga diberi tahu untuk mengambilnya."))
    return HttpResponseRedirect(HOME)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def handed_over(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Note to whom the card was given."""
    form = ReceiverForm(request.POST)
    if form.is_valid():
        receiver = form.cleaned_data["receiver"]
        hand_over_at_office.hand_over(document_id=document_id, receiver=receiver, actor=actor_of(request), now=now())
        messages.success(request, gettext("KIA tercatat sudah diserahkan."))
    else:
        messages.error(request, gettext("Tulis nama orang yang menerima KIA."))
    return HttpResponseRedirect(HOME)
