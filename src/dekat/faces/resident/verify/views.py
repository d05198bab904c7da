"""Check a document. The code behind `#` stays in the browser; who has no JavaScript types, pastes or sends a photo."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from dekat.documents import ended, queries, upload, verification
from dekat.documents.verification import Answer
from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for
from dekat.faces.resident.quota import count_request
from dekat.faces.resident.verify import results
from dekat.kernel.clock import iso
from dekat.kernel.ids import CodeMistyped

# A phone fetches the list (half a megabyte after years) at most four times a day.
KEPT_S = 6 * 60 * 60
MOST_UPLOAD_BYTES = 12 * 1024 * 1024


class CheckForm(forms.Form):
    """A number or code in one field, or a file in the other."""

    typed = forms.CharField(
        label=gettext_lazy("Nomor dokumen atau isi kode QR"),
        help_text=gettext_lazy("Nomor dokumen tercetak pada kertasnya, misalnya 7K3QX-91BZT."),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Atau foto kode QR, atau berkas PDF dokumennya"),
        help_text=gettext_lazy("Berkas hanya dibaca, tidak disimpan."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # One of the two is needed: neither is called optional.
            field.is_put_later = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        file = given.get("file")
        if not given.get("typed") and not file:
            self.add_error("typed", gettext_lazy("Ketik nomor dokumen, atau pilih foto kodenya."))
        if file and file.size > MOST_UPLOAD_BYTES:
            self.add_error("file", gettext_lazy("Berkas terlalu besar. Pilih yang di bawah 12 MB."))
        return given


@open_to_anybody
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The one page: where to begin, and after a check its answer."""
    if request.method == "GET":
        return _page(request, CheckForm(), None)
    if request.FILES:
        # Reading a picture takes a second of a processor; an office that checks a pile stays far below.
        count_request(request, name="verify-file", per_hour=120)
    form = CheckForm(request.POST, request.FILES)
    answer = _judged(form) if form.is_valid() else None
    return _page(request, form, answer)


@open_to_anybody
@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys of our stamps and the words of our papers, for browsers that check by themselves."""
    public = {key_id.hex(): key.hex() for key_id, key in queries.stamp_keys().items()}
    papers = {kind: asdict(words) for kind, words in results.paper_words().items()}
    response = JsonResponse({"keys": public, "papers": papers})
    response["Cache-Control"] = "public, max-age=300"
    return response


@open_to_anybody
@require_GET
def ended_list(request: HttpRequest) -> HttpResponse:
    """The signed list of documents that no longer hold, for whoever will check without a network."""
    response = HttpResponse(ended.newest_list(now=now()), content_type="application/cwt")
    response["Cache-Control"] = f"public, max-age={KEPT_S}"
    return response


@open_to_anybody
@never_cache
@require_GET
def standing(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Where a document stands; the same shape for documents that do not exist."""
    answer = verification.standing(document_id)
    said = {name: iso(at) if at else "" for name, at in (("since", answer.since), ("as_of", answer.as_of))}
    return JsonResponse({"verdict": answer.verdict.value, **said, "is_specimen": answer.is_specimen})


@open_to_anybody
@require_GET
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The worker that keeps this page for days without a network; it must come from the site's root."""
    response = render(request, "resident/verify/luring.js", content_type="text/javascript")
    response["Service-Worker-Allowed"] = "/"
    return response


def _judged(form: CheckForm) -> Answer | None:
    try:
        if form.cleaned_data["file"]:
            return upload.judge(form.cleaned_data["file"].read())
        return verification.of_typed(form.cleaned_data["typed"])
    except (CodeMistyped, upload.NoCode) as refused:
        words = words_for(refused)
        field = "file" if isinstance(refused, upload.NoCode) else "typed"
        form.add_error(field, f"{words.happened} {words.do_now}")
        return None


def _page(request: HttpRequest, form: CheckForm, answer: Answer | None) -> HttpResponse:
    context = {
        "form": form,
        "answer": answer,
        "result": results.RESULTS[answer.verdict.value] if answer else None,
        "facts": results.facts_of(answer) if answer else None,
        "results": list(results.RESULTS.values()),
    }
    return render(request, "resident/verify/page.html", context, status=400 if form.is_bound and not answer else 200)
