"""The list of documents that wait for a signature, and one press that signs them."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dekat.accounts.roles import Role
from dekat.documents import queries, rules
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.signing.forms import passphrase_in, sign_form
from dekat.faces.clock import now
from dekat.faces.refusals.words import happened_of
from dekat.flows import carry_out


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """What waits, and for whom."""
    return _page(request, sign_form())


@sensitive_post_parameters("passphrase")
@open_to(Role.REGISTRY_HEAD)
@require_POST
def sign_all(request: HttpRequest) -> HttpResponse:
    """Sign everything that waits, oldest first; the first trouble that would meet all of them ends it."""
    form = sign_form(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    outcomes = carry_out.finish_documents(actor=actor_of(request), now=now(), passphrase=passphrase_in(form))
    signed = sum(not outcome.refusal for outcome in outcomes)
    if signed:
        text = ngettext("%(count)d dokumen terbit.", "%(count)d dokumen terbit.", signed) % {"count": signed}
        messages.success(request, text)
    for refusal in sorted({outcome.refusal for outcome in outcomes if outcome.refusal}):
        messages.error(request, happened_of(refusal))
    return HttpResponseRedirect(reverse("office-signing"))


def _page(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    signer, at = queries.signer(), now()
    values = {
        "waiting": queries.unfinished(),
        "signer": signer,
        "turn": gettext("Kepala Dinas") if signer.needs_passphrase else gettext("komputer, dicoba lagi sendiri"),
        "form": form,
        "now": at,
        "is_ending": signer.valid_until - at < rules.RENEW_BEFORE,
        "nav_active": "permohonan",
    }
    return render(request, "central/signing/index.html", values, status=status)
