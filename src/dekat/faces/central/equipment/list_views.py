"""An older asset list: upload, see what it would do, confirm."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dekat.equipment.list_import import dry_run, import_list
from dekat.equipment.uploads import keep_upload, read_upload
from dekat.faces.access import actor_of, open_to
from dekat.faces.central.equipment.forms import ListForm
from dekat.faces.central.equipment.roles import WRITES, frame
from dekat.faces.central.equipment.words import fault_text
from dekat.faces.central.equipment.workbooks import MEDIA_TYPE, template_workbook
from dekat.faces.clock import now, today
from dekat.faces.refusals.words import words_for
from dekat.kernel.errors import DekatError


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; nothing of it reaches the register yet."""
    form = ListForm(request.POST or None, request.FILES or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            dry_run(content, today=today(now()))
        except DekatError as error:
            refusal = words_for(error)
        else:
            return redirect("office-list-check", digest=keep_upload(content))
    values = {"form": form, "refusal": refusal}
    return render(request, "central/equipment/list.html", {**frame(request), **values}, status=409 if refusal else 200)


@open_to(*WRITES)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, digest: str) -> HttpResponse:
    """Show every fault by row and column, or what is new; take it when the officer says so."""
    content = read_upload(digest)
    if content is None:
        raise Http404
    if request.method == "POST":
        done = import_list(content, actor=actor_of(request), now=now(), today=today(now()))
        messages.success(
            request,
            _("%(new)s alat baru dicatat, %(same)s sudah ada dan tidak berubah.")
            % {"new": len(done.new), "same": done.unchanged},
        )
        return redirect("office-equipment")
    found = dry_run(content, today=today(now()))
    values = {
        "run": found,
        "faults": [(fault, fault_text(fault)) for fault in found.faults],
        "notes": [(note, fault_text(note)) for note in found.notes],
    }
    return render(request, "central/equipment/list_check.html", {**frame(request), **values})


@open_to(*WRITES)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the right columns."""
    response = HttpResponse(template_workbook(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="contoh-daftar-aset.xlsx"'
    return response
