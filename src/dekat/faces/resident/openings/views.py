"""Who opened my data? Offices, roles, purposes and times to whom can prove who they are; nothing to anybody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from dekat.faces.access import open_to_anybody
from dekat.faces.clock import now, today
from dekat.faces.resident.openings.forms import ProofForm
from dekat.faces.resident.quota import count_request
from dekat.kernel.ids import CodeMistyped
from dekat.reports import own_openings, who_opened

_PER_HOUR = 20


@open_to_anybody
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and its answer on the same page: an address never says whose list it shows.

    What does not fit is answered alike, whichever of the three it is and whether somebody has the numbers or not.
    """
    form = ProofForm(request.POST or None)
    if request.method == "GET":
        return render(request, "resident/who_opened.html", {"form": form})
    count_request(request, name="openings", per_hour=_PER_HOUR)
    if form.is_valid():
        try:
            resident_id = own_openings.proved_resident(**form.cleaned_data)
        except CodeMistyped:
            form.add_error("code", gettext("Kode itu salah ketik. Periksa lagi setiap huruf dan angka pada bukti."))
        else:
            if resident_id:
                moment = now()
                lines = who_opened.openings_about([resident_id], on=today(moment))
                return render(request, "resident/who_opened_list.html", {"openings": lines, "as_of": moment})
            form.add_error(None, gettext("Ketiganya tidak cocok satu sama lain. Periksa lagi, atau tanyakan di loket."))
    return render(request, "resident/who_opened.html", {"form": form})
