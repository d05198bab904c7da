"""Scans: attach one, read one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.equipment import queries
from dekat.equipment.kinds import PaperKind
from dekat.equipment.papers import attach_paper, read_paper
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.forms import PaperForm
from dekat.faces.central.equipment.roles import DECREES, READS, WRITES, frame
from dekat.faces.clock import now
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError

_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def for_contract(request: HttpRequest, number: str) -> HttpResponse:
    """A scan of a contract, an SP2D or a DPA."""
    if queries.contract(number) is None:
        raise Http404
    return _attach(request, f"contract:{number}", number, "office-contract", {"number": number})


@open_to(*{*WRITES, *DECREES})
@require_http_methods(["GET", "POST"])
def for_device(request: HttpRequest, serial: str) -> HttpResponse:
    """A scan of a BAST, a decree, a warranty card, or a photo."""
    if queries.device(serial) is None:
        raise Http404
    return _attach(request, f"device:{serial}", serial, "office-device", {"serial": serial})


def _attach(request: HttpRequest, subject: str, name: str, back: str, where: dict[str, str]) -> HttpResponse:
    form = PaperForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("naskah", "")})
    refusal = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            attach_paper(
                subject=subject, kind=PaperKind(said["kind"]), number=said["number"], content=said["file"].read(),
                actor=actor_of(request), now=now(),
            )  # fmt: skip
        except DekatError as error:
            refusal = words_for(error)
        else:
            messages.success(
                request, _("Berkas disimpan. Sidik digitalnya tercatat, jadi tidak dapat diganti diam-diam.")
            )
            return redirect(reverse(back, kwargs=where))
    values = {"form": form, "refusal": refusal, "name": name, "back": back, "where": where}
    return render(
        request, "central/equipment/paper_form.html", {**frame(request), **values}, status=409 if refusal else 200
    )


@open_to(*READS)
@require_GET
def read(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """The scan as it was attached; it opens outside this site, for a PDF may hold anything."""
    found = read_paper(event_id)
    if found is None:
        raise Http404
    content, media_type = found
    response = HttpResponse(content, content_type=media_type)
    ending = _ENDINGS[media_type]
    way = "inline" if ending != "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="berkas-{event_id}.{ending}"'
    return response
