"""Give a station its key back: the request, a second officer, then a file and a code that travel apart."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from dekat.accounts import recovery
from dekat.accounts.passwords import officer_with
from dekat.accounts.recovery import Answer, Request
from dekat.accounts.roles import Role
from dekat.faces.access import actor_of, open_to
from dekat.faces.another_officer import officer_name, officer_password
from dekat.faces.clock import now
from dekat.faces.refusals.words import Words, words_for
from dekat.kernel.errors import DekatError

_LARGEST_BYTES = 20_000


class RecoveryForm(forms.Form):
    """The station's request, and a colleague who sees the same."""

    request_file = forms.FileField(label=gettext_lazy("Berkas permintaan dari kecamatan"))
    is_called = forms.BooleanField(
        label=gettext_lazy("Saya sudah menelepon camat di nomor yang dikenal, dan kode pada nama berkasnya sama")
    )
    username = officer_name(label=gettext_lazy("Nama masuk rekan"))
    password = officer_password(label=gettext_lazy("Sandi rekan"))


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Read the request, ask for the second officer, show the answer once."""
    form = RecoveryForm(request.POST or None, request.FILES or None)
    refusal: Words | None = None
    if request.method == "POST" and form.is_valid():
        try:
            asked, given = _answered(request, form)
        except DekatError as error:
            refusal = words_for(error)
        else:
            return render(request, "central/recovery/answer.html", {"asked": asked, "given": given})
    values = {"form": form, "refusal": refusal}
    return render(request, "central/recovery/ask.html", values, status=409 if refusal else 200)


@open_to(Role.VERIFIER, Role.REGISTRY_HEAD)
@require_POST
def answer_file(request: HttpRequest) -> HttpResponse:
    """The answer as a file; it opens nothing without the code."""
    response = HttpResponse(request.POST.get("answer", ""), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="jawaban-pemulihan.json"'
    return response


def _answered(request: HttpRequest, form: RecoveryForm) -> tuple[Request, Answer]:
    said = form.cleaned_data
    asked = recovery.read_request(said["request_file"].read(_LARGEST_BYTES).decode(errors="replace"))
    second = officer_with(username=said["username"], password=said["password"], now=now())
    actor = actor_of(request)
    if actor.account_id is None:
        raise recovery.SecondOfficerNeeded
    return asked, recovery.answer(request=asked, first=actor.account_id, second=second, actor=actor, now=now())
